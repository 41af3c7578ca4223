import pytest
from django.test import Client


@pytest.mark.django_db
def test_home_page_leads_to_the_review_desk(client: Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert 'href="/admin/"' in page.text


@pytest.mark.django_db
def test_metrics_are_served_in_prometheus_format(client: Client) -> None:
    page = client.get("/metrics")
    assert page.status_code == 200
    assert "# TYPE python_info gauge" in page.text


@pytest.mark.django_db
def test_pages_allow_scripts_only_from_this_site(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
