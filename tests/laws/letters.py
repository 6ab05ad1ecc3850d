"""Enquiries and reports of the world: one of each kind, with the links that mails would have brought."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models

from breathingroom.core import clock
from breathingroom.directory.actions import answers, enquiries
from breathingroom.directory.models import Enquiry, EnquiryBlock, EnquiryPair, Listing, ResponseMonth
from breathingroom.directory.queries import enquiries as queries
from breathingroom.directory.queries.enquiries import Sender
from breathingroom.people.models import Member
from breathingroom.safety.actions import limits, reports
from breathingroom.safety.models import Report, Sanction

if TYPE_CHECKING:
    from tests.laws.world import World

NEW, ANSWERED = "link-of-a-visitor-who-has-to-confirm", "link-of-a-visitor-who-was-answered"


def make(world: "World") -> None:
    """What the owner got, waiting, answered and kept away; what they sent; and a report about it."""
    owner, own = world.cast["owner"], _listing(world, "owner")
    world.things["enquiry to owner"] = _from(world.cast["member"], own)
    world.things["kept away from owner"] = _from(world.cast["moderator"], own, hidden=True)
    world.things["enquiry of owner"] = _from(owner, _listing(world, "other"), **_yes())
    world.things["waiting at owner"] = visitor(own, "waiting@example.org")
    world.things["answered to owner"] = visitor(own, "answered@example.org", token=ANSWERED, **_yes())
    visitor(own, "new@example.org", token=NEW, state="new", due_at=None, answer_by=None)
    EnquiryBlock.objects.create(member=owner, mark="a mark", whom=world.cast["moderator"])
    EnquiryPair.objects.create(mark="a pair", role="therapist")
    ResponseMonth.objects.create(listing=own, month=clock.today().replace(day=1), received=6, in_time=5)
    report = _report(world, "member", "owner", world.things["enquiry to owner"])
    world.things["report"] = report
    Sanction.objects.create(member=world.cast["paused"], scope="listing", report=report)
    limits.count(what="test", who="somebody", within=dt.timedelta(hours=1))


def more(world: "World", role: str) -> None:
    """One more of each thing that a page lists: the newcomer writes to the owner, who writes back."""
    own, owner = _listing(world, "owner"), world.cast["owner"]
    row = _from(world.cast[role], own)
    visitor(own, f"{role.replace(' ', '.')}@example.net", **_yes())
    _from(owner, _listing(world, role))
    EnquiryBlock.objects.create(member=owner, mark=role, whom=world.cast[role])
    _report(world, role, "other", row)


def cause_mail(world: "World") -> None:
    """Whatever mail letters cause: to the clinician, to either kind of sender, and by a moderator."""
    own, owner, role = _listing(world, "owner"), world.cast["owner"], {"role": "therapist"}
    words = {"name": "Somebody", "reach": "By telephone", "times": "Noon"}
    enquiries.send(by=world.cast["other"], listing=own, **role, **words)
    enquiries.draft(listing=own, email="someone.else@example.org", where="192.0.2.1", **role, **words)
    for kind in ("enquiry to owner", "waiting at owner"):
        answers.answer(by=owner, enquiry_id=world.things[kind].pk, line="no_room", words="Another time")
    report = world.things["report"].pk
    reports.decide(by=world.cast["moderator"], report_id=report, decision="warn", said="Be kind")


def about(world: "World") -> dict[str, dict[str, tuple[Any, str]]]:
    """The kinds of object for the addresses of letters; earlier names go before later ones."""
    published = {
        "published": (world.things["listing of owner"].pk, "owner"),
        "paused": (world.things["listing of paused"].pk, "paused"),
    }
    return {
        "enquiry_write": published,
        "listing_report": published,
        "enquiry_withdraw": {"sent": (world.things["enquiry of owner"].pk, "owner")},
        "enquiry_confirm": {"new": (NEW, "owner")},
        "enquiry_read": {"answered": (ANSWERED, "owner")},
        "enquiry*": {
            "waiting": (world.things["enquiry to owner"].pk, "owner"),
            "answered": (world.things["answered to owner"].pk, "owner"),
            "kept": (world.things["kept away from owner"].pk, "owner"),
        },
        "desk_case": {"report": (world.things["report"].pk, "owner")},
    }


def _listing(world: "World", role: str) -> Listing:
    found = world.things[f"listing of {role}"]
    assert isinstance(found, Listing)
    return found


def _words(who: str) -> dict[str, Any]:
    now = clock.now()
    moments = {"due_at": now, "answer_by": now, "told_at": now}
    return {
        "role": "therapist",
        "state": "waiting",
        "name": who,
        "reach": f"by {who}",
        "times": "Noon",
        **moments,
    }


def _yes() -> dict[str, Any]:
    return {"state": "accepted", "line": "yes_room", "answer": "On Monday", "answered_at": clock.now()}


def _from(member: Member, listing: Listing, **fields: Any) -> Enquiry:
    person = Sender(member, member.email).person
    return Enquiry.objects.create(
        member=member, listing=listing, person=person, **{**_words(member.name), **fields}
    )


def visitor(listing: Listing, email: str, *, token: str = "", **fields: Any) -> Enquiry:
    """By somebody without an account."""
    return Enquiry.objects.create(
        listing=listing,
        email=email,
        person=Sender(None, email).person,
        token=token and queries.hashed(token),
        **{**_words("Somebody"), **fields},
    )


def _report(world: "World", about: str, by: str, thing: models.Model) -> Report:
    return Report.objects.create(
        reporter=world.cast[by],
        about=world.cast[about],
        kind="directory.enquiry",
        object_id=str(thing.pk),
        reason="scam",
        words="It reads like a fraud",
        excerpt="Times: noon",
    )
