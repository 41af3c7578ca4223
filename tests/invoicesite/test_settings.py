"""Settings are read once at start, so each case is a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from invoicesite.database import parse_database_url
from invoicesite.env import BadEnvironment
from invoicesite.secret_key import kept_secret_key

ROOT = Path(__file__).resolve().parents[2]
SECRET = "an-example-of-a-key-that-is-long-enough-for-production-0123456789"


def manage(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
    )


def test_an_empty_environment_is_enough() -> None:
    done = manage("check")
    assert done.returncode == 0, done.stderr


def test_production_settings_pass_the_deployment_checks() -> None:
    done = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        DJANGO_ALLOWED_HOSTS="invoices.example",
        DJANGO_SECRET_KEY=SECRET,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"DJANGO_ALLOWED_HOSTS": "invoices.example"}, "DJANGO_SECRET_KEY"),
        (
            {"DJANGO_ALLOWED_HOSTS": "invoices.example", "DJANGO_SECRET_KEY": SECRET, "DJANGO_DEBUG": "true"},
            "DJANGO_DEBUG",
        ),
        ({"INVOICE_BUDGET_USD": "two cents"}, "INVOICE_BUDGET_USD"),
        ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "DATABASE_URL"),
    ],
)
def test_a_bad_environment_stops_the_start_and_is_named(environment: dict[str, str], name: str) -> None:
    done = manage("check", **environment)
    assert done.returncode != 0
    assert f"environment variable {name} must be" in done.stderr


def test_database_urls_give_djangos_settings() -> None:
    over_tcp = parse_database_url("postgresql://us%40er:p%2Fw@db.example:6543/books?sslmode=require", {"a": 1})
    assert (over_tcp["USER"], over_tcp["PASSWORD"], over_tcp["HOST"], over_tcp["PORT"], over_tcp["NAME"]) == (
        ("us@er", "p/w", "db.example", "6543", "books")
    )
    assert over_tcp["OPTIONS"] == {"a": 1, "sslmode": "require"}
    by_socket = parse_database_url("postgresql://me@/books?host=/run/postgresql", {})
    assert (by_socket["HOST"], by_socket["NAME"], by_socket["OPTIONS"]) == ("/run/postgresql", "books", {})


def test_a_database_url_without_a_name_is_refused() -> None:
    with pytest.raises(BadEnvironment, match="DATABASE_URL must be a PostgreSQL URL that ends with the name"):
        parse_database_url("postgresql://host/", {})


def test_the_secret_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"
    key = kept_secret_key(path)
    assert len(key) >= 50
    assert kept_secret_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret_key"]
