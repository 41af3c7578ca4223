"""The admin lists of every app: pages that only show."""
