"""The crisis lines that every page shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from breathingroom.safety import crisis as lines


def crisis(_request: HttpRequest) -> dict[str, Any]:
    """`crisis`: the card of the house's own country, from a file."""
    return {"crisis": lines.card(settings.HOME_COUNTRY)}
