"""The site: what wires the rooms together."""

__version__ = "1.1.0"
