"""Asking the API, and somebody to be found by it."""

from typing import Any

from django.test import Client

from breathingroom.directory.models import Listing
from breathingroom.directory.tests import cast

LIST = "/api/v1/listings/"


def ask(client: Client, path: str = LIST, status: int = 200, **query: Any) -> Any:
    response = client.get(path, query)
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()


def maren(**fields: Any) -> Listing:
    row = cast.listing(languages=("en", "es"), sliding=True, **fields)
    cast.licence(row.member)
    return row
