"""The kit that deploys the product, and the checks of it: ``python -m deploy``."""
