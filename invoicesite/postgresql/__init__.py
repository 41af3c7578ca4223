"""Django's PostgreSQL backend on the embedded server: the first connection starts it."""
