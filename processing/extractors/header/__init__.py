"""Header fields by rules: parties, numbers, dates, totals, taxes, payment."""
