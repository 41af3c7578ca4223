"""Stored rate cards: look-up of rates, quotes, profiles, export."""
