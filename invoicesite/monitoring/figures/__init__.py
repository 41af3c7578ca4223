"""Figures of the database for ``/metrics``: each group is one to three statements, read within a time-out."""
