"""Mail about a booked call. It says when, carries the calendar file, and names neither topic nor person."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from breathingroom.core import calendar, clock, zones
from breathingroom.directory.models import Call
from breathingroom.directory.queries import calls
from breathingroom.notify import actions as notify
from breathingroom.people.models import Member


def say_booked(call: Call) -> None:
    """Tell both that the time is set."""
    for member in (call.member, call.listing.member):
        _post(call, member, "booked")


def say_cancelled(call: Call, *, to: Member) -> None:
    """Tell one of the two that the time is free again; the file takes it out of the calendar."""
    _post(call, to, "cancelled")


def say_gone(call: Call, *, to: Member) -> None:
    """The same, when there will be no page left to look at."""
    _post(call, to, "gone")


def say_moved(call: Call) -> None:
    """Tell both that the clocks of a zone changed their rules, and with them the time."""
    for member in (call.member, call.listing.member):
        _post(call, member, "moved")


def _post(call: Call, to: Member, kind: str) -> None:
    """In the language and the zone of whoever reads it."""
    zone = zones.known(to.time_zone) or timezone.get_default_timezone()
    with translation.override(to.language or settings.LANGUAGE_CODE), timezone.override(zone):
        when = calls.said(call.starts_at, zone)
        subject, first, last = _words(kind)
        shown = _("%(day)s, %(time)s (%(zone)s), %(minutes)d minutes") % {
            **vars(when),
            "minutes": call.minutes,
        }
        page = "" if kind == "gone" else f"{settings.BASE_URL}{reverse('call', args=[call.pk])}\n\n"
        notify.post(
            to=to.email,
            subject=subject,
            body="\n\n".join([_("Hello,"), first, f"    {shown}", f"{last}\n\n{page}".strip()]) + "\n",
            file=calendar.file(call.hold(), made_at=clock.now()),
        )


def _words(kind: str) -> tuple[str, str, str]:
    """Subject, the sentence before the time, and the one after it."""
    if kind == "booked":
        return (
            _("A time is set"),
            _("this time is set:"),
            _(
                "The attached file puts it into your calendar, under the name “Hold”. All else is behind "
                "your sign-in. Should it no longer suit you, you can cancel there until it begins; no "
                "reason needed."
            ),
        )
    if kind == "moved":
        return (
            _("A time was adjusted"),
            _("the clocks of a time zone follow new rules, so this is now the time:"),
            _("The attached file puts it right in your calendar. All else is behind your sign-in."),
        )
    return (
        _("A time was cancelled"),
        _("this time is cancelled, and yours again:"),
        _("These things happen, and nobody owes a reason. The attached file takes it out of your calendar."),
    )
