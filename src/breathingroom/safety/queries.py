"""Reading reports, for the desk and for those whom they are about."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from breathingroom.people.models import Member
from breathingroom.safety import reportables
from breathingroom.safety.choices import Decision
from breathingroom.safety.models import Report, Sanction
from breathingroom.safety.reportables import Words


@dataclass(frozen=True)
class Line:
    """One report in the list of the desk."""

    report: Report
    name: Words


@dataclass(frozen=True)
class Desk:
    """What waits for a decision, oldest first, and what was decided lately."""

    waiting: list[Line]
    decided: list[Line]


def desk(most: int = 100) -> Desk:
    """Two queries."""
    waiting = Report.objects.filter(decision="").order_by("made_at")[:most]
    decided = Report.objects.exclude(decision="").order_by("-decided_at")[:most]
    return Desk([_line(row) for row in waiting], [_line(row) for row in decided])


def _line(row: Report) -> Line:
    return Line(row, _name(row))


def _name(row: Report) -> Words:
    adapter = reportables.known(row.kind)
    return adapter.name if adapter else row.kind


@dataclass(frozen=True)
class Case:
    """One report with what a moderator has to know; who reported it is not told."""

    report: Report
    name: Words
    hides: Words
    possible: list[str]
    others: int
    sanctions: list[Sanction]


def case(row: Report, moderator: Member) -> Case:
    """Two queries, `row.about` aside; `others` counts other reports about the same member."""
    adapter = reportables.known(row.kind)
    about = row.about
    return Case(
        report=row,
        name=_name(row),
        hides=adapter.hides if adapter else "",
        possible=possible(row, moderator),
        others=Report.objects.filter(about=about).exclude(pk=row.pk).count() if about else 0,
        sanctions=list(Sanction.objects.filter(member=about)) if about else [],
    )


def possible(row: Report, moderator: Member) -> list[str]:
    """The decisions that this moderator can take. Nobody decides about themselves or what they reported,
    and those who hold power are an operator's concern."""
    about = row.about
    if moderator.pk in {row.about_id, row.reporter_id}:
        return []
    reach = [Decision.DISMISS.value]
    if about is not None:
        reach.append(Decision.WARN.value)
    if reportables.known(row.kind):
        reach.append(Decision.HIDE.value)
    if about is not None and not about.needs_second_factor:
        reach.append(Decision.SUSPEND.value)
    return reach


def said_to(member: Member) -> QuerySet[Report]:
    """What moderators wrote to a member, newest first."""
    return Report.objects.filter(about=member).exclude(decision="").order_by(F("decided_at").desc())


def holds_back(member: Member, scope: str) -> bool:
    """Whether a moderator keeps this from the member until further notice; one query."""
    return Sanction.objects.filter(member=member, scope=scope).exists()
