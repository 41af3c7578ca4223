"""The one way to call a model: one HTTP request, bounded in time and in output, with its usage or a named failure.

The only module that imports the OpenAI SDK; its exceptions are translated here. Nothing is retried here: each attempt
is an entry in the spend ledger, so the caller decides on it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx2
import openai

from common.managed_identity import IdentityUnavailable
from common.telemetry.spans import headers_of_call
from processing.errors import (
    CapabilityChanged,
    InvalidOutput,
    LLMAuth,
    LLMCancelled,
    LLMError,
    LLMRateLimited,
    LLMRefused,
    LLMTimeout,
)
from processing.llm import wire
from processing.llm.capabilities import (
    Capabilities,
    CapabilityStore,
    StructuredOutput,
    TokenParameter,
    initial_capabilities,
    without_refused_option,
)
from processing.llm.request import ChatPrompt, clean_text, error_text, request_options, retry_after_seconds
from processing.llm.tokens import OutputCounter
from processing.llm.transport import ACCEPTED_ENCODINGS, CallClock, DeadlineTransport
from processing.usage import Usage

# The SDK and its HTTP library log whole requests: documents do not belong in logs, and the ledger holds every call.
logging.getLogger("openai").setLevel(logging.WARNING)
logging.getLogger("httpx2").setLevel(logging.WARNING)

CONNECT_SECONDS = 10.0
KEEPALIVE_SECONDS = 30.0
MAX_REQUEST_ID = 120  # characters
FinishReason = Literal["stop", "length", "cut", "content_filter"]

_capabilities = CapabilityStore()


@dataclass(frozen=True, slots=True)
class LLMConfig:
    """Where the model is and how long a call may take. With ``azure_endpoint`` the model is the deployment's name.

    ``first_token_timeout_seconds`` None is half of the total. ``auto`` sends the best option and learns from refusals.
    """

    model: str
    api_key: str = field(default="", repr=False)
    base_url: str = "https://api.openai.com/v1"
    azure_endpoint: str = ""
    azure_api_key: str = field(default="", repr=False)
    token: Callable[[], str] | None = field(default=None, repr=False)  # of a managed identity, in the place of a key
    connect_timeout_seconds: float = CONNECT_SECONDS
    first_token_timeout_seconds: float | None = None
    total_timeout_seconds: float = 60.0
    output_cap_parameter: Literal["auto", "max_completion_tokens", "max_tokens"] = "auto"
    structured_output: Literal["auto", "json_schema", "json_object", "text"] = "auto"
    max_connections: int = 400

    @property
    def endpoint(self) -> str:
        """The base URL in use; Azure's v1 API is OpenAI's under ``/openai/v1/``."""
        return f"{self.azure_endpoint.rstrip('/')}/openai/v1" if self.azure_endpoint else self.base_url.rstrip("/")

    @property
    def provider(self) -> str:
        """The server's host name: what the ledger and the circuit breaker call it."""
        return urlsplit(self.endpoint).netloc.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class LLMReply:
    """A reply that ended. ``length``: the server stopped at the cap; ``cut``: it went on, so the connection was closed;
    ``content_filter``: the model refused. ``usage`` None: count it at the worst case. Times in seconds."""

    text: str
    finish_reason: FinishReason
    usage: Usage | None
    request_id: str
    first_token_seconds: float | None
    elapsed_seconds: float
    counted_output_tokens: int

    @property
    def truncated(self) -> bool:
        return self.finish_reason in ("length", "cut")


def output_limit(max_output_tokens: int) -> int:
    """The tokens at which a server that ignores its cap is cut off: the cap and a slack of 8 and 2 %.

    The slack is for tokenizers that count a little differently; a reply that keeps the cap never meets it.
    """
    return max_output_tokens + 8 + max_output_tokens // 50


