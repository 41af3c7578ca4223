"""Pages of the web UI about people."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from invoicesite.accounts.views import api_keys, profile, sign_in

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("auth/", include("social_django.urls", namespace="social")),
    path("admin/login/", sign_in.desk_sign_in),
    path("profile/", profile.profile, name="profile"),
    path("api-keys/", api_keys.api_keys, name="api-keys"),
    path("api-keys/<uuid:key_id>/revoke/", api_keys.revoke, name="api-key-revoke"),
]
