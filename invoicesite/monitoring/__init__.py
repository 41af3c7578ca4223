"""How the site is watched: figures, alerts of its own, and what ran by the clock."""
