"""Fetching from addresses that people give: none that is private."""
