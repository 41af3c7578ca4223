"""Alerts from the product itself, by mail and by webhooks of Slack or Teams, where nothing else watches it."""
