"""Who is asking, and what of people they may reach. An id that may not be reached is a 404."""

from copy import copy
from uuid import UUID

from django.http import Http404, HttpRequest

from breathingroom.core import clock
from breathingroom.people import queries
from breathingroom.people.models import Member, StaffSession

STAFF_KEY = "staff_session"


def member(request: HttpRequest) -> Member:
    """The member who is signed in. Raises Http404 when nobody is."""
    if not isinstance(request.user, Member):
        raise Http404
    return request.user


def fresh(member: Member) -> Member:
    """The same member once more, for a form to change without changing whom the page greets."""
    return copy(member)


def is_operator(request: HttpRequest) -> bool:
    """Whether this is an operator who has shown a second factor in this very session."""
    user = request.user
    return (
        isinstance(user, Member)
        and user.is_active
        and user.is_staff
        and queries.showed_second_factor(request)
    )


def operator(request: HttpRequest) -> Member:
    """The operator who is signed in; Raises Http404 for anybody else."""
    if not is_operator(request):
        raise Http404
    return member(request)


def staff_session(request: HttpRequest) -> StaffSession | None:
    """The staff session of this browser session, while it is open; looked up once a request."""
    if not hasattr(request, "_staff_session"):
        request._staff_session = _open_staff_session(request)  # type: ignore[attr-defined]
    found: StaffSession | None = request._staff_session  # type: ignore[attr-defined]
    return found


def _open_staff_session(request: HttpRequest) -> StaffSession | None:
    key = request.session.get(STAFF_KEY)
    if not key or not is_operator(request):
        return None
    found = StaffSession.objects.filter(pk=UUID(key), member=member(request)).first()
    return found if found and found.is_open(clock.now()) else None
