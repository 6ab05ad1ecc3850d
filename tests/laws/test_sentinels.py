"""The sentinel crawl: what is marked as not for everybody is found in nothing that anybody else can read."""

import logging
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings

from breathingroom.audit import actions as audit
from breathingroom.core import clock
from breathingroom.core.privacy import DataClass
from breathingroom.directory.actions import calls, hiding, listings
from breathingroom.directory.choices import Away
from breathingroom.directory.models import Enquiry, Listing
from breathingroom.directory.queries import calls as times
from breathingroom.notify.models import Mail
from breathingroom.people import actions as people
from tests.laws import apart, house, letters, page, probe, sentinels
from tests.laws import world as worlds
from tests.laws.probe import Crowd
from tests.laws.sentinels import Mark, Marks
from tests.laws.world import ROLES, VISITOR, World

MOST_PAGES = 220
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
    **{
        ("directory.Enquiry.*", role, "/waiting/*"): "whoever holds the mailed link reads"
        for role in (*ROLES, *apart.CAST)
    },
    ("safety.Report.*", "moderator", "/safety/desk/*"): "moderators decide about reports",
    ("safety.Report.excerpt", "member", "/said/"): "it is what they wrote themselves",
}
# Secrets that one person may read after all, once, on the page that gives them.
OWN_SECRETS: dict[tuple[str, str], str] = {}


@pytest.fixture(scope="module")
def marks(world: World) -> Marks:
    return sentinels.seed(world)


@pytest.fixture(scope="module")
def crowd(world: World, marks: Marks) -> Crowd:
    return Crowd(world)


def _doors(world: World, role: str) -> Iterator[str]:
    """Every address with every kind of object; staff pages for those whom the statute lets that far."""
    routes = (r for r in house.routes() if role == "operator" or not r.name.startswith("staff:"))
    for route in routes:
        for given, _owner in probe.objects(world, route).values():
            yield probe.address(route, given)


def crawl(crowd: Crowd, role: str) -> Iterator[tuple[str, str]]:
    """(address, everything said there) for each page this role can reach by address or by link."""
    waiting = list(dict.fromkeys(_doors(crowd.world, role)))
    seen: set[str] = set()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        response = crowd.ask(role, "GET", path)
        text = sentinels.said(response)
        yield path, text
        if response.get("Content-Type", "").startswith("text/html"):
            waiting += [link for link in _inner(path, text) if link not in seen]


