"""The demo's mail page, and the outbox for operators."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from breathingroom.audit.models import Event
from breathingroom.notify import actions
from breathingroom.notify.choices import State
from breathingroom.notify.models import Mail
from breathingroom.people.tests.actors import app_code, enter_staff, make_member, make_operator, with_app

pytestmark = pytest.mark.django_db


def test_the_mail_page_is_not_there_in_a_real_house(client: Client) -> None:
    with override_settings(DEMO=False):
        assert client.get(reverse("demo_mail")).status_code == 404


@override_settings(DEMO=True)
def test_the_mail_page_shows_codes_to_copy(client: Client) -> None:
    actions.post(to="rosa@example.org", subject="Your code", body="Look:\n\n    1234-5678\n\nBye.")
    page = client.get(reverse("demo_mail")).content.decode()
    assert '<p class="code">1234-5678</p>' in page


@override_settings(DEMO=True)
def test_the_mail_page_shows_the_app_codes_of_the_demo_only(client: Client) -> None:
    with_app(make_member("staff@demo.invalid"))
    with_app(make_member("real@example.org"))
    page = client.get(reverse("demo_mail")).content.decode()
    assert app_code() in page
    assert "real@example.org" not in page


@override_settings(DEMO=True)
@pytest.mark.parametrize("count", [1, 3])
def test_the_mail_page_costs_the_same_for_any_number(
    client: Client, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        with_app(make_member(f"m{number}@demo.invalid"))
        actions.post(to="rosa@example.org", subject="Hello", body="Words")
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get(reverse("demo_mail"))


def test_operators_see_how_sending_goes_and_not_to_whom(client: Client) -> None:
    enter_staff(client, make_operator())
    actions.post(to="secret@example.org", subject="Between us", body="Words")
    page = client.get(reverse("staff:notify_mail_changelist")).content.decode()
    assert "waiting to be sent" in page
    assert not any(word in page for word in ("secret@example.org", "Between us", "Words"))
    mail = Mail.objects.get(to="secret@example.org")
    page = client.get(reverse("staff:notify_mail_change", args=[mail.pk])).content.decode()
    assert not any(word in page for word in ("secret@example.org", "Between us", "Words"))


def test_operators_can_have_a_mail_tried_again(client: Client) -> None:
    enter_staff(client, make_operator())
    actions.post(to="rosa@example.org", subject="Hello", body="Words")
    Mail.objects.update(state=State.FAILED)
    mail = Mail.objects.get(to="rosa@example.org")
    asked = {"action": "try_again", "_selected_action": [str(mail.pk)]}
    client.post(reverse("staff:notify_mail_changelist"), asked)
    mail.refresh_from_db()
    assert mail.state == State.QUEUED
    assert Event.objects.filter(did="notify.mail.tried_again").count() == 1
