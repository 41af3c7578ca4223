"""The configured models: one client a process for each, and what each costs."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from django.conf import settings

from common.managed_identity import COGNITIVE_SERVICES, token_for
from processing.llm.client import LLMClient, LLMConfig
from processing.llm.prices import Price, load_price

REFUSED_SECONDS = 300.0
_refused_until: dict[str, float] = {}


def model_is_configured() -> bool:
    """Whether there is a server to ask: a key, or the address of a server that may need none."""
    azure = settings.AZURE_OPENAI_ENDPOINT and (settings.AZURE_OPENAI_API_KEY or settings.AZURE_MANAGED_IDENTITY)
    return bool(settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL or azure)


def configured_client() -> LLMClient:
    """The client of ``LLM_MODEL``, shared by all threads of this process; with the other key while the first one is
    refused."""
    client = _with_first_key()
    if _refused_until.get(credential_of(client), 0.0) > time.monotonic():
        return other_key_of(client) or client
    return client


def other_key_of(client: LLMClient) -> LLMClient | None:
    """The same model with ``LLM_FALLBACK_API_KEY``, or, where that one is in use, with the first key; None where there
    is one key only."""
    other = settings.LLM_FALLBACK_API_KEY
    if not other or client.config.token is not None:
        return None
    first = settings.AZURE_OPENAI_API_KEY if client.config.azure_endpoint else settings.OPENAI_API_KEY
    mine = client.config.azure_api_key if client.config.azure_endpoint else client.config.api_key
    if mine not in (first, other):
        return None
    wanted = first if mine == other else other
    if client.config.azure_endpoint:
        return client_of(replace(client.config, azure_api_key=wanted))
    return client_of(replace(client.config, api_key=wanted))


def note_refused(client: LLMClient) -> None:
    """The server rejected this client's key: for a while the other one is tried first."""
    _refused_until[credential_of(client)] = time.monotonic() + REFUSED_SECONDS


def _with_first_key() -> LLMClient:
    config = LLMConfig(
        model=settings.LLM_MODEL,
        api_key=settings.OPENAI_API_KEY,
        total_timeout_seconds=float(settings.LLM_TIMEOUT_SECONDS),
    )
    if settings.OPENAI_BASE_URL:
        config = replace(config, base_url=settings.OPENAI_BASE_URL)
    if settings.AZURE_OPENAI_ENDPOINT and settings.AZURE_OPENAI_API_KEY:
        azure_key = settings.AZURE_OPENAI_API_KEY
        config = replace(config, azure_endpoint=settings.AZURE_OPENAI_ENDPOINT, azure_api_key=azure_key)
    elif settings.AZURE_OPENAI_ENDPOINT and settings.AZURE_MANAGED_IDENTITY:
        config = replace(config, azure_endpoint=settings.AZURE_OPENAI_ENDPOINT, token=cognitive_token)
    return client_of(config)


def cognitive_token() -> str:
    """Of the managed identity, for Azure's models and OCR. Raises IdentityUnavailable."""
    return token_for(COGNITIVE_SERVICES, client_id=settings.AZURE_CLIENT_ID)


def fallback_of(client: LLMClient) -> LLMClient | None:
    """The client of ``LLM_FALLBACK_MODEL`` at the same server; None where there is none."""
    model = settings.LLM_FALLBACK_MODEL
    if not model or model == client.config.model:
        return None
    return client_of(replace(client.config, model=model))


def client_of(config: LLMConfig) -> LLMClient:
    # A forked worker must not share its parent's sockets.
    return _client(config, os.getpid())


def price_of(client: LLMClient) -> Price:
    """What the client's model costs; ``LLM_PRICE_*`` are the prices of ``LLM_MODEL``. Raises PriceUnknown."""
    given: tuple[Decimal | None, ...] = (None, None, None)
    if client.config.model == settings.LLM_MODEL:
        given = (
            settings.LLM_PRICE_INPUT_PER_MILLION,
            settings.LLM_PRICE_OUTPUT_PER_MILLION,
            settings.LLM_PRICE_CACHED_INPUT_PER_MILLION,
        )
    return _price(client.config.model, *given, datetime.now(UTC).date())


def credential_of(client: LLMClient) -> str:
    """A fingerprint of the key in use: tells two keys apart and gives nothing away."""
    config = client.config
    key = config.azure_api_key if config.azure_endpoint else config.api_key
    return hashlib.sha256(f"{settings.SECRET_KEY}:{key}".encode()).hexdigest()[:16]


@lru_cache(maxsize=8)
def _client(config: LLMConfig, pid: int) -> LLMClient:
    return LLMClient(config)


@lru_cache(maxsize=8)
def _price(
    model: str, input_price: Decimal | None, output_price: Decimal | None, cached_price: Decimal | None, day: date
) -> Price:
    return load_price(
        model,
        input_per_million=input_price,
        output_per_million=output_price,
        cached_input_per_million=cached_price,
    )
