"""Tokens of an Azure managed identity, in the place of keys: on Container Apps, virtual machines and AKS."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azure.identity import ManagedIdentityCredential

# Azure OpenAI, Document Intelligence and the other services of its kind.
COGNITIVE_SERVICES = "https://cognitiveservices.azure.com/.default"
KEY_VAULT = "https://vault.azure.net/.default"


class IdentityUnavailable(Exception):
    """The platform gave no token. What waits for it may be tried again."""


@cache
def credential(client_id: str) -> ManagedIdentityCredential:
    """The identity with this client id, or with "" the machine's own. It keeps its tokens and renews them in time; for
    all threads of a process."""
    from azure.identity import ManagedIdentityCredential  # takes long to import, and few need it

    return ManagedIdentityCredential(client_id=client_id or None)


def token_for(scope: str, *, client_id: str) -> str:
    """A token for a service. Raises IdentityUnavailable."""
    from azure.core.exceptions import AzureError

    try:
        token: str = credential(client_id).get_token(scope).token
    except AzureError as error:
        raise IdentityUnavailable(f"The managed identity gave no token ({type(error).__name__}).") from error
    return token
