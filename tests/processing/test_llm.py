"""One call to a model over real HTTP: what a good server gives, and every way in which a bad one fails."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from processing.errors import (
    CapabilityChanged,
    LLMAuth,
    LLMCancelled,
    LLMError,
    LLMRateLimited,
    LLMRefused,
    LLMTimeout,
)
from processing.extractors.model.prompt import Prompt, build_invoice_prompt
from processing.llm.client import LLMClient, LLMConfig, LLMReply, output_limit
from processing.llm.request import retry_after_seconds
from processing.llm.tokens import count_tokens
from processing.usage import Usage
from tests import model_server as behaviour
from tests.model_server import ModelServer
from tests.processing.documents import make_invoice

KEY = "sk-secret-key-of-the-test"
PROMPT: Prompt = build_invoice_prompt(make_invoice(), model="gpt-4o-mini", max_input_tokens=8000)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running


def make_client(server: ModelServer, **settings: Any) -> LLMClient:
    return LLMClient(
        LLMConfig(
            **{"model": "gpt-4o-mini", "api_key": KEY, "base_url": server.url, "total_timeout_seconds": 5.0, **settings}
        )
    )


def call(
    server: ModelServer, *, cap: int = 300, cancelled: Callable[[], bool] | None = None, **settings: Any
) -> LLMReply:
    with make_client(server, **settings) as client:
        return client.complete(PROMPT, max_output_tokens=cap, cancelled=cancelled)


def failure(server: ModelServer, how: behaviour.Behaviour, **settings: Any) -> LLMError:
    server.then(how)
    with pytest.raises(LLMError) as caught:
        call(server, **settings)
    assert len(server.records) == 1, "one call is one request"
    return caught.value


def test_a_reply_comes_with_its_usage_and_times(server: ModelServer) -> None:
    server.then(replace(behaviour.OK, cached_tokens=1024, first_token_delay_seconds=0.2))
    reply = call(server)
    assert json.loads(reply.text)["number"] == "INV-2041"
    assert reply.finish_reason == "stop"
    assert reply.usage == Usage(server.input_tokens, server.output_tokens, 1024)
    assert reply.counted_output_tokens == reply.usage.output_tokens
    assert reply.request_id == "req-test"
    assert reply.first_token_seconds is not None
    assert 0.2 <= reply.first_token_seconds <= reply.elapsed_seconds


def test_the_reservation_covers_what_the_server_counts(server: ModelServer) -> None:
    call(server)
    assert server.input_tokens <= PROMPT.input_tokens


def test_the_request_asks_for_a_stream_with_usage_a_cap_and_the_schema(server: ModelServer) -> None:
    call(server, cap=123)
    body = server.records[0].body
    assert body["stream"] is True
    assert body["stream_options"] == {"include_usage": True}
    assert body["max_completion_tokens"] == 123
    assert body["temperature"] == 0
    assert body["response_format"]["json_schema"]["strict"] is True
    assert body["response_format"]["json_schema"]["schema"] == PROMPT.schema
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert server.records[0].headers["authorization"] == f"Bearer {KEY}"


def test_reasoning_models_get_no_temperature_and_are_told_to_think_little(server: ModelServer) -> None:
    call(server, model="gpt-5-mini")
    assert "temperature" not in server.records[0].body
    assert server.records[0].body["reasoning_effort"] == "minimal"


def test_a_server_that_does_not_stream_is_understood(server: ModelServer) -> None:
    server.then(behaviour.NOT_STREAMING)
    reply = call(server)
    assert reply.finish_reason == "stop"
    assert reply.usage is not None


def test_missing_usage_is_none_and_the_output_is_counted(server: ModelServer) -> None:
    server.then(behaviour.NO_USAGE)
    reply = call(server)
    assert reply.usage is None
    assert reply.counted_output_tokens == server.output_tokens == count_tokens(reply.text, "gpt-4o-mini")


def test_a_reply_that_the_server_stopped_at_the_cap_is_length(server: ModelServer) -> None:
    reply = call(server, cap=20)
    assert (reply.finish_reason, reply.truncated) == ("length", True)
    assert reply.usage is not None
    assert reply.usage.output_tokens == 20


def test_a_server_that_ignores_its_cap_is_cut_off_just_above_it(server: ModelServer) -> None:
    server.then(behaviour.IGNORES_CAP)
    reply = call(server, cap=50)
    assert (reply.finish_reason, reply.truncated, reply.usage) == ("cut", True, None)
    assert 50 < reply.counted_output_tokens <= output_limit(50) + 1
    time.sleep(0.3)
    assert server.output_tokens < output_limit(50) + 20, "the server noticed that nobody reads"


def test_after_a_cut_the_older_name_of_the_cap_is_tried(server: ModelServer) -> None:
    server.then(behaviour.IGNORES_CAP)
    with make_client(server) as client:
        client.complete(PROMPT, max_output_tokens=30)
        client.complete(PROMPT, max_output_tokens=30)
    assert ["max_tokens" in record.body for record in server.records] == [False, True]


def test_a_content_filter_is_a_reply_without_text_that_settles_with_its_usage(server: ModelServer) -> None:
    server.then(behaviour.FILTERED)
    reply = call(server)
    assert reply.finish_reason == "content_filter"
    assert reply.usage is not None


def test_a_server_that_lies_about_usage_shows_against_our_own_count(server: ModelServer) -> None:
    server.then(behaviour.LIES_LOW)
    reply = call(server)
    assert reply.usage is not None
    assert reply.usage.output_tokens < reply.counted_output_tokens == server.output_tokens


@pytest.mark.parametrize(
    ("how", "kind", "permanent", "free", "message"),
    [
        (behaviour.RATE_LIMITED, LLMRateLimited, False, True, "limiting requests"),
        (behaviour.NO_CREDIT, LLMAuth, True, True, "no credit"),
        (behaviour.UNAUTHORIZED, LLMAuth, True, True, "401"),
        (behaviour.FORBIDDEN, LLMAuth, True, True, "403"),
        (behaviour.TOO_LONG, LLMRefused, True, True, "context_length_exceeded"),
        (behaviour.SERVER_ERROR, LLMError, False, False, "500"),
        (behaviour.OVERLOADED, LLMError, False, False, "503"),
        (behaviour.HTML, LLMError, False, False, "unexpected kind of reply"),
        (behaviour.BROKEN_JSON, LLMError, False, False, "unexpected kind of reply"),
        (behaviour.HANGS_UP, LLMError, False, False, "was lost"),
        (behaviour.CUT, LLMError, False, False, "was lost"),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_each_failure_is_named_says_if_it_can_pass_and_if_it_cost_nothing(
    server: ModelServer, how: behaviour.Behaviour, kind: type[LLMError], permanent: bool, free: bool, message: str
) -> None:
    error = failure(server, how)
    assert type(error) is kind
    assert (error.permanent, error.free) == (permanent, free)
    assert message in str(error)
    assert KEY not in str(error)
    assert "sk-" not in str(error)


def test_retry_after_is_handed_on(server: ModelServer) -> None:
    assert failure(server, behaviour.RATE_LIMITED).retry_after_seconds == 1.0


@pytest.mark.parametrize(
    ("header", "seconds"), [("2", 2.0), ("0.5", 0.5), (None, None), ("soon", None), ("-1", None), ("999999", 3600.0)]
)
def test_retry_after_is_read_within_bounds(header: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(header) == seconds


def test_a_cut_stream_keeps_what_had_arrived(server: ModelServer) -> None:
    error = failure(server, behaviour.CUT)
    assert error.partial_text.startswith('{"title":')
    assert error.counted_output_tokens == count_tokens(error.partial_text, "gpt-4o-mini") == server.output_tokens
    assert error.usage is None


def test_a_server_that_hangs_before_its_first_byte_times_out_by_the_first_token(server: ModelServer) -> None:
    started = time.monotonic()
    error = failure(server, behaviour.HANGS, first_token_timeout_seconds=0.3)
    assert isinstance(error, LLMTimeout)
    assert "start" in str(error)
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize("how", [behaviour.HANGS_BETWEEN, behaviour.DRIPS, behaviour.DRIPS_HEADERS])
def test_a_hang_or_a_drip_ends_at_the_total_deadline(server: ModelServer, how: behaviour.Behaviour) -> None:
    started = time.monotonic()
    error = failure(server, how, total_timeout_seconds=0.6, first_token_timeout_seconds=0.6)
    assert isinstance(error, LLMTimeout)
    assert time.monotonic() - started < 1.6
    assert error.elapsed_seconds >= 0.6


def test_a_caller_that_gives_up_closes_the_connection(server: ModelServer) -> None:
    server.then(behaviour.HANGS_BETWEEN)
    gave_up = threading.Event()
    threading.Timer(1.0, gave_up.set).start()  # when the first words have come, on a busy machine, too
    started = time.monotonic()
    with pytest.raises(LLMCancelled) as caught:
        call(server, cancelled=gave_up.is_set)
    assert time.monotonic() - started < 4
    assert caught.value.counted_output_tokens > 0


def test_no_server_at_all_costs_nothing() -> None:
    with (
        LLMClient(LLMConfig(model="gpt-4o", base_url="http://127.0.0.1:9/v1")) as client,
        pytest.raises(LLMError) as caught,
    ):
        client.complete(PROMPT, max_output_tokens=10)
    assert caught.value.free
    assert not caught.value.permanent


@pytest.mark.parametrize(
    ("refused", "changes"),
    [
        ({"json_schema"}, 1),
        ({"json_schema", "json_object"}, 2),
        ({"max_completion_tokens"}, 1),
        ({"stream_options"}, 1),
        ({"stream"}, 1),
        ({"temperature"}, 1),
        ({"json_schema", "json_object", "max_completion_tokens", "stream_options", "temperature"}, 5),
    ],
)
def test_an_option_that_the_server_refuses_is_left_out_of_the_next_attempt(refused: set[str], changes: int) -> None:
    with ModelServer(rejects=refused) as server, make_client(server) as client:
        for _ in range(changes):
            with pytest.raises(CapabilityChanged) as caught:
                client.complete(PROMPT, max_output_tokens=300)
            assert caught.value.free
        assert client.complete(PROMPT, max_output_tokens=300).finish_reason == "stop"
        assert server.output_tokens == server.records[-1].output_tokens
        with make_client(server) as another:
            assert another.complete(PROMPT, max_output_tokens=300).finish_reason == "stop"


def test_a_mode_that_was_set_by_hand_is_not_changed() -> None:
    with ModelServer(rejects={"json_schema"}) as server, make_client(server, structured_output="json_schema") as client:
        for _ in range(2):
            with pytest.raises(LLMRefused):
                client.complete(PROMPT, max_output_tokens=300)


@pytest.mark.parametrize("mode", ["json_object", "text"])
def test_the_mode_can_be_set_by_hand(server: ModelServer, mode: str) -> None:
    call(server, structured_output=mode)
    assert server.records[0].body.get("response_format", {}).get("type", "text") == mode


def test_connections_are_used_again(server: ModelServer) -> None:
    with make_client(server) as client:
        for _ in range(5):
            client.complete(PROMPT, max_output_tokens=300)
    assert server.connections == 1


def test_two_hundred_calls_at_once_do_not_wait_for_each_other() -> None:
    with ModelServer(delay_seconds=1.0) as server, make_client(server, total_timeout_seconds=30.0) as client:
        replies: list[LLMReply] = []
        threads = [
            threading.Thread(target=lambda: replies.append(client.complete(PROMPT, max_output_tokens=300)))
            for _ in range(200)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(replies) == 200
        assert server.most_at_once > 100


def test_neither_the_key_nor_the_document_is_logged(server: ModelServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "httpx2"):
        assert logging.getLogger(name).level >= logging.WARNING
    server.then(behaviour.UNAUTHORIZED)
    with pytest.raises(LLMAuth):
        call(server)
    call(server)
    assert KEY not in caplog.text
    assert "Acorn Tools" not in caplog.text
    assert KEY not in repr(make_client(server).config)


def test_azure_is_called_at_its_own_endpoint_with_its_own_key() -> None:
    config = LLMConfig(model="my-deployment", azure_endpoint="https://acme.openai.azure.com/", azure_api_key="a")
    assert config.endpoint == "https://acme.openai.azure.com/openai/v1"
    assert config.provider == "acme.openai.azure.com"


def test_the_provider_is_the_host_without_credentials() -> None:
    assert LLMConfig(model="m", base_url="https://user:pass@models.example:8443/v1/").provider == "models.example:8443"
