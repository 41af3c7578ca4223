import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from invoicesite.static_files import StaticFiles


@pytest.mark.django_db
def test_who_is_not_signed_in_is_led_to_the_sign_in_page_also_from_the_review_desk(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/sign-in/?next=/"
    page = client.get("/admin/", follow=True)
    assert page.request["PATH_INFO"] == "/sign-in/"
    assert page.context["next"] == "/admin/"


@pytest.mark.django_db
def test_metrics_are_served_in_prometheus_format(client: Client) -> None:
    page = client.get("/metrics")
    assert page.status_code == 200
    assert "# TYPE python_info gauge" in page.text


@pytest.mark.django_db
def test_pages_allow_scripts_only_from_this_site(client: Client) -> None:
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy


def test_modules_import_each_other_by_the_names_that_pages_use(tmp_path: Path) -> None:
    source = Path(settings.BASE_DIR) / "invoicesite" / "static" / "site"
    shutil.copytree(source, tmp_path / "site")
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    files = {f"site/{path.name}": (storage, f"site/{path.name}") for path in source.iterdir()}
    results = list(storage.post_process(files))
    assert not [error for _, _, error in results if isinstance(error, Exception)]
    live = (tmp_path / storage.hashed_files["site/live.js"]).read_text()
    assert storage.hashed_files["site/site.js"].removeprefix("site/") in live
