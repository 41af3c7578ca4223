"""The ASGI application of the web process."""

import os
import warnings

# Read by settings: only the web process may hold a connection pool (a pool does not survive the fork of a worker).
os.environ["INVOICESITE_PROCESS"] = "web"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "invoicesite.settings")

from common.telemetry.shared import share_counters
from invoicesite.build import commit, home, version

# Before anything imports the library that counts.
share_counters(home() / "var" / "metrics", role="web")

from invoicesite.memory import give_memory_back  # noqa: E402
from invoicesite.request_handler import request_handler  # noqa: E402

give_memory_back()
# Loads the apps; what imports models comes after it.
django_application = request_handler()

import structlog  # noqa: E402
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.conf import settings  # noqa: E402
from django.urls import path, re_path  # noqa: E402

from invoicesite.accounts.sockets import tokens_or  # noqa: E402
from invoicesite.monitoring.alerts.watching import start_watching  # noqa: E402
from invoicesite.uploads import limit_bodies  # noqa: E402
from processing.screens.job_feed import nothing_here, watch_job  # noqa: E402

if settings.PRODUCTION and not (settings.STATIC_ROOT / "staticfiles.json").exists():
    structlog.get_logger(__name__).error(
        "static_files_missing", hint="Run manage.py collectstatic: no page can be shown."
    )
start_watching()
structlog.get_logger(__name__).info("web_started", version=version(), commit=commit())

# Files are read in a thread and are small enough to be whole in memory: 25 MB at most.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

# A WebSocket is no subject of CORS: any page may open one with the user's cookies, so their origin is checked here.
routes = URLRouter([path("ws/jobs/<uuid:job_id>/", watch_job), re_path("", nothing_here)])  # type: ignore[arg-type]  # applications, no views
sockets = tokens_or(AllowedHostsOriginValidator(AuthMiddlewareStack(routes)), routes)
application = ProtocolTypeRouter({"http": limit_bodies(django_application), "websocket": sockets})
