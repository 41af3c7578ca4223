import pytest
from django.test import Client


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
