"""What is served where."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny

from invoicesite import health
from invoicesite.api_auth import ApiKeyList, ApiKeyRevoke, Google, Token, TokenRefresh, TokenRevoke
from invoicesite.monitoring.scraping import metrics

handler400 = "invoicesite.api_errors.bad_request"
handler403 = "invoicesite.api_errors.permission_denied"
handler404 = "invoicesite.api_errors.page_not_found"
handler500 = "invoicesite.api_errors.server_error"

admin.site.index_title = "Dashboard"

api: list[URLPattern | URLResolver] = [
    path("", include("processing.api.urls")),
    path("", include("invoices.api.urls")),
    path("", include("invoicesite.webhooks.urls")),
    path("rate-cards/", include("invoices.api.rate_cards.urls")),
    path("auth/token/", Token.as_view(), name="token"),
    path("auth/token/refresh/", TokenRefresh.as_view(), name="token-refresh"),
    path("auth/token/revoke/", TokenRevoke.as_view(), name="token-revoke"),
    path("auth/google/", Google.as_view(), name="auth-google"),
    path("auth/keys/", ApiKeyList.as_view(), name="api-key-list"),
    path("auth/keys/<uuid:pk>/", ApiKeyRevoke.as_view(), name="api-key-detail"),
]

urlpatterns = [
    path("", include("processing.urls")),
    path("", include("invoices.urls")),
    path("", include("invoicesite.accounts.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include(api)),
    path("api/schema/", SpectacularAPIView.as_view(permission_classes=[AllowAny]), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(permission_classes=[AllowAny]), name="docs"),
    path("api/health/", health.live, name="health"),
    path("api/health/ready/", health.ready, name="health-ready"),
    path("api/health/detailed/", health.detailed, name="health-detailed"),
    path("metrics", metrics, name="prometheus-django-metrics"),
]
