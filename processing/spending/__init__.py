"""Every call of a model and its money: reserve, settle, ceilings, breaker, cache, figures."""
