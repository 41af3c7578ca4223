"""Who may see how the site is, and who is told when something is wrong."""

from datetime import time
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from invoicesite import env

# Shown as X-Health-Token by a monitor that is to see /api/health/detailed/ without signing in.
HEALTH_TOKEN = env.text("HEALTH_TOKEN")
# Who reads /metrics: this machine and private networks, or who shows the token.
METRICS_TOKEN = env.text("METRICS_TOKEN")
METRICS_NETWORKS = env.networks(
    "METRICS_NETWORKS",
    ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
)
# Where `manage.py work` answers /metrics, too; without a port it does not.
METRICS_HOST = env.text("METRICS_HOST", "0.0.0.0")  # noqa: S104  # who asks is looked at
METRICS_PORT = env.integer("METRICS_PORT", None, minimum=1, maximum=65_535)

# The id of a trusted proxy is kept; of anybody else it was dropped before (proxies.py).
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True

# --- Mail and alerts --------------------------------------------------------------------------------------------------

# smtp://user:password@host:587 with STARTTLS, smtps:// with TLS from the start, smtp+plain:// for a relay of one's own.
_MAIL = urlsplit(env.url("MAIL_URL", None, ("smtp", "smtps", "smtp+plain")) or "")
EMAIL_HOST = _MAIL.hostname or ""
EMAIL_PORT = _MAIL.port or {"smtps": 465, "smtp": 587}.get(_MAIL.scheme, 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_MAIL.username or ""), unquote(_MAIL.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL.scheme == "smtps", _MAIL.scheme == "smtp"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", "invoicesite@localhost")

# Who is told when something is wrong: addresses, and incoming webhooks as slack:https://… or teams:https://….
ALERT_MAIL_TO = env.words("ALERT_MAIL_TO")
ALERT_WEBHOOKS: list[tuple[str, str]] = []
for _word in env.words("ALERT_WEBHOOKS"):
    _style, _, _url = _word.partition(":")
    if _style not in ("slack", "teams") or not _url.startswith(("https://", "http://")):
        raise env.BadEnvironment("ALERT_WEBHOOKS", "slack:https://… or teams:https://…, separated by commas")
    ALERT_WEBHOOKS.append((_style, _url))
# What is not urgent is told together, and not in these hours.
ALERT_DIGEST_MINUTES = env.integer("ALERT_DIGEST_MINUTES", 15, minimum=0, maximum=1440)
try:
    _begin, _, _end = env.text("ALERT_QUIET_HOURS").partition("-")
    ALERT_QUIET_HOURS = (time.fromisoformat(_begin), time.fromisoformat(_end)) if _begin else None
except ValueError:
    raise env.BadEnvironment("ALERT_QUIET_HOURS", "two times, as in 20:00-07:00") from None
try:
    ALERT_ZONE = ZoneInfo(env.text("ALERT_TIME_ZONE", "UTC"))
except (ValueError, ZoneInfoNotFoundError):
    raise env.BadEnvironment("ALERT_TIME_ZONE", "the name of a time zone, as in Europe/Berlin") from None
