"""What a reader makes of a document, what an extractor makes of that, and both as JSON."""
