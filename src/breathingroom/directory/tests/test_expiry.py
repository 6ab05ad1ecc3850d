"""Openings that run out: who is asked when, and what one click does."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from tests.plugins.depth import examples
from time_machine import Traveller

from breathingroom.core.tests.generated import generated
from breathingroom.directory import index
from breathingroom.directory.actions import expiry, listings
from breathingroom.directory.models import Listing, Reminder
from breathingroom.directory.tasks import expiry as tasks
from breathingroom.directory.tests import cast
from breathingroom.notify.models import Mail
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
DAY = dt.timedelta(days=1)
START = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
TURNS = (25, 28, 31, 83, 91)
DAYS = sorted({*range(0, 121, examples(10, 1)), *(day + near for day in TURNS for near in (-1, 0, 1))})
"""Every tenth day, or every day, and those around each on which something happens."""
TOPIC = re.compile(
    r"therap|clinic|care|burnout|mental|health|listing|licen[cs]e|counsel|supervis|crisis|openings", re.I
)


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with time_machine.travel(START, tick=False) as now:
        yield now


@pytest.fixture
def row(clock: Traveller) -> Listing:
    found = cast.listing(openings_confirmed_on=START.date())
    cast.licence(found.member)
    return found


def link() -> str:
    """The address in the newest mail."""
    body = Mail.objects.latest("created_at", "due_at").body
    found = re.search(r"http\S+", body)
    assert found
    return found.group().removeprefix(settings.BASE_URL)


def asked_by(clock: Traveller, days: int) -> str:
    clock.move_to(START + days * DAY)
    assert tasks.ask() == 1
    return link()


# -- asking --------------------------------------------------------------------------------------
def test_each_promise_is_asked_about_at_25_28_and_83_days(clock: Traveller, row: Listing) -> None:
    asked: list[int] = []
    for day in DAYS:
        for hour in (0, 6, 12):
            clock.move_to(START + day * DAY + dt.timedelta(hours=hour))
            asked += [day] * expiry.ask()
    assert asked == [25, 28, 83]
    assert Mail.objects.count() == 3


def test_mail_names_no_topic_and_carries_one_link(clock: Traveller, row: Listing) -> None:
    first = asked_by(clock, 25)
    assert asked_by(clock, 28) == first
    for mail in Mail.objects.all():
        said = f"{mail.subject} {mail.body}"
        assert not TOPIC.search(said), said
        for private in (row.name, row.headline, str(row.pk), str(row.member.pk)):
            assert private not in said + mail.key
        assert mail.to == "maren@example.org"


def test_a_worker_that_slept_asks_once(clock: Traveller, row: Listing) -> None:
    clock.move_to(START + 29 * DAY)
    assert tasks.ask() == 1
    assert tasks.ask() == 0
    clock.move_to(START + 89 * DAY)
    assert tasks.ask() == 1
    assert Mail.objects.count() == 2


def test_a_worker_that_died_after_writing_does_not_write_again(clock: Traveller, row: Listing) -> None:
    asked_by(clock, 25)
    Reminder.objects.all().delete()
    tasks.ask()
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("days", [24, 91, 120])
def test_too_early_and_too_late_nobody_is_asked(clock: Traveller, row: Listing, days: int) -> None:
    clock.move_to(START + days * DAY)
    assert tasks.ask() == 0


@pytest.mark.parametrize("state", ["draft", "paused"])
def test_what_nobody_sees_is_not_asked_about(clock: Traveller, row: Listing, state: str) -> None:
    Listing.objects.update(state=state)
    clock.move_to(START + 25 * DAY)
    assert tasks.ask() == 0


def test_whoever_may_not_sign_in_is_not_asked(clock: Traveller, row: Listing) -> None:
    Member.objects.update(is_active=False)
    clock.move_to(START + 25 * DAY)
    assert tasks.ask() == 0


def test_a_bounded_piece_at_a_time_the_oldest_first(clock: Traveller) -> None:
    for n in range(3):
        cast.listing(f"m{n}@example.org", openings_confirmed_on=START.date() - (25 + 3 * n) * DAY)
    assert expiry.ask(limit=2) == 2
    assert set(Reminder.objects.values_list("days", flat=True)) == {28}
    assert expiry.ask(limit=2) == 1
    assert expiry.ask(limit=2) == 0


def test_the_mail_speaks_the_members_language(clock: Traveller, row: Listing) -> None:
    Member.objects.update(language="es")
    asked_by(clock, 25)
    assert Mail.objects.exists()


def test_asking_costs_the_same_for_each_that_is_due(
    clock: Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(3):
        cast.listing(f"m{n}@example.org", openings_confirmed_on=START.date() - 25 * DAY)
    with django_assert_num_queries(3 + 3 * 9):
        expiry.ask()
    with django_assert_num_queries(3):
        expiry.ask()


# -- one click -----------------------------------------------------------------------------------
def test_looking_changes_nothing_and_pressing_confirms_once(
    clock: Traveller, row: Listing, client: Client
) -> None:
    path = asked_by(clock, 25)
    for _scanner in range(3):
        page = client.get(path)
        assert page.status_code == 200
        assert "Still right: confirm" in page.content.decode()
        client.head(path)
    row.refresh_from_db()
    assert row.openings_confirmed_on == START.date()
    assert "Thank you." in client.post(path).content.decode()
    row.refresh_from_db()
    assert row.openings_confirmed_on == START.date() + 25 * DAY
    clock.shift(DAY)
    for again in (client.get(path), client.post(path)):
        assert again.status_code == 404
        assert "This link is used up" in again.content.decode()
    row.refresh_from_db()
    assert row.openings_confirmed_on == START.date() + 25 * DAY


def test_it_counts_in_the_very_next_search(clock: Traveller, row: Listing, client: Client) -> None:
    path = asked_by(clock, 28)
    clock.move_to(START + 60 * DAY)
    assert str(row.pk) not in client.get("/find/").content.decode()
    client.post(path)
    assert str(row.pk) in client.get("/find/").content.decode()


def test_the_next_month_asks_again_with_another_link(clock: Traveller, row: Listing, client: Client) -> None:
    first = asked_by(clock, 25)
    client.post(first)
    second = asked_by(clock, 50)
    assert first != second
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


@pytest.mark.parametrize("change", ["paused", "deleted", "closed", "confirmed", "late"])
def test_a_link_is_worthless_once_things_changed(
    clock: Traveller, row: Listing, client: Client, change: str
) -> None:
    path = asked_by(clock, 25)
    never = client.get("/still/never-was-one/")
    clock.shift(DAY)
    if change == "paused":
        listings.pause(by=row.member)
    elif change == "deleted":
        listings.delete(by=row.member, typed=row.name)
    elif change == "closed":
        Member.objects.update(is_active=False)
    elif change == "confirmed":
        listings.confirm_openings(by=row.member)
    else:
        clock.move_to(START + 91 * DAY)
    before = Listing.objects.values("openings_confirmed_on", "state").first()
    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code, _without(answer, path)) == (404, _without(never, "/still/never-was-one/"))
    assert Listing.objects.values("openings_confirmed_on", "state").first() == before


def _without(answer: object, path: str) -> str:
    said = answer.content.decode().replace(path, "HERE")  # type: ignore[attr-defined]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", said)


def test_the_link_opens_nothing_else(clock: Traveller, row: Listing, client: Client) -> None:
    path = asked_by(clock, 25)
    client.post(path)
    assert client.get("/listing/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_an_attacker_cannot_press_the_button_from_elsewhere(clock: Traveller, row: Listing) -> None:
    path = asked_by(clock, 25)
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403


def test_the_page_names_nobody(clock: Traveller, row: Listing, client: Client) -> None:
    """A mail gateway reads it too."""
    page = client.get(asked_by(clock, 25)).content.decode()
    main = page[page.index("<main") : page.index("</main")]
    assert "2 openings" in main
    for private in (row.name, row.headline, row.member.email, str(row.pk)):
        assert private not in page


def test_a_key_that_was_renewed_keeps_links_alive(clock: Traveller, row: Listing, client: Client) -> None:
    from cryptography.fernet import Fernet
    from django.test import override_settings

    path = asked_by(clock, 25)
    with override_settings(FIELD_KEYS=[Fernet.generate_key().decode(), *settings.FIELD_KEYS]):
        assert client.get(path).status_code == 200


# -- what a seeker sees, day by day --------------------------------------------------------------
def seen(client: Client, row: Listing) -> tuple[bool, bool, int]:
    """In the default results, among the unconfirmed as well, and the status of its page."""
    index.forget()
    default, all_of_them = (
        client.get("/find/", query).content.decode() for query in ({}, {"unconfirmed": 1})
    )
    return (
        f"/find/{row.pk}/" in default,
        f"/find/{row.pk}/" in all_of_them,
        client.get(f"/find/{row.pk}/").status_code,
    )


def test_what_a_seeker_sees_from_day_0_to_day_120(clock: Traveller, row: Listing, client: Client) -> None:
    for day in DAYS:
        clock.move_to(START + day * DAY)
        assert seen(client, row) == (day <= 30, day <= 90, 200 if day <= 90 else 404), day


@generated(5, 12, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(1, 50), st.sampled_from(["sleep", "work", "click"])), max_size=7))
def test_whatever_worker_and_provider_do_the_promise_runs_out_by_the_day(
    client: Client, steps: list[tuple[int, str]]
) -> None:
    """The worker asleep for weeks, links clicked late: only the age of the last promise decides."""
    with time_machine.travel(START, tick=False) as now, transaction.atomic():
        row = cast.listing(openings_confirmed_on=START.date())
        promised, today, links = 0, 0, set()
        for days, what in steps:
            today += days
            now.move_to(START + today * DAY)
            if what == "work":
                links |= {link()} if tasks.ask() else set()
            if what == "click":
                counted = [client.post(path).status_code == 200 for path in sorted(links)]
                assert sum(counted) <= 1
                promised = today if any(counted) else promised
            age = today - promised
            assert seen(client, row) == (age <= 30, age <= 90, 200 if age <= 90 else 404)
        keys = list(Mail.objects.values_list("key", flat=True))
        assert len(keys) == len(set(keys))
        transaction.set_rollback(True)


def test_between_31_and_90_days_it_says_so(clock: Traveller, row: Listing, client: Client) -> None:
    clock.move_to(START + 31 * DAY)
    index.forget()
    sign_in(client, row.member)
    assert "not confirmed" in client.get(f"/find/{row.pk}/").content.decode().lower()


def test_reminder_is_of_an_older_promise(row: Listing) -> None:
    with pytest.raises(IntegrityError, match="reminder_is_of_an_older_promise"), transaction.atomic():
        Reminder.objects.create(listing=row, confirmed_on=START.date(), days=0, mark="m")


def test_a_question_has_a_name(row: Listing) -> None:
    assert str(Reminder(listing=row, confirmed_on=START.date(), days=25, mark="m")) == "2026-11-22 + 25"
