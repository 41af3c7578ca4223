"""The WSGI application of the web process."""

import os

# Read by settings: only the web process may hold a connection pool (a pool does not survive the fork of a worker).
os.environ["INVOICESITE_PROCESS"] = "web"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "invoicesite.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
