"""Whose account somebody from an OpenID provider has."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from pytest_django import Settings

from invoicesite.accounts.errors import AccountClosed, AddressAmbiguous, AddressNotVerified, DomainNotAllowed
from invoicesite.accounts.models import Identity
from invoicesite.accounts.services import account_for_identity

pytestmark = pytest.mark.django_db

ANN: dict[str, Any] = {
    "provider": "google",
    "subject": "1001",
    "email": "ann@acme.example",
    "email_verified": True,
    "name": "Ann Smith",
    "domain": "acme.example",
}


def test_the_first_sign_in_makes_an_account_with_the_role_of_the_setting(settings: Settings) -> None:
    settings.SIGN_IN_ROLE = "operator"
    ann = account_for_identity(**ANN)
    assert (ann.username, ann.email, ann.first_name, ann.last_name) == (
        "ann@acme.example",
        "ann@acme.example",
        "Ann",
        "Smith",
    )
    assert [group.name for group in ann.groups.all()] == ["operator"]
    assert not ann.has_usable_password()
    assert not ann.is_staff


def test_somebody_who_comes_back_is_known_by_the_subject_though_the_address_changed() -> None:
    ann = account_for_identity(**ANN)
    again = account_for_identity(**ANN | {"email": "ann.jones@acme.example"})
    assert again == ann
    assert User.objects.count() == 1
    assert Identity.objects.get().email == "ann.jones@acme.example"


def test_an_existing_account_is_linked_by_its_verified_address() -> None:
    ann = User.objects.create_user("ann", email="Ann@Acme.example")
    assert account_for_identity(**ANN) == ann
    assert Identity.objects.get().user == ann


def test_an_address_that_is_not_verified_links_nothing_and_makes_nothing() -> None:
    User.objects.create_user("ann", email="ann@acme.example")
    with pytest.raises(AddressNotVerified):
        account_for_identity(**ANN | {"email_verified": False})
    assert not Identity.objects.exists()
    assert User.objects.count() == 1


@pytest.mark.parametrize("domain", ["other.example", "", "acme.example.other.example"])
def test_only_people_of_the_allowed_domains_come_in(settings: Settings, domain: str) -> None:
    settings.GOOGLE_ALLOWED_DOMAINS = ["Acme.example"]
    account_for_identity(**ANN)
    with pytest.raises(DomainNotAllowed):
        account_for_identity(**ANN | {"subject": "1002", "domain": domain})


def test_a_person_whose_domain_was_taken_off_the_list_comes_in_no_more(settings: Settings) -> None:
    account_for_identity(**ANN)
    settings.GOOGLE_ALLOWED_DOMAINS = ["other.example"]
    with pytest.raises(DomainNotAllowed):
        account_for_identity(**ANN)


def test_a_closed_account_stays_closed() -> None:
    ann = account_for_identity(**ANN)
    ann.is_active = False
    ann.save()
    with pytest.raises(AccountClosed):
        account_for_identity(**ANN)


def test_an_address_of_two_accounts_is_linked_to_neither() -> None:
    User.objects.create_user("ann", email="ann@acme.example")
    User.objects.create_user("ann2", email="ann@acme.example")
    with pytest.raises(AddressAmbiguous):
        account_for_identity(**ANN)


def test_a_user_name_that_is_taken_by_somebody_else_is_made_distinct() -> None:
    other = User.objects.create_user("ann@acme.example", email="somebody@else.example")
    ann = account_for_identity(**ANN)
    assert ann != other
    assert ann.username.startswith("ann@acme.example-")


@pytest.mark.django_db(transaction=True)
def test_two_first_sign_ins_at_once_make_one_account() -> None:
    users: list[User] = []

    def sign_in() -> None:
        try:
            users.append(account_for_identity(**ANN))
        finally:
            connection.close()

    threads = [Thread(target=sign_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({user.pk for user in users}) == 1
    assert len(users) == 4
    assert User.objects.count() == 1