class LLMClient:
    """Calls one model. Thread-safe: share one for a process, its connections are pooled and reused."""

    def __init__(self, config: LLMConfig) -> None:
        self.config = config
        self._http = httpx2.Client(
            transport=DeadlineTransport(
                config.endpoint, max_connections=config.max_connections, keepalive_seconds=KEEPALIVE_SECONDS
            ),
            # reads are bounded by the call's clock
            timeout=httpx2.Timeout(None, connect=config.connect_timeout_seconds, pool=config.connect_timeout_seconds),
            headers={"accept-encoding": ACCEPTED_ENCODINGS},
            follow_redirects=False,
        )
        self._sdk = openai.OpenAI(
            api_key=(config.azure_api_key or config.api_key) or "none",
            base_url=config.endpoint,
            max_retries=0,
            http_client=self._http,
            timeout=self._http.timeout,
        )
        self._key = (config.endpoint, config.model)

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> LLMClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def complete(
        self, prompt: ChatPrompt, *, max_output_tokens: int, cancelled: Callable[[], bool] | None = None
    ) -> LLMReply:
        """One request and its reply. ``cancelled`` is asked about once a second, in this thread.

        Raises LLMTimeout, LLMRateLimited, LLMAuth, LLMRefused, LLMCancelled, CapabilityChanged (try again at once), or
        LLMError for the rest; each carries what had arrived, and ``free`` when nothing was generated.
        """
        sent = self._options()
        clock = CallClock(
            total_seconds=self.config.total_timeout_seconds,
            first_token_seconds=self._first_token_seconds(sent),
            cancelled=cancelled,
        )
        reply = wire.WireReply(OutputCounter(self.config.model, output_limit(max_output_tokens)))
        request_id = ""
        try:
            with (
                clock.running(),
                self._sdk.chat.completions.with_streaming_response.create(
                    model=self.config.model,
                    # the SDK rewrites what it is given by name, key by key, a schema too: here it is left as it is
                    messages=[],
                    extra_body={
                        "messages": [
                            {"role": "system", "content": prompt.system},
                            {"role": "user", "content": prompt.user},
                        ],
                        **request_options(prompt, sent, max_output_tokens),
                    },
                    extra_headers=headers_of_call()
                    | ({} if self.config.token is None else {"Authorization": f"Bearer {self.config.token()}"}),
                ) as response,
            ):
                request_id = clean_text(response.headers.get("x-request-id", ""), MAX_REQUEST_ID)
                wire.read_reply_body(response.iter_bytes(), reply, clock)
        except openai.APIStatusError as error:
            raise self._status_error(error, sent, clock) from error
        except IdentityUnavailable as error:
            raise _failure(LLMError, str(error), reply, clock, request_id, free=True) from error
        except (openai.OpenAIError, httpx2.HTTPError, wire.NotTheProtocol, wire.ServerSaidError) as error:
            if reply.finish_reason is None:
                raise self._broken_call(error, reply, clock, request_id) from error
        if reply.finish_reason is None:
            raise _failure(LLMError, "The model's server cut off its reply.", reply, clock, request_id)
        if reply.finish_reason == "cut" and sent.cap_parameter == "max_completion_tokens":
            self._learn_cap_parameter(sent)
        return LLMReply(
            text="" if reply.refused else reply.text,
            finish_reason="content_filter" if reply.refused else _finish_reason(reply.finish_reason),
            usage=reply.usage,
            request_id=request_id,
            first_token_seconds=clock.first_token_seconds,
            elapsed_seconds=clock.elapsed_seconds,
            counted_output_tokens=reply.counter.count(),
        )

    def _options(self) -> Capabilities:
        known = _capabilities.get(self._key, initial_capabilities(self.config.model))
        structured: StructuredOutput = (
            known.structured_output if self.config.structured_output == "auto" else self.config.structured_output
        )
        parameter: TokenParameter = (
            known.cap_parameter if self.config.output_cap_parameter == "auto" else self.config.output_cap_parameter
        )
        return Capabilities(
            structured, parameter, known.stream, known.stream_usage, known.temperature, known.reasoning_effort
        )

    def _first_token_seconds(self, sent: Capabilities) -> float | None:
        if not sent.stream:
            return None
        return self.config.first_token_timeout_seconds or self.config.total_timeout_seconds / 2

    def _learn(self, sent: Capabilities, changed: Capabilities) -> bool:
        fixed_output = self.config.structured_output != "auto"
        fixed_parameter = self.config.output_cap_parameter != "auto"
        if (fixed_output and changed.structured_output != sent.structured_output) or (
            fixed_parameter and changed.cap_parameter != sent.cap_parameter
        ):
            return False
        _capabilities.change(self._key, sent, changed)
        return True

    def _learn_cap_parameter(self, sent: Capabilities) -> None:
        """A server that went past ``max_completion_tokens`` may know the older name only."""
        if not self.provider_is_openai:
            self._learn(sent, without_refused_option(sent, "max_completion_tokens", "") or sent)

    @property
    def provider_is_openai(self) -> bool:
        return bool(self.config.azure_endpoint) or self.config.provider.endswith("openai.com")

    def _status_error(self, error: openai.APIStatusError, sent: Capabilities, clock: CallClock) -> LLMError:
        status, code = error.status_code, error.code or ""
        details: dict[str, Any] = {
            "request_id": clean_text(error.request_id or "", MAX_REQUEST_ID),
            "elapsed_seconds": clock.elapsed_seconds,
            "status_code": status,
        }
        if status in (401, 403):
            return LLMAuth(f"The model's server rejected the API key ({status}).", free=True, **details)
        if status == 429 and code in ("insufficient_quota", "billing_hard_limit_reached"):
            return LLMAuth("The model provider's account has no credit left.", free=True, **details)
        if status == 429:
            seconds = retry_after_seconds(error.response.headers.get("retry-after-ms"), 1000.0)
            seconds = seconds or retry_after_seconds(error.response.headers.get("retry-after"))
            return LLMRateLimited(free=True, retry_after_seconds=seconds, **details)
        if status in (408, 409, 425) or status >= 500:
            seconds = retry_after_seconds(error.response.headers.get("retry-after"))
            message = f"The model's server failed ({status})."
            return LLMError(message, retry_after_seconds=seconds, **details)
        if status in (400, 422):
            changed = without_refused_option(sent, error.param or "", error_text(error.body))
            if changed is not None and self._learn(sent, changed):
                return CapabilityChanged(free=True, **details)
        reason = f": {code[:100]}" if code else ""
        return LLMRefused(f"The model's server rejected the request ({status}{reason}).", free=True, **details)

    def _broken_call(self, error: Exception, reply: wire.WireReply, clock: CallClock, request_id: str) -> LLMError:
        """A call that did not end by itself: out of time, cancelled, not connected, cut, or not the protocol."""
        if clock.ended == "cancelled":
            return _failure(LLMCancelled, "", reply, clock, request_id)
        cause = error.__cause__
        if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.PoolTimeout | httpx2.ProxyError):
            kind = LLMTimeout if isinstance(cause, httpx2.TimeoutException) else LLMError
            message = "Could not connect to the model's server."
            return _failure(kind, message, reply, clock, request_id, free=True)
        if clock.ended == "first_token":
            return _failure(LLMTimeout, "The model did not start responding in time.", reply, clock, request_id)
        if clock.ended or isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
            return _failure(LLMTimeout, "The model did not finish in time.", reply, clock, request_id)
        if isinstance(error, wire.ServerSaidError):
            limited = "rate_limit" in error_text(error.error)
            message = "" if limited else "The model's server reported an error in its reply."
            return _failure(LLMRateLimited if limited else LLMError, message, reply, clock, request_id)
        if isinstance(error, wire.OddReply):
            return _failure(InvalidOutput, "", reply, clock, request_id)
        if isinstance(error, wire.NotTheProtocol | httpx2.DecodingError):
            message = "The model's server sent an unexpected kind of reply."
            return _failure(LLMError, message, reply, clock, request_id)
        return _failure(LLMError, "The connection to the model's server was lost.", reply, clock, request_id)


def _failure(
    kind: type[LLMError],
    message: str,
    reply: wire.WireReply,
    clock: CallClock,
    request_id: str,
    *,
    free: bool = False,
) -> LLMError:
    return kind(
        message,
        free=free,
        partial_text=reply.text,
        counted_output_tokens=reply.counter.count(),
        usage=reply.usage,
        request_id=request_id,
        elapsed_seconds=clock.elapsed_seconds,
    )


def _finish_reason(reason: str) -> FinishReason:
    if reason in ("length", "cut", "content_filter"):
        return reason  # type: ignore[return-value]
    return "length" if reason in ("max_tokens", "max_output_tokens") else "stop"
