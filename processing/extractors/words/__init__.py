"""The words of invoices: labels and their meanings."""
