"""Calls of a model's server: client, transport, tokens, prices, retries. No database."""
