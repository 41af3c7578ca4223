"""What every test shares. The database is the real one of `settings.py`; pytest-django gives each worker its own."""
