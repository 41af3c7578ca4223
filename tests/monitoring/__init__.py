"""How the site is watched."""
