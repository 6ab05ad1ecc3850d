"""The sentinel crawl: what is marked as not for everybody is found in nothing that anybody else can read."""

import datetime as dt
import re
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from breathingroom.core import clock
from breathingroom.core.privacy import DataClass
from breathingroom.core.tests.undone import undone
from breathingroom.directory.actions import calls, hiding, listings
from breathingroom.directory.choices import Away
from breathingroom.directory.models import Enquiry, Listing
from breathingroom.directory.queries import calls as times
from breathingroom.notify.models import Mail
from breathingroom.people import actions as people
from tests.laws import apart, letters, sentinels
from tests.laws.probe import Crowd
from tests.laws.readings import Readings
from tests.laws.sentinels import Mark, Marks
from tests.laws.world import ROLES, VISITOR, World
from tests.plugins.depth import THOROUGH

CAST = (*ROLES, *apart.CAST)
# The names of the listings of two who find each other; and of those whose enquiries must not arrive.
NAMES = {"owner": "zqnameowner", "other": "zqnameother"}
WITHHELD = {"blocked": "zqblocked", "unverified": "zqunverified"}
IS_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# (field, role, address): what may be read there by somebody else, and why.
ALLOWED: dict[tuple[str, str, str], str] = {
    (
        "people.Member.*",
        "operator",
        "/staff/*",
    ): "an operator looks after accounts",
    ("people.StaffSession.*", "operator", "/staff/*"): "operators answer to each other for their power",
    ("audit.Event.*", "operator", "/staff/*"): "the log is for operators; it holds numbers, not names",
    ("notify.Mail.*", "operator", "/staff/*"): "an operator sees whether mail goes out, not what it says",
    ("licensure.*", "operator", "/staff/*"): "an operator checks licences",
    ("directory.Listing.*", "operator", "/staff/*"): "an operator looks after listings",
    (
        "directory.SupervisionWish.id",
        "supervising",
        "/supervision/*",
    ): "a verified supervisor writes to whoever seeks one, without a name",
    ("directory.CallTerms.reach", "owner", "/calls/*"): "whoever has booked a call sees how it happens",
    ("directory.Listing.name", "owner", "/calls/*"): "whoever has booked a call sees with whom",
    ("directory.Enquiry.*", "owner", "/enquiries/*"): "a clinician reads what was written to them",
    ("directory.Enquiry.*", "other", "/enquiries/*"): "a clinician reads what was written to them",
    **{("directory.Enquiry.*", role, "/waiting/*"): "whoever holds the mailed link reads" for role in CAST},
    ("safety.Report.*", "moderator", "/safety/desk/*"): "moderators decide about reports",
    ("safety.Report.excerpt", "member", "/said/"): "it is what they wrote themselves",
}
# Secrets that one person may read after all, once, on the page that gives them.
OWN_SECRETS: dict[tuple[str, str], str] = {}


@pytest.fixture(scope="module")
def marks(world: World) -> Marks:
    found = sentinels.seed(world)
    for role, name in NAMES.items():
        Listing.objects.filter(member=world.cast[role]).update(name=name, about=name)
    _withhold(world, "blocked", member=world.cast["moderator"], hidden=True, state="waiting", **_due())
    _withhold(world, "unverified", email="zq@example.org", state="new")
    return found


def _withhold(world: World, kind: str, **fields: Any) -> None:
    """An enquiry to the owner that must not arrive, or not yet."""
    words, listing = WITHHELD[kind], Listing.objects.get(member=world.cast["owner"])
    Enquiry.objects.create(
        listing=listing, role="consultant", person=words, name=words, reach=words, **fields
    )


def _due() -> dict[str, dt.datetime]:
    return {"due_at": clock.now(), "answer_by": clock.now()}


@pytest.fixture(scope="module")
def crowd(world: World, marks: Marks) -> Crowd:
    return Crowd(world)


@pytest.fixture(scope="module")
def readings(crowd: Crowd) -> Readings:
    """What everybody reads before a test changes anything."""
    return Readings(crowd)


def _is_allowed(mark: Mark, role: str, path: str) -> bool:
    place = urlsplit(path).path
    return any(
        fnmatchcase(mark.where, where) and role == who and fnmatchcase(place, pattern)
        for where, who, pattern in ALLOWED
    )


def _gives_away(mark: Mark, role: str, world: World, path: str) -> bool:
    own = role != VISITOR and world.cast[role].pk == mark.owner
    if own and mark.kind is not DataClass.SECRET:
        return False
    return not _is_allowed(mark, role, path) and (mark.where, role) not in OWN_SECRETS


