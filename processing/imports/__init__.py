"""Imports from the command line: runs, console, reports, evaluation, projection."""
