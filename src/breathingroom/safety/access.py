"""Who may sit at the desk, and which report is meant. Everybody else finds nothing there."""

from uuid import UUID

from django.http import Http404, HttpRequest

from breathingroom.people import access, queries
from breathingroom.people.models import Member
from breathingroom.safety.models import Report


def moderator(request: HttpRequest) -> Member:
    """The moderator who is signed in and showed a second factor in this session. Raises Http404."""
    who = access.member(request)
    if not (who.is_active and who.is_moderator and queries.showed_second_factor(request)):
        raise Http404
    return who


def report(report_id: UUID) -> Report:
    """Raises Http404."""
    found = Report.objects.select_related("about").filter(pk=report_id).first()
    if found is None:
        raise Http404
    return found
