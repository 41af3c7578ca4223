"""What the programs of the site tell of themselves: one catalogue of metrics, the counters behind it, and spans."""
