"""Search of invoices: words, queries, pages of results."""
