"""Reading the positions, and how often something was done. The log itself is read on the staff pages."""

import datetime as dt

from django.db import models

from breathingroom.audit.models import Event, Position


def positions(*names: str) -> dict[str, int]:
    """Where the named rooms stand, 0 for one that has not written yet; one query."""
    found = dict(Position.objects.filter(name__in=names).values_list("name", "value"))
    return {name: found.get(name, 0) for name in names}


def count(*, by: models.Model, did: str, since: dt.datetime) -> int:
    """How often somebody did one thing since then; one query."""
    return Event.objects.filter(actor=by.pk, did=did, at__gte=since).count()
