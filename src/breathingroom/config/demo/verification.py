"""A small queue of licences to check: some asked for, one asked back about, one whose year has passed."""

import datetime as dt
import io
from collections.abc import Iterator

from PIL import Image, ImageDraw

from breathingroom.config.demo import accounts
from breathingroom.core import clock
from breathingroom.licensure import evidence
from breathingroom.licensure.models import Evidence, Jurisdiction, Licence, Verification

WAITING = 6
TOO_DARK = "The lower edge is in the dark. A scan, or a picture by daylight, would do."


def write() -> None:
    """Fill the queue, and say against what the community's licences were checked; once, after its rows."""
    for place in Jurisdiction.objects.filter(licences__checked_on__isnull=False).distinct():
        held = Licence.objects.filter(jurisdiction=place, checked_on__isnull=False)
        held.update(checked_against=f"{place.name}: public register")
    for days, licence in enumerate(_asking(), start=1):
        _begin(licence, days, with_file=days % 3 != 0)
    _ask_the_provider()
    year = Licence.objects.filter(status="active").order_by("checked_on", "pk").first()
    if year:
        Verification.objects.create(licence=year, kind="yearly", submitted_at=_ago(2))


def _asking() -> Iterator[Licence]:
    """Claimed licences of people who may be found, in an order that is always the same."""
    rows = Licence.objects.filter(status="claimed", member__listing__state="published")
    yield from rows.select_related("profession", "jurisdiction", "member").order_by("pk")[:WAITING]


def _begin(licence: Licence, days: int, *, with_file: bool) -> Verification:
    state = "second_look" if days == WAITING - 1 else "waiting"
    check = Verification.objects.create(licence=licence, state=state, submitted_at=_ago(days))
    if with_file:
        content = _paper(licence)
        file = Evidence.objects.create(
            verification=check, name="licence.jpg", kind="jpeg", size=len(content), uploaded_at=_ago(days)
        )
        evidence.store(file.pk, content)
    return check


def _ask_the_provider() -> None:
    """The demo's provider has a licence more, about which the staff asked back."""
    home = Licence.objects.filter(member__email=accounts.by_role("provider").email).first()
    if home is None:
        return
    place = Jurisdiction.objects.filter(country="US").exclude(licences__member=home.member_id)[0]
    more, _new = Licence.objects.get_or_create(
        member=home.member,
        profession=home.profession,
        jurisdiction=place,
        defaults={"number": "DEMO 4711", "created_on": clock.today()},
    )
    check = _begin(more, 4, with_file=True)
    Verification.objects.filter(pk=check.pk).update(state="asked", reason="unreadable", note=TOO_DARK)


def _ago(days: int) -> dt.datetime:
    return clock.now() - dt.timedelta(days=days)


def _paper(licence: Licence) -> bytes:
    """A picture of a licence that says of itself that it is none."""
    page = Image.new("RGB", (900, 600), "#f6f1e4")
    pen = ImageDraw.Draw(page)
    pen.rectangle((30, 30, 870, 570), outline="#6b7d6a", width=4)
    lines = ("INVENTED FOR A DEMONSTRATION", "", licence.jurisdiction.name, licence.profession.name, "",
             licence.member.name, f"No. {licence.number}")  # fmt: skip
    for row, line in enumerate(lines):
        pen.text((90, 90 + row * 60), line, fill="#2e3a33", font_size=30)
    out = io.BytesIO()
    page.save(out, "JPEG", quality=80)
    return out.getvalue()
