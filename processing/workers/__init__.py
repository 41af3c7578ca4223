"""The processes that run jobs: supervisor, workers, sweep, schedules."""
