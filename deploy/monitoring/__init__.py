"""Alert rules and dashboards, made from the catalogue of metrics, and the configuration of what serves them."""
