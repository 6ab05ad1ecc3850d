"""An e-mail address of any length is answered in the form, and the longest there can be is taken."""

import pytest
from django.test import Client
from django.urls import reverse

from breathingroom.notify.models import Mail
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member, sign_in

pytestmark = pytest.mark.django_db
ENTRANCE = [
    ("/account/login/", "login"),
    ("/account/signup/", "email"),
    ("/account/signup/passkey/", "email"),
]
TOO_LONG = "longer than any e-mail address can be"


def address(length: int, domain: str = "@example.org") -> str:
    return "a" * (length - len(domain)) + domain


@pytest.mark.parametrize(("page", "field"), ENTRANCE)
def test_the_longest_address_there_can_be_is_taken(client: Client, page: str, field: str) -> None:
    assert client.post(page, {field: address(254), "agree": "on"}).status_code == 302
    assert Mail.objects.get().to == address(254)


@pytest.mark.parametrize(
    "typed",
    [address(255), address(320), address(321), address(254, f"@{'İ' * 20}.org")],
    ids=["255", "320", "321", "254 that grow"],
)
@pytest.mark.parametrize(("page", "field"), ENTRANCE)
def test_a_longer_one_is_refused_in_words_and_kept(client: Client, page: str, field: str, typed: str) -> None:
    answer = client.post(page, {field: typed, "agree": "on"})
    assert answer.status_code == 200
    assert TOO_LONG in answer.content.decode()
    assert typed in answer.content.decode()
    assert not Mail.objects.exists()
    assert not Member.objects.exists()


@pytest.mark.parametrize("length", [255, 320, 321])
def test_nor_does_an_account_change_to_one(client: Client, length: int) -> None:
    sign_in(client, make_member())
    answer = client.post(reverse("account_email"), {"action_add": "1", "email": address(length)})
    assert TOO_LONG in answer.content.decode()
    answer = client.post(reverse("privacy_erase"), {"address": address(length)})
    assert TOO_LONG in answer.content.decode()
    assert Member.objects.exists()