def _inner(path: str, text: str) -> Iterator[str]:
    """Links to other pages of the house; of a list that goes on and on, the first few."""
    for link in page.read(text).links[:60]:
        parts = urlsplit(urljoin(path, link))
        if not parts.netloc and not parts.scheme and parts.path.startswith("/"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


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


def _leaks(crowd: Crowd, marks: Marks, role: str) -> list[str]:
    return [
        f"{role} reads {mark.where} ({mark.text}) at {path}"
        for path, text in crawl(crowd, role)
        for mark in marks.found_in(text)
        if _asked_for(mark, path) and _gives_away(mark, role, crowd.world, path)
    ]


def _asked_for(mark: Mark, path: str) -> bool:
    """An id that stands in the address one asked for tells nothing when the answer repeats it."""
    return mark.text.lower() not in path.lower()


def test_every_hidden_text_of_the_house_is_marked(marks: Marks) -> None:
    """A crawl finds nothing in fields that were empty: every kind of hidden text has a row that holds one."""
    marked = {mark.where for mark in marks.marks}
    assert {"people.Member.email", "licensure.Licence.number", "notify.Mail.body"} <= marked
    assert len(marks.marks) > 60


@pytest.mark.parametrize("role", [*ROLES, *apart.CAST])
def test_no_page_gives_a_mark_away(role: str, crowd: Crowd, marks: Marks) -> None:
    leaks = _leaks(crowd, marks, role)
    assert not leaks, "\n".join(leaks)


def test_this_law_sees_a_leak(world: World, marks: Marks) -> None:
    own = marks.of(world.cast["owner"])
    assert marks.found_in(f"<p>{own[0].text.upper()}</p>") == {own[0]}
    assert _gives_away(own[0], "member", world, "/")


def test_search_knows_no_hidden_word(crowd: Crowd, marks: Marks) -> None:
    """A word that stands only in hidden fields finds nobody, so it cannot be guessed letter by letter."""
    for mark in marks.marks:
        found = crowd.ask(VISITOR, "GET", f"/find/?exact=1&q={quote(mark.text[:100])}")
        assert b"result__main" not in found.content, mark.where


def test_a_paused_listing_is_out_of_sight(world: World, crowd: Crowd, marks: Marks) -> None:
    Listing.objects.filter(member=world.cast["owner"]).update(
        state="paused", name="zqpausedname", about="zqpausedabout"
    )
    for role in (VISITOR, "other"):
        for path, text in crawl(crowd, role):
            assert "zqpaused" not in text, f"{role} at {path}"


def _told(crowd: Crowd, role: str, words: str) -> list[str]:
    """The addresses at which a role reads some words that it did not bring along."""
    return [path for path, text in crawl(crowd, role) if words in text and words not in path]


def _signed_in(paths: list[str]) -> list[str]:
    """Without the pages that answer everybody alike: the public API, and the mailed link of a visitor."""
    return [path for path in paths if not path.startswith(("/api/", "/waiting/"))]


def test_a_hidden_listing_is_out_of_sight(world: World, crowd: Crowd, marks: Marks) -> None:
    """For whom it is hidden, either way round; a stranger sees it."""
    owner, other = world.cast["owner"], world.cast["other"]
    with transaction.atomic():
        for member, words in ((owner, "zqhidden"), (other, "zqturned")):
            Listing.objects.filter(member=member).update(state="published", name=words, about=words)
        audit.advance("directory")
    hiding.add(by=owner, kind=Away.PERSON, words=other.email)
    assert not _signed_in(_told(crowd, "other", "zqhidden"))
    assert not _signed_in(_told(crowd, "owner", "zqturned"))
    assert _told(crowd, VISITOR, "zqhidden")
    assert _told(crowd, VISITOR, "zqturned")


def test_a_deleted_listing_leaves_nothing_to_read(world: World, crowd: Crowd, marks: Marks) -> None:
    owner = world.cast["owner"]
    Listing.objects.filter(member=owner).update(state="published", name="zqdeleted", about="zqdeleted")
    listings.delete(by=owner, typed="zqdeleted")
    for role in (VISITOR, "other", "owner"):
        assert not _told(crowd, role, "zqdeleted"), role


def test_an_unverified_supervisor_reads_of_nobody_who_seeks(world: World, crowd: Crowd) -> None:
    wish = str(world.things["wish of seeking"].pk)
    for role in (VISITOR, "member", "other", "moderator"):
        assert not _told(crowd, role, wish), role
    assert _told(crowd, "supervising", wish)


@pytest.mark.parametrize("kind", ["blocked", "unverified"])
def test_an_enquiry_that_must_not_arrive_is_out_of_sight(world: World, crowd: Crowd, kind: str) -> None:
    """From somebody who was blocked, and from a visitor who has not confirmed an address; then it arrives."""
    now, member = clock.now(), world.cast["other"] if kind == "blocked" else None
    row = Enquiry.objects.create(
        listing=Listing.objects.get(member=world.cast["owner"]),
        role="consultant",
        member=member,
        email="" if member else "zq@example.org",
        person="zqperson",
        name="zqarrives",
        reach="zqarrives",
        hidden=bool(member),
        state="waiting" if member else "new",
        due_at=now if member else None,
        answer_by=now if member else None,
    )
    assert not _told(crowd, "owner", "zqarrives")
    Enquiry.objects.filter(pk=row.pk).update(hidden=False, state="waiting", due_at=now, answer_by=now)
    assert _told(crowd, "owner", "zqarrives")


def test_the_log_says_nothing(crowd: Crowd, marks: Marks, caplog: pytest.LogCaptureFixture) -> None:
    """Addresses that were asked for stand in the log of any server; values of rows do not."""
    caplog.set_level(logging.INFO)
    for role in ("owner", "operator"):
        list(crawl(crowd, role))
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert not [mark for mark in marks.found_in(said) if not IS_ID.fullmatch(mark.text)]


def test_an_export_holds_everything_that_is_ones_own(world: World, crowd: Crowd, marks: Marks) -> None:
    """And nothing of anybody else, and no secret."""
    taken = marks.found_in(sentinels.said(crowd.ask("owner", "POST", "/account/privacy/export/")))
    own = {mark for mark in marks.of(world.cast["owner"]) if mark.kind is not DataClass.SECRET}
    lacking = {mark.where for mark in own - taken}
    assert not lacking, f"An export lacks {sorted(lacking)}"
    assert not {mark.where for mark in taken - own}


def test_mail_says_nothing(world: World, crowd: Crowd, marks: Marks) -> None:
    """A code, a link, a sentence: no mail repeats what is private, and none names the topic."""
    with worlds.undone(), override_settings(EMAIL_BACKEND="breathingroom.notify.backends.OutboxBackend"):
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


def test_erasure_leaves_nothing_to_read(world: World, crowd: Crowd, marks: Marks) -> None:
    gone = Marks(marks.of(world.cast["owner"]))
    people.erase(by=world.cast["owner"])
    for role in (VISITOR, "other"):
        for path, text in crawl(crowd, role):
            assert not {m for m in gone.found_in(text) if _asked_for(m, path)}, f"{role} at {path}"


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
