"""Django's settings. Every value from the environment is read here, by the typed readers of `env.py`.

Two modes, told apart by one variable:

- Local: `DJANGO_ALLOWED_HOSTS` is unset. Nothing else is needed: only this machine is answered, over plain HTTP, the
  secret key is made once and kept in `var/secret_key`. `DJANGO_DEBUG=true` adds Django's debug pages.
- Production: `DJANGO_ALLOWED_HOSTS` is set. `DJANGO_SECRET_KEY` is required, `DJANGO_DEBUG` is refused, and everything
  is HTTPS behind a proxy that sets `X-Forwarded-Proto` (and drops what a client sent under that name).
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.templatetags.static import static

from invoicesite import env
from invoicesite.api_settings import *  # noqa: F403  # Django reads them here
from invoicesite.build import home, templates_folder
from invoicesite.database import WEB_POOL_CONNECTIONS, database_settings, pool_connections
from invoicesite.logs import LEVELS, configure_structlog, logging_settings
from invoicesite.monitoring_settings import *  # noqa: F403
from invoicesite.secret_key import kept_secret_key
from invoicesite.storage import document_storage

# Lets classes of Django be written with their types, as in ModelAdmin[Invoice].
django_stubs_ext.monkeypatch()

BASE_DIR = home()
VAR_DIR = BASE_DIR / "var"

# --- Mode and security ------------------------------------------------------------------------------------------------

DJANGO_ALLOWED_HOSTS = env.words("DJANGO_ALLOWED_HOSTS")
DJANGO_DEBUG = env.boolean("DJANGO_DEBUG", False)
PRODUCTION = bool(DJANGO_ALLOWED_HOSTS)
if PRODUCTION and DJANGO_DEBUG:
    raise env.BadEnvironment("DJANGO_DEBUG", "unset or false where DJANGO_ALLOWED_HOSTS is set")

DEBUG = DJANGO_DEBUG
ALLOWED_HOSTS = DJANGO_ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]

SECRET_KEY = env.text("DJANGO_SECRET_KEY")
if PRODUCTION and len(SECRET_KEY) < 50:
    raise env.BadEnvironment("DJANGO_SECRET_KEY", "a random text of at least 50 characters in production")
if not SECRET_KEY:
    SECRET_KEY = kept_secret_key(VAR_DIR / "secret_key")
# Keys that nothing is signed with any more (or not yet), and whose signatures are still taken: see docs/security.md.
SECRET_KEY_FALLBACKS = env.words("DJANGO_SECRET_KEY_FALLBACKS")
if PRODUCTION and any(len(key) < 50 for key in SECRET_KEY_FALLBACKS):
    raise env.BadEnvironment("DJANGO_SECRET_KEY_FALLBACKS", "random texts of at least 50 characters in production")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = PRODUCTION
# Probes and scrapers come over the internal network, past the proxy.
SECURE_REDIRECT_EXEMPT = [r"^api/health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
# To be in the browsers' own list binds the whole domain for years: a choice, not a default.
SECURE_HSTS_PRELOAD = PRODUCTION and env.boolean("HSTS_PRELOAD", False)
SILENCED_SYSTEM_CHECKS = [] if SECURE_HSTS_PRELOAD else ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
# The proxies in front of this site: what they say of the client is believed, of anybody else it is not.
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [
    f"https://*{host}" if host.startswith(".") else f"https://{host}" for host in DJANGO_ALLOWED_HOSTS if host != "*"
]
# Where the provider's addresses and keys are found; another one than Google's is for tests.
GOOGLE_OIDC_ISSUER = env.url("GOOGLE_OIDC_ISSUER", "https://accounts.google.com")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # See policies.py for the admin's scripts.
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        # Browsers also check where the answer to a form leads: the sign-in form leads to the provider.
        "form-action": [SELF, "{0.scheme}://{0.netloc}".format(urlsplit(GOOGLE_OIDC_ISSUER))],
        "frame-ancestors": [NONE],
    }
}

# --- What Django runs -------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_structlog",
    "django_prometheus",
    "django_q",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "social_django",
    "csp",
    "axes",
    "rest_framework_simplejwt.token_blacklist",
    "corsheaders",
    "invoices",
    "processing",
    "invoicesite.accounts",
    "invoicesite.backups",
    "invoicesite.desk",
    "invoicesite.monitoring",
    "invoicesite.webhooks",
]

MIDDLEWARE = [
    "invoicesite.proxies.address_behind_proxies",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "invoicesite.health.for_machines",
    "invoicesite.tracing.request_span",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "invoicesite.api_responses.ApiGZip",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "invoicesite.api_errors.request_id_header",
    "invoicesite.api_deprecation.announce_deprecations",
    "invoicesite.large_forms.page_for_large_forms",
    "invoicesite.uploads.body_limit",
    "invoicesite.time_zones.in_zone_of_person",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "invoicesite.policies.scripts_of_the_admin",
    "invoicesite.accounts.sign_in_problems.SignInProblems",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "invoicesite.urls"
ASGI_APPLICATION = "invoicesite.asgi.application"
WSGI_APPLICATION = "invoicesite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [templates_folder()],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "invoicesite.site_context.site",
            ],
        },
    },
]

# --- Database, cache, queue -------------------------------------------------------------------------------------------

EXTRACTION_PARALLELISM = env.integer("EXTRACTION_PARALLELISM", 3, minimum=1, maximum=256)
# Threads wait for models; a second process helps where they keep one core busy.
BATCH_WORKERS = min(os.cpu_count() or 1, -(-EXTRACTION_PARALLELISM // 25))
# Documents at a time in one worker process of a lane. Uploads of people wait for the model side by side, not for each
# other.
WORKER_SLOTS = {
    "invoicesite": max(16, EXTRACTION_PARALLELISM),
    "batch": max(1, -(-EXTRACTION_PARALLELISM // BATCH_WORKERS)),
}
# Set by asgi.py, wsgi.py and manage.py. Where many threads come and go, they share a pool of connections; it does not
# survive a fork, see processing/workers/forks.py.
_ROLE = os.environ.get("INVOICESITE_PROCESS", "")
WORKER_POOL_CONNECTIONS = {lane: pool_connections(slots) for lane, slots in WORKER_SLOTS.items()}
_POOL_SIZES = {
    "web": WEB_POOL_CONNECTIONS,
    "cluster": WORKER_POOL_CONNECTIONS[os.environ.get("Q_CLUSTER_NAME") or "invoicesite"],
    "import": pool_connections(EXTRACTION_PARALLELISM),
}
DATABASES = {"default": database_settings(pool_connections=_POOL_SIZES.get(_ROLE, 0), role=_ROLE)}
# Past a pooler: for what needs a session of its own (LISTEN, the lock of `migrate`).
DATABASE_POOLER = env.choice("DATABASE_POOLER", "none", ("none", "transaction"))
DATABASE_DIRECT_URL = env.url("DATABASE_DIRECT_URL", None, ("postgresql", "postgres"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.url("REDIS_URL", None, ("redis", "rediss", "unix"))
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

JOB_LEASE_SECONDS = env.integer("JOB_LEASE_SECONDS", 30, minimum=3, maximum=600)
# How long a job waits for what is away (database, storage, OCR, model) before it ends as failed; the pauses between two
# looks, of which drills make minutes to seconds.
OUTAGE_HOURS = env.decimal("OUTAGE_HOURS", "24", minimum="0", maximum="720")
BACKOFF_SCALE = env.decimal("BACKOFF_SCALE", "1", minimum="0.001", maximum="10")
_TASK_TIMEOUT_SECONDS = 900
_QUEUE_LIMIT = 2
QUEUE_ON_REDIS = REDIS_URL is not None
Q_CLUSTER: dict[str, Any] = {
    # Also the salt of all payloads and the queue of what people wait for; batches have a queue of their own.
    "name": "invoicesite",
    "ALT_CLUSTERS": {"batch": {"workers": BATCH_WORKERS}},
    **({"redis": REDIS_URL} if QUEUE_ON_REDIS else {"orm": "default"}),
    "broker_class": f"processing.workers.brokers.{'RedisBroker' if QUEUE_ON_REDIS else 'DatabaseBroker'}",
    "workers": 1,
    # What a cluster has fetched waits with its lock running: more would be fetched twice.
    "queue_limit": _QUEUE_LIMIT,
    "bulk": 1,
    "poll": 0.2,
    "timeout": _TASK_TIMEOUT_SECONDS,
    # A task that is delivered again while it runs or waits is wasted work; our leases take back what was lost, sooner.
    "retry": _TASK_TIMEOUT_SECONDS * (_QUEUE_LIMIT + 4),
    # Attempts are counted on our own rows, so the queue tries once and forgets.
    "max_attempts": 1,
    "ack_failures": True,
    "save_limit": -1,
    "catch_up": False,
    # A fresh process now and then; jobs that run come to their end first.
    "recycle": 5000,
}

# --- People -----------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "invoicesite.accounts.sign_in.GoogleSignIn",
    "invoicesite.accounts.sign_in.LocalAccounts",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "web/accounts/locked.html"

LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"

# Names and passwords of this site's own; off, everybody signs in with Google, also for the review desk and the API.
LOCAL_ACCOUNTS = env.boolean("LOCAL_ACCOUNTS", True)
SOCIAL_AUTH_URL_NAMESPACE = "social"
SOCIAL_AUTH_LOGIN_ERROR_URL = LOGIN_URL
SOCIAL_AUTH_PIPELINE = [
    "social_core.pipeline.social_auth.social_details",
    "social_core.pipeline.social_auth.social_uid",
    "invoicesite.accounts.sign_in.account_of_identity",
    "social_core.pipeline.social_auth.social_user",
    "social_core.pipeline.social_auth.associate_user",
]

GOOGLE_OAUTH2_KEY = env.text("GOOGLE_OAUTH2_KEY")
GOOGLE_OAUTH2_SECRET = env.text("GOOGLE_OAUTH2_SECRET")
GOOGLE_ALLOWED_DOMAINS = env.words("GOOGLE_ALLOWED_DOMAINS")
SIGN_IN_ROLE = env.choice("SIGN_IN_ROLE", "viewer", ("viewer", "operator", "reviewer"))

# Above this amount, in the invoice's own currency, two people must approve.
APPROVAL_SECOND_PERSON_ABOVE = env.decimal("APPROVAL_SECOND_PERSON_ABOVE", None, minimum="0")

# --- Language, time, files --------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STORAGE_URL = env.url("STORAGE_URL", (VAR_DIR / "storage").as_uri(), ("file", "s3", "azure", "gs"))
# The whole of one upload to a bucket: connecting, retries, writing, reading back. Below what proxies wait (60 seconds).
STORAGE_DEADLINE_SECONDS = env.decimal("STORAGE_DEADLINE_SECONDS", "20", minimum="1", maximum="600")
STATIC_URL = "static/"
STATICFILES_DIRS = [Path(__file__).resolve().parent / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": document_storage(STORAGE_URL),
    "staticfiles": {
        "BACKEND": "invoicesite.static_files.StaticFiles"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# A local checkout serves static files from where the packages keep them: no collectstatic before the first page.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION

MAX_INVOICE_MB = env.integer("MAX_INVOICE_MB", 10, minimum=1, maximum=1024)
MAX_RATE_CARD_MB = env.integer("MAX_RATE_CARD_MB", 25, minimum=1, maximum=1024)
RETENTION_DAYS = env.integer("RETENTION_DAYS", None, minimum=1)
BACKUP_URL = env.url("BACKUP_URL", None, ("file", "s3", "azure", "gs"))
BACKUP_RECIPIENTS = env.words("BACKUP_RECIPIENTS")
BACKUP_KEEP = env.integer("BACKUP_KEEP", 14, minimum=1)
# Larger ones wait on disk for their turn, so that many at once take no more memory than few.
FILE_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
# Ours, not the system's: a container whose root is read-only may have no /tmp. Checked at start.
FILE_UPLOAD_TEMP_DIR = str(env.writable_directory("TEMPORARY_DIRECTORY", VAR_DIR / "tmp"))
FILE_UPLOAD_HANDLERS = [
    "invoicesite.uploads.CappedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Where documents come from ----------------------------------------------------------------------------------------

# Makes the storage of a bucket that an import names, as it makes the one of STORAGE_URL.
STORAGE_OF_URL = "invoicesite.storage.document_storage"
ALLOW_HTTP_FETCH = env.boolean("ALLOW_HTTP_FETCH", False)
MAILBOX_URL = env.url("MAILBOX_URL", None, ("imaps",))
MAILBOX_PASSWORD = env.text("MAILBOX_PASSWORD")
MAILBOX_OWNER = env.text("MAILBOX_OWNER")  # user name; without it the documents are seen by staff and admins only
MAILBOX_SEEN = env.text("MAILBOX_SEEN", "mark")
if MAILBOX_SEEN != "mark" and not (MAILBOX_SEEN.startswith("move:") and MAILBOX_SEEN[5:].strip()):
    raise env.BadEnvironment("MAILBOX_SEEN", "mark or move:Folder", MAILBOX_SEEN)

# In the place of every key of Azure that is not given: Blob, OpenAI, Document Intelligence. Which one, where a machine
# has several. The vault of values that are written as keyvault:NAME.
AZURE_MANAGED_IDENTITY = env.boolean("AZURE_MANAGED_IDENTITY", False)
AZURE_CLIENT_ID = env.text("AZURE_CLIENT_ID")
AZURE_KEY_VAULT_URL = env.url("AZURE_KEY_VAULT_URL", None, ("https",))

# Pictures are read by the engine that comes along, or by a service. The keys never reach a process that parses.
OCR_ENGINE = env.choice("OCR_ENGINE", "embedded", ("embedded", "docling", "azure"))
DOCLING_URL = env.url("DOCLING_URL", None)
DOCLING_KEY = env.text("DOCLING_KEY")
AZURE_DI_ENDPOINT = env.url("AZURE_DI_ENDPOINT", None)
AZURE_DI_KEY = env.text("AZURE_DI_KEY")
if OCR_ENGINE == "docling" and not DOCLING_URL:
    raise env.BadEnvironment("DOCLING_URL", "the address of docling-serve where OCR_ENGINE is docling")
if OCR_ENGINE == "azure" and not (AZURE_DI_ENDPOINT and (AZURE_DI_KEY or AZURE_MANAGED_IDENTITY)):
    raise env.BadEnvironment(
        "AZURE_DI_ENDPOINT", "set together with AZURE_DI_KEY or AZURE_MANAGED_IDENTITY where OCR_ENGINE is azure"
    )

# What a page costs, as billed: at Azure the price of prebuilt-layout; a service of one's own is free unless it is said.
OCR_PRICE_PER_1000_PAGES_USD = env.decimal(
    "OCR_PRICE_PER_1000_PAGES_USD", "10" if OCR_ENGINE == "azure" else "0", minimum="0", maximum="10000"
)

# --- Webhooks ---------------------------------------------------------------------------------------------------------

# Besides the public internet: networks of one's own that messages are sent to, there also over http.
WEBHOOK_PRIVATE_NETWORKS = env.networks("WEBHOOK_PRIVATE_NETWORKS")
WEBHOOK_TIMEOUT_SECONDS = env.decimal("WEBHOOK_TIMEOUT_SECONDS", "15", minimum="1", maximum="120")
# Before the second and each later attempt (Standard Webhooks, "Deliverability and reliability").
WEBHOOK_RETRY_SECONDS = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
# An address where every attempt failed for this long is not sent to any more: a little less than all attempts take.
WEBHOOK_DISABLE_AFTER_HOURS = 72

# --- Models and money -------------------------------------------------------------------------------------------------

OPENAI_API_KEY = env.text("OPENAI_API_KEY")
OPENAI_BASE_URL = env.url("OPENAI_BASE_URL", None)
AZURE_OPENAI_ENDPOINT = env.url("AZURE_OPENAI_ENDPOINT", None)
AZURE_OPENAI_API_KEY = env.text("AZURE_OPENAI_API_KEY")
# Asked with where the key before is refused: a key is changed at the provider before every process knows the new one.
LLM_FALLBACK_API_KEY = env.text("LLM_FALLBACK_API_KEY")
LLM_MODEL = env.text("LLM_MODEL", "gpt-4o-mini")
LLM_PRICE_INPUT_PER_MILLION = env.decimal("LLM_PRICE_INPUT_PER_MILLION", None, minimum="0")
LLM_PRICE_CACHED_INPUT_PER_MILLION = env.decimal("LLM_PRICE_CACHED_INPUT_PER_MILLION", None, minimum="0")
LLM_PRICE_OUTPUT_PER_MILLION = env.decimal("LLM_PRICE_OUTPUT_PER_MILLION", None, minimum="0")
LLM_TIMEOUT_SECONDS = env.decimal("LLM_TIMEOUT_SECONDS", "60", minimum="0.1", maximum="3600")
LLM_MAX_RETRIES = env.integer("LLM_MAX_RETRIES", 2, minimum=0, maximum=20)
LLM_RETRY_BACKOFF_SECONDS = env.decimal("LLM_RETRY_BACKOFF_SECONDS", "0.5", minimum="0", maximum="300")
LLM_FALLBACK_MODEL = env.text("LLM_FALLBACK_MODEL")
LLM_MAX_INPUT_TOKENS = env.integer("LLM_MAX_INPUT_TOKENS", 24_000, minimum=1_000)
LLM_CACHE_DAYS = env.integer("LLM_CACHE_DAYS", 30, minimum=0, maximum=3650)
EXTRACTION_POLICY = env.choice("EXTRACTION_POLICY", "cheapest", ("cheapest", "llm", "rules"))
INVOICE_BUDGET_USD = env.decimal("INVOICE_BUDGET_USD", "0.02", minimum="0")
INVOICE_MAX_OUTPUT_TOKENS = env.integer("INVOICE_MAX_OUTPUT_TOKENS", 300, minimum=1)
RATE_CARD_BUDGET_USD = env.decimal("RATE_CARD_BUDGET_USD", "0.02", minimum="0")
RATE_CARD_MAX_OUTPUT_TOKENS = env.integer("RATE_CARD_MAX_OUTPUT_TOKENS", 2048, minimum=1)
MONTHLY_BUDGET_USD = env.decimal("MONTHLY_BUDGET_USD", None, minimum="0")

# --- Logs -------------------------------------------------------------------------------------------------------------

LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", LEVELS)
LOG_FORMAT = env.choice("LOG_FORMAT", "json" if PRODUCTION else "console", ("json", "console"))
LOGGING = logging_settings(level=LOG_LEVEL, style=LOG_FORMAT, secrets=[SECRET_KEY, *SECRET_KEY_FALLBACKS])
configure_structlog()

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Invoicesite",
    "SITE_HEADER": "Invoicesite",
    "SITE_SYMBOL": "receipt_long",
    # Colours come from the style sheet: as settings they would become an inline style.
    "COLORS": lambda request: {},
    "STYLES": [lambda request: static("desk/theme.css")],
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("site/mark.svg")}],
    "SIDEBAR": {"show_search": True, "navigation": "invoicesite.desk.menu.menu"},
    "DASHBOARD_CALLBACK": "invoicesite.dashboard.dashboard",
}
