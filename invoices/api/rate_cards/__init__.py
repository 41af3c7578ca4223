"""``rate-cards/``: cards, their rows, decisions, exports and quotes."""