def _leaks(readings: Readings, marks: Marks, role: str) -> list[str]:
    return [
        f"{role} reads {mark.where} ({mark.text}) at {path}"
        for path, text in readings.of(role).items()
        for mark in marks.found_in(text)
        if _asked_for(mark, path) and _gives_away(mark, role, readings.crowd.world, path)
    ]


def _asked_for(mark: Mark, path: str) -> bool:
    """An id that stands in the address one asked for tells nothing when the answer repeats it."""
    return mark.text.lower() not in path.lower()


def test_every_hidden_text_of_the_house_is_marked(marks: Marks) -> None:
    """A crawl finds nothing in fields that were empty: every kind of hidden text has a row that holds one."""
    marked = {mark.where for mark in marks.marks}
    assert {"people.Member.email", "licensure.Licence.number", "notify.Mail.body"} <= marked
    assert len(marks.marks) > 60


@pytest.mark.parametrize("role", CAST)
def test_no_page_gives_a_mark_away(role: str, readings: Readings, marks: Marks) -> None:
    leaks = _leaks(readings, marks, role)
    assert not leaks, "\n".join(leaks)


def test_this_law_sees_a_leak(world: World, marks: Marks) -> None:
    own = marks.of(world.cast["owner"])
    assert marks.found_in(f"<p>{own[0].text.upper()}</p>") == {own[0]}
    assert _gives_away(own[0], "member", world, "/")


def test_search_knows_no_hidden_word(crowd: Crowd, marks: Marks) -> None:
    """A word that stands only in hidden fields finds nobody, so it cannot be guessed letter by letter."""
    assert _finds(crowd, NAMES["owner"])
    one_a_field = {mark.where: mark for mark in marks.marks}.values()
    for mark in marks.marks if THOROUGH else one_a_field:
        assert not _finds(crowd, mark.text[:100]), mark.where


def _finds(crowd: Crowd, words: str) -> bool:
    return b"result__main" in crowd.ask(VISITOR, "GET", f"/find/?exact=1&q={quote(words)}").content


def test_a_paused_listing_is_out_of_sight(world: World, readings: Readings) -> None:
    told = {role: readings.told(role, NAMES["owner"]) for role in (VISITOR, "other")}
    listings.pause(by=world.cast["owner"])
    for role, paths in told.items():
        assert not readings.again(role, paths, NAMES["owner"]), role


def _signed_in(paths: list[str]) -> list[str]:
    """Without the pages that answer everybody alike: the public API, and the mailed link of a visitor."""
    return [path for path in paths if not path.startswith(("/api/", "/waiting/"))]


def test_a_hidden_listing_is_out_of_sight(world: World, readings: Readings) -> None:
    """For whom it is hidden, either way round; a stranger sees it."""
    strangers = ((VISITOR, name) for name in NAMES.values())
    asked = [("other", NAMES["owner"]), ("owner", NAMES["other"]), *strangers]
    told = {(role, name): readings.told(role, name) for role, name in asked}
    hiding.add(by=world.cast["owner"], kind=Away.PERSON, words=world.cast["other"].email)
    for (role, name), paths in told.items():
        now = _signed_in(readings.again(role, paths, name))
        assert bool(now) == (role == VISITOR), f"{role} reads {name} at {now}"


def test_a_deleted_listing_leaves_nothing_to_read(world: World, readings: Readings) -> None:
    told = {role: readings.told(role, NAMES["owner"]) for role in (VISITOR, "other", "owner")}
    listings.delete(by=world.cast["owner"], typed=NAMES["owner"])
    for role, paths in told.items():
        assert not readings.again(role, paths, NAMES["owner"]), role


def test_an_unverified_supervisor_reads_of_nobody_who_seeks(world: World, readings: Readings) -> None:
    wish = str(world.things["wish of seeking"].pk)
    paths = readings.told("supervising", wish)
    for role in (VISITOR, "member", "other", "moderator"):
        assert not readings.told(role, wish) + readings.again(role, paths, wish), role


@pytest.mark.parametrize("kind", WITHHELD)
def test_an_enquiry_that_must_not_arrive_is_out_of_sight(kind: str, readings: Readings) -> None:
    """From somebody who was blocked, and from a visitor who has not confirmed an address; then it arrives."""
    words, row = WITHHELD[kind], Enquiry.objects.get(person=WITHHELD[kind])
    inbox, letter = "/enquiries/", f"/enquiries/{row.pk}/"
    assert inbox in readings.of("owner")
    assert not readings.told("owner", words) + readings.told("owner", str(row.pk))
    assert not readings.again("owner", [inbox, letter], words)
    Enquiry.objects.filter(pk=row.pk).update(hidden=False, state="waiting", **_due())
    assert readings.again("owner", [inbox], letter)
    assert readings.again("owner", [letter], words)


