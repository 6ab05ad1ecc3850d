"""Letters of the demo: what came to its provider, what its member wrote, and one report for the desk."""

import datetime as dt
from dataclasses import dataclass

from breathingroom.config.demo import accounts
from breathingroom.core import clock
from breathingroom.directory.actions import answers, enquiries
from breathingroom.directory.models import Enquiry, Listing
from breathingroom.directory.queries import enquiries as queries
from breathingroom.directory.queries.enquiries import Sender
from breathingroom.people.models import Member
from breathingroom.safety.actions import reports


@dataclass(frozen=True)
class Letter:
    """Who wrote, how to reach them, when it suits, and how many hours ago it came."""

    name: str
    reach: str
    times: str
    hours: int


CAME = (
    Letter(
        "Jonas Ekwueme", "+1 206 555 0142, a message is best", "Weekdays before nine, or Friday afternoons", 5
    ),
    Letter("Priya", "priya@home.demo.invalid", "Tuesday or Thursday evenings, from half past six", 26),
    Letter(
        "Mrs Angela Hartwell",
        "angela.hartwell@mailbox.demo.invalid",
        "My assistant will pay for ten sessions in advance by cashier's check, and you refund the balance",
        31,
    ),
)


def write() -> None:
    """A few enquiries, unless there are some."""
    provider = Member.objects.get(email=accounts.by_role("provider").email)
    own = Listing.objects.select_related("member", "place").filter(member=provider).first()
    if own is None or Enquiry.objects.exists():
        return
    rows = [_came(own, number, letter) for number, letter in enumerate(CAME)]
    own.responses.create(month=clock.today().replace(day=1), received=9, in_time=8)
    reports.report(
        by=provider,
        kind="directory.enquiry",
        object_id=rows[-1].pk,
        reason="scam",
        words="It reads like a fraud.",
    )
    _wrote(Member.objects.get(email=accounts.by_role("member").email), own)


def _came(listing: Listing, number: int, letter: Letter) -> Enquiry:
    """From visitors who confirmed an address, some hours ago."""
    at = clock.now() - dt.timedelta(hours=letter.hours)
    address = f"letter{number}@{accounts.DOMAIN}"
    return Enquiry.objects.create(
        listing=listing,
        role=queries.roles(listing)[0],
        state="waiting",
        person=Sender(None, address).person,
        name=letter.name,
        email=address,
        reach=letter.reach,
        times=letter.times,
        created_at=at,
        changed_at=at,
        due_at=at,
        told_at=at,
        answer_by=enquiries.in_time_until(at, listing),
    )


def _wrote(member: Member, besides: Listing) -> None:
    """The demo's member wrote to two people; one answered."""
    visible = Listing.objects.visible().filter(accepting=True).exclude(pk=besides.pk).order_by("pk")[:2]
    words = {"name": member.name, "reach": "+1 206 555 0117", "times": "Evenings, or Saturday mornings"}
    for number, listing in enumerate(visible.select_related("member", "place")):
        row = enquiries.send(by=member, listing=listing, role=queries.roles(listing)[0], **words)
        if not number:
            answers.answer(
                by=listing.member,
                enquiry_id=row.pk,
                line="yes_call",
                words="I could ring you on Thursday at seven in the evening. Would that do?",
            )
