"""The API as a page for people, made from the same document."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from breathingroom.directory import index
from breathingroom.directory.api.door import KEPT_FOR
from breathingroom.directory.api.schema import document

SHOWN_VALUES = 12
"""A longer list of values is named by the address that has it."""
EXAMPLES = {
    "listings": "listings/?where=US-WA&concern=burnout&format=online",
    "listing": "listings/00000000-0000-4000-8000-000000000000/",
    "concerns": "concerns/",
    "jurisdictions": "jurisdictions/",
    "eligibility": "eligibility/?listing=00000000-0000-4000-8000-000000000000&where=US-WA",
}


@dataclass(frozen=True)
class Parameter:
    """One parameter in words; `values` are all it takes, or none when they are too many to read."""

    name: str
    kind: str
    words: str
    values: list[str]
    repeats: bool
    required: bool


@dataclass(frozen=True)
class Address:
    """One address: what it is for, a command that tries it, and what it takes."""

    name: str
    path: str
    summary: str
    command: str
    parameters: list[Parameter]


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Every address of the API with what it takes."""
    paths = document(index.current().places)["paths"]
    page = {
        "addresses": [_address(path, methods["get"]) for path, methods in paths.items()],
        "a_minute": settings.API_PER_MINUTE,
        "kept_for": KEPT_FOR,
    }
    return render(request, "directory/api.html", {"here": "find", **page})


def _address(path: str, said: dict[str, Any]) -> Address:
    example = f"{settings.BASE_URL.rstrip('/')}/api/v1/{EXAMPLES[said['operationId']]}"
    found = [_parameter(each) for each in said["parameters"]]
    return Address(said["operationId"], path, said["summary"], f"curl '{example}'", found)


def _parameter(said: dict[str, Any]) -> Parameter:
    schema = said["schema"]
    inner = schema.get("items", schema)
    values = inner.get("enum", [])
    return Parameter(
        name=said["name"],
        kind=schema.get("format") or inner["type"],
        words=said["description"],
        values=values if len(values) <= SHOWN_VALUES else [],
        repeats=schema["type"] == "array",
        required=said["required"],
    )
