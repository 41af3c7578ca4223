"""Checks of the kit. Each takes what it reads as text or data and gives a list of problems in plain words."""
