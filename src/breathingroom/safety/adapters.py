"""What this room answers for about a member."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from breathingroom.people.models import Member
from breathingroom.people.stewards import Holding, Kept, register
from breathingroom.safety import queries
from breathingroom.safety.actions import reports
from breathingroom.safety.models import Attempt, Report, Sanction


class SafetySteward:
    """Reports that the member made, and what was decided about them."""

    room = "safety"
    tables: tuple[type[models.Model], ...] = (Report, Sanction, Attempt)

    def holds(self, member: Member) -> list[Holding]:
        held = []
        if Report.objects.filter(reporter=member).exists():
            held.append(
                Holding(
                    _("What you reported to the moderators"),
                    _("so that they can decide; they do not see that it was you"),
                    _("until 90 days after the decision"),
                    stays=True,
                )
            )
        if Report.objects.filter(about=member).exists() or Sanction.objects.filter(member=member).exists():
            held.append(
                Holding(
                    _("What others reported about something of yours, and what was decided"),
                    _("so that people are safe here, and you can answer"),
                    _("until 90 days after the decision; a sanction until it is lifted"),
                )
            )
        return held

    def export(self, member: Member) -> dict[str, Any]:
        """Who reported something stays unsaid."""
        made = Report.objects.filter(reporter=member).order_by("made_at")
        told = ("id", "kind", "object_id", "reason", "words", "excerpt", "made_at", "decision", "decided_at")
        decided = queries.said_to(member).values("kind", "excerpt", "decision", "said", "decided_at")
        held = Sanction.objects.filter(member=member).values("id", "scope", "began_at")
        return {"reported": list(made.values(*told)), "decided": list(decided), "sanctions": list(held)}

    def erase(self, *, member: Member) -> list[Kept]:
        if not reports.erase(member=member):
            return []
        return [
            Kept(
                _("What you reported, without your name, until 90 days after it is decided"),
                _("Others may need to be protected from the same."),
            )
        ]

    def suspend(self, *, member: Member) -> None:
        """Nothing here is in anybody's sight."""


register(SafetySteward())
