"""Refresh tokens: each is good for one use."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from rest_framework import exceptions
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.serializers import TokenRefreshSerializer
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken
from rest_framework_simplejwt.tokens import RefreshToken
from rest_framework_simplejwt.utils import get_md5_hash_password


def tokens_for(user: User) -> dict[str, str]:
    """An access and a refresh token. They say who it is; what the account may do is looked up at each request."""
    refresh = RefreshToken.for_user(user)
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])
    return {"access": str(refresh.access_token), "refresh": str(refresh)}


def revoke_refresh_token(text: str) -> None:
    """Refuse a refresh token from now on. One that is not valid any more is no error (RFC 7009, 2.2)."""
    try:
        RefreshToken(text).blacklist()  # type: ignore[arg-type]  # the stubs know tokens that are parsed already
    except TokenError:
        return


class OneUseRefreshSerializer(TokenRefreshSerializer):
    """Of two uses of a token at the same moment, one gets the new pair."""

    @transaction.atomic
    def validate(self, attrs: dict[str, Any]) -> dict[str, str]:
        token = RefreshToken(attrs["refresh"])
        list(OutstandingToken.objects.select_for_update().filter(jti=token[api_settings.JTI_CLAIM]))
        token.check_blacklist()
        user = User.objects.filter(pk=token.get(api_settings.USER_ID_CLAIM)).first()
        shown = str(token.get(api_settings.REVOKE_TOKEN_CLAIM, ""))
        if user is None or not constant_time_compare(shown, get_md5_hash_password(user.password)):
            raise exceptions.AuthenticationFailed("The account or its password has changed. Sign in again.")
        return super().validate(attrs)
