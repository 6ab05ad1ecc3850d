"""What must never be true of a house that is open to people."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Critical, register


@register()
def demo_is_not_open(**_: Any) -> list[CheckMessage]:
    """A demo shows everybody's codes on a page: never on a real site."""
    if settings.DEMO and settings.BASE_URL.startswith("https://"):
        return [
            Critical(
                "DEMO is on while BASE_URL is an https address.",
                hint="The demo mail page shows every sign-in code to everybody. Set DEMO=no.",
                id="people.E001",
            )
        ]
    return []
