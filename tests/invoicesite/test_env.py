from decimal import Decimal

import pytest

from invoicesite import env


@pytest.mark.parametrize("given", [None, "", "   "])
def test_an_unset_or_empty_variable_gives_the_default(monkeypatch: pytest.MonkeyPatch, given: str | None) -> None:
    if given is None:
        monkeypatch.delenv("SAMPLE", raising=False)
    else:
        monkeypatch.setenv("SAMPLE", given)
    assert env.text("SAMPLE", "x") == "x"
    assert env.words("SAMPLE", ["x"]) == ["x"]
    assert env.boolean("SAMPLE", True) is True
    assert env.integer("SAMPLE", 3) == 3
    assert env.decimal("SAMPLE", "0.02") == Decimal("0.02")
    assert env.decimal("SAMPLE", None) is None
    assert env.choice("SAMPLE", "a", ("a", "b")) == "a"
    assert env.url("SAMPLE", None) is None
    assert not env.is_set("SAMPLE")


@pytest.mark.parametrize(("given", "meant"), [("true", True), ("YES", True), ("1", True), ("off", False), ("0", False)])
def test_booleans_are_read_in_the_usual_spellings(monkeypatch: pytest.MonkeyPatch, given: str, meant: bool) -> None:
    monkeypatch.setenv("SAMPLE", given)
    assert env.boolean("SAMPLE", not meant) is meant


def test_values_are_read_with_their_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMPLE", " 12 ")
    assert env.integer("SAMPLE", 0, minimum=12, maximum=12) == 12
    assert env.decimal("SAMPLE", None) == Decimal(12)
    monkeypatch.setenv("SAMPLE", "a.example, ,b.example,")
    assert env.words("SAMPLE") == ["a.example", "b.example"]
    monkeypatch.setenv("SAMPLE", "LLM")
    assert env.choice("SAMPLE", "rules", ("llm", "rules")) == "llm"
    monkeypatch.setenv("SAMPLE", "http://localhost:8080/v1")
    assert env.url("SAMPLE", None) == "http://localhost:8080/v1"


@pytest.mark.parametrize("given", ["1.5", "ten", "0", "11", "1e1"])
def test_a_bad_whole_number_is_refused_by_name_and_bounds(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SAMPLE", given)
    with pytest.raises(env.BadEnvironment, match=r"SAMPLE must be a whole number from 1 to 10, not '"):
        env.integer("SAMPLE", 3, minimum=1, maximum=10)


@pytest.mark.parametrize("given", ["0,02", "NaN", "Infinity", "-1", "free"])
def test_a_bad_decimal_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SAMPLE", given)
    with pytest.raises(env.BadEnvironment, match="SAMPLE must be a decimal number of at least 0"):
        env.decimal("SAMPLE", "1", minimum="0")


def test_an_unknown_boolean_or_choice_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMPLE", "maybe")
    with pytest.raises(env.BadEnvironment, match="SAMPLE must be true or false, not 'maybe'"):
        env.boolean("SAMPLE", False)
    with pytest.raises(env.BadEnvironment, match="SAMPLE must be one of llm, rules, not 'maybe'"):
        env.choice("SAMPLE", "llm", ("llm", "rules"))


@pytest.mark.parametrize("given", ["localhost:5432", "mysql://user:hidden@host/db", "https:///", "http://host:port/"])
def test_a_bad_url_is_refused_without_showing_what_it_holds(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SAMPLE", given)
    with pytest.raises(env.BadEnvironment, match="SAMPLE must be a URL that begins with http:// or https://") as caught:
        env.url("SAMPLE", None)
    assert given not in str(caught.value)