def test_the_log_says_nothing(readings: Readings, marks: Marks) -> None:
    """Addresses that were asked for stand in the log of any server; values of rows do not."""
    for role in ("owner", "operator"):
        readings.of(role)
    assert readings.log
    found = marks.found_in("\n".join(readings.log))
    assert not [mark for mark in found if not IS_ID.fullmatch(mark.text)]


def test_an_export_holds_everything_that_is_ones_own(world: World, crowd: Crowd, marks: Marks) -> None:
    """And nothing of anybody else, and no secret."""
    taken = marks.found_in(sentinels.said(crowd.ask("owner", "POST", "/account/privacy/export/")))
    own = {mark for mark in marks.of(world.cast["owner"]) if mark.kind is not DataClass.SECRET}
    lacking = {mark.where for mark in own - taken}
    assert not lacking, f"An export lacks {sorted(lacking)}"
    assert not {mark.where for mark in taken - own}


def test_mail_says_nothing(world: World, crowd: Crowd, marks: Marks) -> None:
    """A code, a link, a sentence: no mail repeats what is private, and none names the topic."""
    with undone(), override_settings(EMAIL_BACKEND="breathingroom.notify.backends.OutboxBackend"):
        before = set(Mail.objects.values_list("pk", flat=True))
        _cause_mail(world)
        mails = Mail.objects.exclude(pk__in=before)
        assert len(mails) >= 4
        for mail in mails:
            words = f"{mail.subject} {mail.body}"
            assert not {m for m in marks.found_in(words) if m.text != mail.to}, words
            assert not TOPIC.search(words), words


TOPIC = re.compile(
    r"therap|clinic|care|burnout|mental|health|listing|licen[cs]e|counsel|supervis|crisis", re.I
)


def _cause_mail(world: World) -> None:
    """Sign in, sign up with a known and an unknown address, write, answer, and have an account erased."""
    owner = world.cast["owner"]
    letters.cause_mail(world)
    cache.clear()
    Client().post("/account/login/", {"login": owner.email})
    for address in (owner.email, "nobody.yet@example.org"):
        Client().post("/account/signup/", {"email": address, "agree": "on"})
    listing = world.things["listing of owner"]
    starts_at = times.free(listing)[0].starts_at  # type: ignore[arg-type]
    call = calls.book(by=world.cast["member"], listing=listing, starts_at=starts_at)  # type: ignore[arg-type]
    calls.cancel(by=owner, call=call)
    people.erase(by=world.cast["other"])


def test_erasure_leaves_nothing_to_read(world: World, readings: Readings, marks: Marks) -> None:
    gone = Marks(marks.of(world.cast["owner"]))
    told = {role: _told_of(gone, readings, role) for role in (VISITOR, "other")}
    people.erase(by=world.cast["owner"])
    for role, paths in told.items():
        for path, text in readings.reread(role, paths):
            assert NAMES["owner"] not in text, f"{role} at {path}"
            assert not {m for m in gone.found_in(text) if _asked_for(m, path)}, f"{role} at {path}"


def _told_of(gone: Marks, readings: Readings, role: str) -> list[str]:
    """Where a role reads of somebody who will be gone: what is the owner's, or by the owner's name."""
    marked = [path for path, text in readings.of(role).items() if gone.found_in(text)]
    return list(dict.fromkeys([*readings.told(role, NAMES["owner"]), *marked]))


# What stays in the database after erasure, and why.
STAYS = {
    "audit.Event.actor": "the audit log keeps the number of whoever acted, and no name",
    "people.Member.id": "the audit log keeps the number of whoever acted, and no name",
    "licensure.Licence.id": "the audit log names rows by number",
    "directory.Listing.id": "the audit log names rows by number",
    "people.StaffSession.id": "the audit log names rows by number",
    "directory.Call.id": "the file that takes a call out of the other's calendar knows it by its number",
    "safety.Report.id": "a report stays for the moderators, and no longer says who made it",
    "safety.Report.object_id": "the number of what was reported stays with the report",
}


def test_erasure_leaves_nothing_in_the_database(world: World, marks: Marks) -> None:
    gone = Marks(marks.of(world.cast["owner"]))
    assert {mark.where for mark in gone.found_in(sentinels.dump())} >= {"people.Member.email"}
    people.erase(by=world.cast["owner"])
    left = {mark.where for mark in gone.found_in(sentinels.dump())}
    assert left <= STAYS.keys(), left - STAYS.keys()
