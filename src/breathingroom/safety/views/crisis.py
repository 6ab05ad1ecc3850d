"""The crisis page: no sign-in, no script, no database."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from breathingroom.safety import crisis
from breathingroom.safety.choices import Audience
from breathingroom.safety.forms import CountryForm


@dataclass(frozen=True)
class Group:
    """The lines of one audience, under their heading."""

    audience: str
    heading: str
    lines: tuple[crisis.Line, ...]


@login_not_required
@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """The lines of one country, the one of the house unless another is asked for."""
    country = CountryForm(request.GET).chosen(settings.HOME_COUNTRY)
    context = {
        "form": CountryForm(initial={"country": country}),
        "emergency": crisis.emergency(country),
        "place": dict(crisis.countries()).get(country, country),
        "groups": _groups(crisis.lines(country)),
    }
    return render(request, "safety/crisis.html", context)


def _groups(found: Sequence[crisis.Line]) -> list[Group]:
    grouped = (
        Group(audience.value, str(audience.label), tuple(line for line in found if line.audience == audience))
        for audience in Audience
    )
    return [group for group in grouped if group.lines]
