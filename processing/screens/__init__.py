"""What pages show of documents and jobs."""
