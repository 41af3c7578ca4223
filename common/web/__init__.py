"""What every page of the web UI uses."""
