"""What the outbox answers for."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.utils.translation import gettext_lazy as _

from breathingroom.notify import actions
from breathingroom.notify.models import Mail
from breathingroom.people.models import Member
from breathingroom.people.stewards import Holding, Kept, register


class NotifySteward:
    """Mail to a member's address."""

    room = "notify"
    tables: tuple[type[models.Model], ...] = (Mail,)

    def holds(self, member: Member) -> list[Holding]:
        return [
            Holding(
                _("The messages we sent you lately"),
                _("so that each is sent once, and tried again when a mail server is down"),
                _("address and words for 7 days, sign-in codes for an hour"),
            )
        ]

    def export(self, member: Member) -> dict[str, Any]:
        """Without the words of codes, which open the account."""
        rows = Mail.objects.filter(to__iexact=member.email).order_by("created_at")
        return {
            "messages": [
                {
                    "written": mail.created_at,
                    "sent": mail.sent_at,
                    "subject": mail.subject,
                    "state": mail.state,
                }
                for mail in rows
            ]
        }

    def erase(self, *, member: Member) -> list[Kept]:
        for address in _addresses(member):
            actions.erase_to(address)
        return []

    def suspend(self, *, member: Member) -> None:
        """Nothing here is in anybody's sight."""


def _addresses(member: Member) -> set[str]:
    """The member's own, and those they never confirmed unless they are somebody else's."""
    claimed = EmailAddress.objects.filter(user=member).values_list("email", flat=True)
    others = Member.objects.filter(email__in=[address.lower() for address in claimed]).exclude(pk=member.pk)
    taken = set(others.values_list("email", flat=True))
    return {member.email, *(address for address in claimed if address.lower() not in taken)}


register(NotifySteward())
