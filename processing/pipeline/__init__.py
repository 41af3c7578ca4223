"""One document's way through a job: read, extract, check, record."""
