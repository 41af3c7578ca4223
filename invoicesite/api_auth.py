"""Tokens of the API, with their errors in the schema."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework_simplejwt.serializers import TokenObtainPairSerializer, TokenRefreshSerializer
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView

from processing.api.schema import problems


@extend_schema_view(post=extend_schema(auth=[], responses={200: TokenObtainPairSerializer} | problems(400, 401)))
class Token(TokenObtainPairView):
    """An access token (15 minutes) and a refresh token (7 days) for a user name and a password."""


@extend_schema_view(post=extend_schema(auth=[], responses={200: TokenRefreshSerializer} | problems(400, 401)))
class TokenRefresh(TokenRefreshView):
    """A new pair of tokens for a refresh token."""
