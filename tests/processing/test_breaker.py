from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from processing.errors import LLMAuth, ModelUnavailable
from processing.models import Breaker
from processing.spending import breaker

pytestmark = pytest.mark.django_db

NAME = "api.example.com/test-model"
START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    breaker.forget_snapshots()
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller
    breaker.forget_snapshots()


def fail(times: int) -> None:
    for _ in range(times):
        breaker.record_failure(breaker.Admission(NAME), "The model's server failed (500).")


def state() -> str:
    return Breaker.objects.get(name=NAME).state


def test_a_model_without_failures_is_called_and_has_no_row() -> None:
    breaker.record_success(breaker.admit(NAME))
    assert not Breaker.objects.exists()


def test_it_opens_after_repeated_failures_and_says_until_when_to_wait() -> None:
    fail(breaker.FAILURES_TO_OPEN - 1)
    breaker.admit(NAME)
    fail(1)
    with pytest.raises(ModelUnavailable) as unavailable:
        breaker.admit(NAME)
    assert 30 <= unavailable.value.seconds <= 45
    assert Breaker.objects.get().last_error == "The model's server failed (500)."


def test_a_success_in_between_starts_the_count_anew() -> None:
    fail(breaker.FAILURES_TO_OPEN - 1)
    breaker.record_success(breaker.admit(NAME))
    fail(breaker.FAILURES_TO_OPEN - 1)
    assert state() == "closed"


def test_failures_far_apart_are_no_row(clock: time_machine.Traveller) -> None:
    for _ in range(breaker.FAILURES_TO_OPEN * 2):
        fail(1)
        clock.shift(breaker.FAILURE_MEMORY_SECONDS + 1)
    assert state() == "closed"


def test_after_its_time_exactly_one_call_may_probe(clock: time_machine.Traveller) -> None:
    fail(breaker.FAILURES_TO_OPEN)
    clock.shift(31)
    assert breaker.admit(NAME).probe
    with pytest.raises(ModelUnavailable) as unavailable:
        breaker.admit(NAME)
    assert unavailable.value.seconds < 10
    assert state() == "half_open"


def test_a_probe_that_succeeds_closes_it(clock: time_machine.Traveller) -> None:
    fail(breaker.FAILURES_TO_OPEN)
    clock.shift(31)
    breaker.record_success(breaker.admit(NAME))
    assert not breaker.admit(NAME).probe
    assert (state(), Breaker.objects.get().failures) == ("closed", 0)


def test_a_probe_that_fails_opens_it_for_longer(clock: time_machine.Traveller) -> None:
    fail(breaker.FAILURES_TO_OPEN)
    for seconds in (*breaker.OPEN_SECONDS[1:], breaker.OPEN_SECONDS[-1]):
        clock.move_to(Breaker.objects.get().open_until)  # type: ignore[arg-type]
        breaker.record_failure(breaker.admit(NAME), "again")
        opened = Breaker.objects.get()
        assert opened.open_until is not None
        assert opened.opened_at is not None
        assert (opened.open_until - opened.opened_at).total_seconds() == seconds


def test_a_late_failure_of_an_older_call_does_not_end_the_probe(clock: time_machine.Traveller) -> None:
    fail(breaker.FAILURES_TO_OPEN)
    clock.shift(31)
    breaker.admit(NAME)
    fail(1)
    assert state() == "half_open"


def test_a_probe_whose_worker_died_gives_way_to_the_next(clock: time_machine.Traveller) -> None:
    fail(breaker.FAILURES_TO_OPEN)
    clock.shift(31)
    breaker.admit(NAME)
    clock.shift(breaker.PROBE_SECONDS + 1)
    assert breaker.admit(NAME).probe


def test_a_probe_that_was_never_sent_gives_its_turn_back(clock: time_machine.Traveller) -> None:
    fail(breaker.FAILURES_TO_OPEN)
    clock.shift(31)
    breaker.record_nothing(breaker.admit(NAME))
    assert breaker.admit(NAME).probe


def test_a_success_from_before_does_not_close_an_open_breaker() -> None:
    before = breaker.admit(NAME)
    fail(breaker.FAILURES_TO_OPEN)
    breaker.record_success(before)
    assert state() == "open"


def test_retry_after_holds_everybody_back_and_then_lets_everybody_go(clock: time_machine.Traveller) -> None:
    breaker.pause(NAME, 7)
    breaker.pause(NAME, 2)
    with pytest.raises(ModelUnavailable) as unavailable:
        breaker.admit(NAME)
    assert unavailable.value.seconds >= 7
    clock.shift(8)
    assert not breaker.admit(NAME).probe
    assert not breaker.admit(NAME).probe


def test_a_refused_key_stops_all_calls_with_one_message() -> None:
    breaker.trip_for_key(NAME, credential="old", message="The model's server rejected the API key (401).")
    with pytest.raises(LLMAuth, match="rejected the API key"):
        breaker.admit(NAME, credential="old")


def test_another_key_is_tried_at_once_and_the_old_one_after_a_while(clock: time_machine.Traveller) -> None:
    breaker.trip_for_key(NAME, credential="old", message="refused")
    breaker.admit(NAME, credential="new")
    assert state() == "closed"
    breaker.trip_for_key(NAME, credential="old", message="refused")
    clock.shift(breaker.AUTH_SECONDS + 1)
    assert breaker.admit(NAME, credential="old").probe


def test_a_server_that_overcharged_is_left_alone_until_a_person_closes_the_breaker(
    clock: time_machine.Traveller,
) -> None:
    breaker.trip_for_overrun(NAME, message="The server charged $0.01 above what was reserved.")
    clock.shift(breaker.OVERRUN_SECONDS - 60)
    with pytest.raises(ModelUnavailable, match="charged more"):
        breaker.admit(NAME)
    assert breaker.close_breaker(NAME)
    assert not breaker.close_breaker(NAME)
    assert not breaker.admit(NAME).probe


def test_another_model_is_not_held_back() -> None:
    fail(breaker.FAILURES_TO_OPEN)
    assert not breaker.admit("api.example.com/other-model").probe


def test_a_healthy_model_costs_one_query_a_second(django_assert_num_queries: object) -> None:
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(1):
        for _ in range(50):
            breaker.record_success(breaker.admit(NAME))


def test_all_states_can_be_read() -> None:
    breaker.trip_for_key(NAME, credential="old", message="refused")
    breaker.pause("api.example.com/other-model", 5)
    assert [(b.name, b.state, b.cause) for b in breaker.breakers()] == [
        ("api.example.com/other-model", "closed", ""),
        (NAME, "open", "auth"),
    ]
