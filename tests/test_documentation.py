"""What the documentation says is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from invoicesite.api_error_table import as_markdown, known_errors

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "adr").glob("*.md"))]


def test_every_variable_of_the_environment_is_documented() -> None:
    code = "".join(path.read_text() for path in (ROOT / "invoicesite").glob("*.py"))
    names = set(re.findall(r"env\.[a-z_]+\(\s*\"([A-Z][A-Z0-9_]+)\"", code))
    assert len(names) > 50
    text = (ROOT / "docs" / "settings.md").read_text()
    assert not sorted(name for name in names if f"`{name}`" not in text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text())
    assert not [link for link in links if not (page.parent / link).exists()]


def test_the_commands_and_benchmarks_of_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text()
    commands = get_commands()
    for name in re.findall(r"python manage\.py ([a-z_]+)", text):
        assert name in commands, name
    for name in re.findall(r"benchmarks\.([a-z_]+)", text):
        assert (ROOT / "benchmarks" / f"{name}.py").exists(), name


def test_every_error_is_in_the_table_of_the_api() -> None:
    table = as_markdown()
    assert len(known_errors()) > 35
    assert table in (ROOT / "docs" / "api.md").read_text(), f"docs/api.md should have:\n{table}"


def test_the_tests_that_the_page_on_security_names_exist() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs" / "security.md").read_text()))
    assert len(named) > 40
    for file, test in sorted(named):
        assert (ROOT / file).exists(), file
        assert not test or f"def {test}(" in (ROOT / file).read_text(), (file, test)
