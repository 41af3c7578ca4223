"""The bounded processes that read documents."""
