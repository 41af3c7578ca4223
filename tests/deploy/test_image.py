"""What the image is made by: its steps are clean, and its bill of materials is one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from deploy.checks.product import ROOT


def written(path: Path) -> str:
    subprocess.run([sys.executable, "deploy/image/sbom.py", str(path)], cwd=ROOT, check=True)
    return path.read_text()


def test_the_bill_of_materials_is_valid_names_every_package_and_is_the_same_each_time(tmp_path: Path) -> None:
    text = written(tmp_path / "a.json")
    assert text == written(tmp_path / "b.json")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    names = {component["purl"].split("@")[0] for component in json.loads(text)["components"]}
    assert {"pkg:pypi/django", "pkg:pypi/openai"} <= names
    assert Path("/usr/bin/dpkg-query").exists() == ("pkg:deb/debian/libc6" in names)


def test_the_image_runs_as_nobody_in_particular_and_says_whether_it_serves() -> None:
    steps = (ROOT / "Dockerfile").read_text().split("\nFROM ")[-1]
    assert "\nUSER 10001\n" in steps
    assert steps.index("\nUSER ") < steps.index("\nCMD ")
    assert "\nHEALTHCHECK " in steps
