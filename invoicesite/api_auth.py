"""Signing in over the API: tokens for a password or for Google's word, and personal keys."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import exceptions, serializers
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView

from common.api.fields import TextField
from invoicesite.accounts.google import verified_claims
from invoicesite.accounts.keys import create_api_key, revoke_api_key
from invoicesite.accounts.models import ApiKey
from invoicesite.accounts.scopes import Scope
from invoicesite.accounts.services import account_for_identity
from invoicesite.accounts.tokens import OneUseRefreshSerializer, revoke_refresh_token, tokens_for
from processing.api.paging import NewestFirst
from processing.api.schema import problems

TAG = ["auth"]


class TokenPairSerializer(serializers.Serializer[Any]):
    access = serializers.CharField(help_text="For `Authorization: Bearer …`; 15 minutes.")
    refresh = serializers.CharField(help_text="For `auth/token/refresh/`, once; 7 days.")


class CredentialsSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=4096, trim_whitespace=False)


class RefreshTokenSerializer(serializers.Serializer[Any]):
    refresh = TextField(max_length=4096)


@extend_schema_view(
    post=extend_schema(
        operation_id="auth_token",
        tags=TAG,
        auth=[],
        request=CredentialsSerializer,
        responses={200: TokenPairSerializer} | problems(400, 401, 406, 415, 429),
        examples=[OpenApiExample("a person", {"username": "ann", "password": "correct horse"}, request_only=True)],
    )
)
class Token(TokenObtainPairView):
    """An access token (15 minutes) and a refresh token (7 days) for a user name and a password."""

    throttle_scope = "sign_in"

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        form = CredentialsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        if not AxesProxyHandler.is_allowed(request._request, {"username": form.validated_data["username"]}):
            hours = float(settings.AXES_COOLOFF_TIME)
            raise exceptions.Throttled(hours * 3600, "Too many wrong passwords for this account.")
        return super().post(request, *args, **kwargs)


@extend_schema_view(
    post=extend_schema(
        operation_id="auth_token_refresh",
        tags=TAG,
        auth=[],
        request=RefreshTokenSerializer,
        responses={200: TokenPairSerializer} | problems(400, 401, 406, 415, 429),
    )
)
class TokenRefresh(TokenRefreshView):
    """A new pair of tokens for a refresh token, which is used up by it."""

    serializer_class = OneUseRefreshSerializer
    throttle_scope = "sign_in"


class TokenRevoke(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_scope = "sign_in"

    @extend_schema(
        operation_id="auth_token_revoke",
        tags=TAG,
        auth=[],
        request=RefreshTokenSerializer,
        responses={204: OpenApiResponse(description="The token no longer works.")} | problems(400, 406, 415, 429),
    )
    def post(self, request: Request) -> Response:
        """Sign out: the refresh token is refused from now on. The access token runs out by itself."""
        form = RefreshTokenSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        revoke_refresh_token(form.validated_data["refresh"])
        return Response(status=204)


class IdTokenSerializer(serializers.Serializer[Any]):
    id_token = TextField(max_length=16_384, help_text="As Google gave it to your client.")
    nonce = TextField(max_length=255, required=False, help_text="What your client sent to Google.")


class Google(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_scope = "sign_in"

    @extend_schema(
        operation_id="auth_google",
        tags=TAG,
        auth=[],
        request=IdTokenSerializer,
        responses={200: TokenPairSerializer} | problems(400, 401, 403, 404, 406, 415, 429, 503),
        examples=[OpenApiExample("an id token", {"id_token": "eyJhbGciOiJSUzI1NiIs…"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Tokens of this site for an id token of Google. The first time makes the account."""
        form = IdTokenSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        claims = verified_claims(form.validated_data["id_token"], nonce=form.validated_data.get("nonce", ""))
        user = account_for_identity(
            provider="google",
            subject=str(claims["sub"]),
            email=str(claims.get("email", "")),
            email_verified=claims.get("email_verified") in (True, "true"),
            name=str(claims.get("name", "")),
            domain=str(claims.get("hd", "")),
        )
        return Response(tokens_for(user))


class ApiKeySerializer(serializers.ModelSerializer[ApiKey]):
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=[str(scope) for scope in Scope]))

    class Meta:
        model = ApiKey
        fields = ["id", "name", "prefix", "scopes", "expires_at", "last_used_at", "revoked_at", "created_at"]
        read_only_fields = fields


class NewApiKeySerializer(serializers.Serializer[Any]):
    name = TextField(max_length=100)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=[str(scope) for scope in Scope]),
        min_length=1,
        max_length=len(Scope),
        help_text="Each is limited by your role.",
    )
    expires_at = serializers.DateTimeField(required=False, allow_null=True, help_text="Null: it does not expire.")

    def validate_expires_at(self, value: Any) -> Any:
        if value is not None and value <= timezone.now():
            raise serializers.ValidationError("This date is in the past.", code="past")
        return value


class ShownApiKeySerializer(ApiKeySerializer):
    key = serializers.CharField(help_text="Shown once; you will not see it again.")

    class Meta(ApiKeySerializer.Meta):
        fields = [*ApiKeySerializer.Meta.fields, "key"]
        read_only_fields = fields


class ApiKeyList(ListAPIView[ApiKey]):
    """Your keys, newest first; also those that were revoked."""

    permission_classes = (IsAuthenticated,)
    serializer_class = ApiKeySerializer
    pagination_class = NewestFirst
    filter_backends = ()
    queryset = ApiKey.objects.none()

    def get_queryset(self) -> Any:
        return ApiKey.objects.filter(owner_id=self.request.user.pk)

    @extend_schema(
        operation_id="auth_keys_list",
        tags=TAG,
        responses={200: ApiKeySerializer(many=True)} | problems(401, 403, 404, 406, 429),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="auth_keys_create",
        tags=TAG,
        request=NewApiKeySerializer,
        responses={201: ShownApiKeySerializer} | problems(400, 401, 403, 406, 409, 415, 429),
        examples=[OpenApiExample("an integration", {"name": "ERP", "scopes": ["read", "submit"]}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Make a key. Its text is in the answer and is shown never again."""
        form = NewApiKeySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        key, text = create_api_key(owner=request.user, **form.validated_data)
        body = ApiKeySerializer(key).data | {"key": text}
        return Response(body, status=201, headers={"Cache-Control": "no-store"})


class ApiKeyRevoke(APIView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="auth_keys_revoke",
        tags=TAG,
        responses={204: OpenApiResponse(description="The key no longer works.")} | problems(401, 403, 404, 406, 429),
    )
    def delete(self, request: Request, pk: UUID) -> Response:
        """Revoke a key."""
        revoke_api_key(owner=request.user, key_id=pk)
        return Response(status=204)
