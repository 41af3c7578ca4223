"""The REST API: how it signs in, answers and describes itself."""

from datetime import timedelta

from invoices.methods import METHOD_NAMES
from invoicesite import __version__, env

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "invoicesite.api_schema.Schema",
    "EXCEPTION_HANDLER": "invoicesite.api_errors.exception_handler",
    # The first one names the challenge of a 401.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "invoicesite.accounts.authentication.ApiKeyAuthentication",
        "invoicesite.accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_RENDERER_CLASSES": ["common.api.rendering.QuickJSON"],
    "DEFAULT_PARSER_CLASSES": ["processing.api.parsers.JSONParser"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["invoicesite.accounts.limits.Limits"],
    "DEFAULT_FILTER_BACKENDS": ["common.api.known_parameters.KnownParameters"],
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=15),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=7),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
    # A token ends with the password that it was given for.
    "CHECK_REVOKE_TOKEN": True,
    "UPDATE_LAST_LOGIN": True,
}
# How often a person may ask (a key: half of it); sign-in is counted by address. Wide enough for a busy integration, far
# below what would be felt by others. `off` is no limit.
API_RATES = {
    "read": env.rate("API_RATE_READ", "12000/minute"),
    "submit": env.rate("API_RATE_SUBMIT", "1200/minute"),
    "export": env.rate("API_RATE_EXPORT", "60/minute"),
    "sign_in": env.rate("API_RATE_SIGN_IN", "30/minute"),
}
# What a person may submit in a UTC day; admins have no limit. 0 is no limit.
UPLOAD_QUOTA_DOCUMENTS = env.integer("UPLOAD_QUOTA_DOCUMENTS", 10_000, minimum=0)
UPLOAD_QUOTA_MB = env.integer("UPLOAD_QUOTA_MB", 20_000, minimum=0)
# What others than admins may ask for a single document.
MAX_JOB_BUDGET_USD = env.decimal("MAX_JOB_BUDGET_USD", "1", minimum="0", maximum="100")
MAX_JOB_OUTPUT_TOKENS = env.integer("MAX_JOB_OUTPUT_TOKENS", 16_384, minimum=1, maximum=100_000)
# Pages of other origins that may call the API. They show a token or a key: cookies are never taken from them.
CORS_ALLOWED_ORIGINS = env.words("CORS_ALLOWED_ORIGINS")
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = [
    *("accept", "authorization", "content-type", "x-api-key", "idempotency-key", "prefer", "if-match"),
    *("if-none-match", "x-request-id", "traceparent"),
]
CORS_EXPOSE_HEADERS = [
    *("ETag", "Location", "Retry-After", "X-Request-ID", "Idempotency-Replayed", "Preference-Applied"),
    *("Content-Disposition", "Deprecation", "Sunset", "Link"),
]
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "invoicesite.api_deprecation.mark_fields",
    ],
    "ENUM_NAME_OVERRIDES": {
        "DocumentKind": "processing.models.Document.Kind",
        "JobStatus": "processing.models.ProcessingJob.Status",
        "JobStage": "processing.models.ProcessingJob.Stage",
        "JobOutcome": "processing.models.ProcessingJob.Outcome",
        "JobPolicy": "processing.models.ProcessingJob.Policy",
        "RateCardStatus": "invoices.models.RateCard.Status",
        "InvoiceStatus": "invoices.models.Invoice.Status",
        "InvoiceDocumentType": "invoices.models.Invoice.DocumentType",
        "FindingCode": "invoices.models.Finding.Code",
        "ChargeKind": "invoices.models.Finding.Charge",
        "FindingCause": "invoices.models.Finding.Cause",
        "FindingStatus": "invoices.models.Finding.Status",
        "ReasonOrigin": "invoices.models.InvoiceReason.Origin",
        "ReadingMethod": METHOD_NAMES,
        "BatchStatus": "processing.models.Batch.Status",
        "BudgetScope": "processing.models.Budget.Scope",
        "DeliveryStatus": "invoicesite.webhooks.models.Delivery.Status",
        "EventType": "invoicesite.webhooks.models.EventType",
        "WebhookEvent": "invoicesite.webhooks.serializers.WANTED",
        "ChargeBasis": "invoices.models.Surcharge.Basis",
        "ChargeApplies": "invoices.models.Surcharge.Applies",
        "DistanceUnit": ["km", "mile"],
        "TransportMode": ["parcel", "ltl", "ftl", "air", "ocean", "courier"],
        "OnDuplicate": ["return", "refuse", "anew"],
        "RateEnd": ["destination", "origin"],
        "SpendGroup": ["day", "model", "batch", "user", "kind", "outcome"],
        "PreviewStatus": ["needs_review", "ready"],
        "CardDimensionUnit": ["cm", "in", "m"],
        "CardWeightUnit": ["kg", "lb"],
        "DimensionUnit": ["cm", "in", "mm", "m", "ft"],
        "WeightUnit": ["kg", "lb", "g", "t", "oz"],
        "BreakInclusive": "invoices.models.Rate.Inclusive",
        "ApiKeyScope": ["read", "submit", "review", "admin"],
    },
    "TITLE": "Invoicesite",
    "VERSION": __version__,
    "DESCRIPTION": "Invoices and carrier rate cards: submitted, read, checked, decided. Errors are RFC 9457 problems.",
    "TAGS": [
        {"name": "auth", "description": "Tokens, personal keys, sign-in with Google."},
        {"name": "documents", "description": "Files in, their pages, their bytes."},
        {"name": "jobs", "description": "The processing of a document: follow, retry, cancel."},
        {"name": "batches", "description": "Many documents under one budget."},
        {"name": "invoices", "description": "Extracted invoices: find, correct, decide, export."},
        {"name": "rate-cards", "description": "Carriers' prices, and quotes from them."},
        {"name": "findings", "description": "Charges that differ from the rate card."},
        {"name": "budgets", "description": "Spending ceilings for models."},
        {"name": "spend", "description": "What models have cost."},
        {"name": "webhooks", "description": "Events sent to your server, signed as Standard Webhooks."},
        {"name": "inbound", "description": "Documents that other systems send by signed requests."},
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}
