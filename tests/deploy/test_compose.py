"""The compose file: what would make a service unsafe or unwatched is found, and what is there has nothing of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.checks.compose import FILE, check_compose

UP = FILE.parent / "up"


def changed(change: Callable[[dict[str, Any]], Any]) -> list[str]:
    data = yaml.safe_load(FILE.read_text())
    change(data["services"])
    return check_compose(yaml.safe_dump(data))


def test_the_compose_file_has_no_problems() -> None:
    assert check_compose(FILE.read_text()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda services: services["web"].update(imagee="x"), "imagee"),
        (lambda services: services["web"].pop("healthcheck"), "web has no healthcheck"),
        (lambda services: services["redis"].update(image="redis"), "redis has an image without a version"),
        (lambda services: services["redis"].update(image="redis:latest"), "without a version"),
        (lambda services: services["worker"].update(user="0:0"), "worker runs as root"),
        (lambda services: services["web"].update(read_only=False), "web has a root that can be written"),
        (lambda services: services["web"].pop("cap_drop"), "capabilities of root"),
        (lambda services: services["web"]["environment"].update(OPENAI_API_KEY="abc"), "OPENAI_API_KEY holds a secret"),
        (
            lambda services: services["web"]["environment"].update(DATABASE_URL="postgresql://a:b@postgres/x"),
            "DATABASE_URL holds a secret",
        ),
        (lambda services: services["web"]["environment"].update(LLM_MODELL="x"), "no variable LLM_MODELL"),
        (lambda services: services["web"].update(profiles=["all"]), "none of the profiles"),
        (lambda services: services["web"]["depends_on"].update(db={"condition": "service_started"}), "waits for db"),
        (lambda services: services["web"].update(volumes=["files:/x"]), "mounts files, which is no volume"),
        (lambda services: services["proxy"].update(volumes=["./nginx.conf:/x"]), "./nginx.conf, which is not there"),
        (lambda services: services["web"].update(volumes=["/var/run/docker.sock:/x"]), "engine's socket"),
    ],
)
def test_what_makes_a_service_unsafe_or_unwatched_is_found(change: Callable[[dict[str, Any]], Any], said: str) -> None:
    found = changed(change)
    assert any(said in problem for problem in found), found


def test_one_command_makes_the_secrets_once_and_starts_a_profile(tmp_path: Path) -> None:
    for name in ("up", "core.env", "full.env"):
        (tmp_path / name).write_bytes((FILE.parent / name).read_bytes())

    def up(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "DOCKER": "echo docker"}
        return subprocess.run(
            ["bash", str(tmp_path / "up"), *arguments], env=environment, capture_output=True, text=True, check=False
        )

    first = up("full")
    assert first.stdout.splitlines()[-1] == "docker compose --env-file .env --env-file full.env up --detach --build"
    secrets = (tmp_path / ".env").read_text()
    values = dict(line.split("=") for line in secrets.splitlines() if not line.startswith("#"))
    assert len(values["DJANGO_SECRET_KEY"]) >= 50
    assert len(set(values.values())) == len(values)
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0
    assert up().returncode == 0
    assert (tmp_path / ".env").read_text() == secrets
    assert up("nothing").returncode == 2
