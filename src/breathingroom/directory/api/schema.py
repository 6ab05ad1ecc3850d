"""The OpenAPI document: what goes in, from the forms; what comes out, from the shapes."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from breathingroom.directory.api import parameters, shapes
from breathingroom.directory.api.shapes import ref, whole
from breathingroom.directory.index import Grouped

Json = dict[str, Any]


def document(places: Grouped) -> Json:
    """The whole contract in the reader's language; `places` are what `where` takes."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.SITE_NAME,
            "version": "1",
            "description": _("Clinicians who treat clinicians. Anybody may read; nobody signs in."),
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": settings.BASE_URL.rstrip("/")}],
        "paths": _paths(get_language() or "", _frozen(places)),
        "components": {"schemas": shapes.SCHEMAS, "headers": _HEADERS},
    }


def _frozen(places: Grouped) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return tuple((country, tuple(found)) for country, found in places)


@lru_cache(maxsize=8)
def _paths(_language: str, places: Any) -> Json:
    id = {
        "name": "id",
        "in": "path",
        "required": True,
        "description": _("The id of a listing."),
        "schema": {"type": "string", "format": "uuid"},
    }
    return {
        "/api/v1/listings/": _get("listings", "Results", _("Search"), parameters.of_search(places)),
        "/api/v1/listings/{id}/": _get("listing", "Listing", _("One listing"), [id], can_miss=True),
        "/api/v1/concerns/": _get("concerns", "Concerns", _("What clinicians carry"), []),
        "/api/v1/jurisdictions/": _get("jurisdictions", "Jurisdictions", _("Where one can be sitting"), []),
        "/api/v1/eligibility/": _get(
            "eligibility",
            "Eligibility",
            _("May they see me there, on that day?"),
            parameters.of_eligibility(places),
            can_miss=True,
        ),
    }


def _get(name: str, shape: str, summary: str, takes: list[Json], *, can_miss: bool = False) -> Json:
    answers = {
        "200": _answer(_("The answer."), shape) | {"headers": {"ETag": _header("ETag")}},
        "304": {"description": _("It is still the one you have.")},
        "400": _answer(_("A parameter could not be read."), "Unreadable"),
        "429": _answer(_("Too many requests from your address."), "Error")
        | {"headers": {"Retry-After": _header("Retry-After")}},
    }
    if can_miss:
        answers["404"] = _answer(_("There is nothing here."), "Error")
    return {"get": {"operationId": name, "summary": summary, "parameters": takes, "responses": answers}}


def _answer(words: str, shape: str) -> Json:
    return {"description": words, "content": {"application/json": {"schema": ref(shape)}}}


def _header(name: str) -> Json:
    return {"$ref": f"#/components/headers/{name}"}


_HEADERS: Json = {
    "ETag": {"schema": {"type": "string"}, "required": True},
    "Retry-After": {"schema": whole(minimum=1), "required": True, "description": "Seconds."},
}
