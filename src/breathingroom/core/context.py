"""What every page of the house knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(_request: HttpRequest) -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "source_url": settings.SOURCE_URL,
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
    }
