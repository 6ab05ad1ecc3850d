"""The API against its own OpenAPI document: whatever is asked, no server error, and answers as promised.

`FUZZ_EXAMPLES` asks for more examples an address than the few of a normal run. Schemathesis is read only by
the process that asks: it costs every process of a run a second otherwise.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as house
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, assume, given
from hypothesis import settings as how
from hypothesis import strategies as st
from pytest_django import Settings
from tests.plugins.depth import examples

from breathingroom.directory import index
from breathingroom.directory.api.schema import document
from breathingroom.directory.tests import cast

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", examples(4, 8)))
PATHS = [
    "/api/v1/listings/",
    "/api/v1/listings/{id}/",
    "/api/v1/concerns/",
    "/api/v1/jurisdictions/",
    "/api/v1/eligibility/",
]


@pytest.fixture(autouse=True)
def listings(settings: Settings, world: None) -> list[str]:
    """A few listings of every kind, and a limit that nobody reaches."""
    settings.API_PER_MINUTE = 10**6
    rows = [
        cast.listing(f"p{n}@example.org", fee_least=4550 * n, openings=n, in_person=bool(n % 3))
        for n in range(4)
    ]
    cast.licence(rows[0].member)
    return [str(row.pk) for row in rows]


@pytest.fixture(autouse=True)
def _connection_stays() -> Iterator[None]:
    """A served request gives its connection back at its end; here that one holds the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def contract(said: dict[str, Any] | None = None) -> Any:
    import schemathesis

    return schemathesis.openapi.from_dict(said or document(index.current().places))


def looked_at() -> list[Any]:
    import schemathesis
    from schemathesis.specs.openapi import checks as openapi

    return [
        schemathesis.checks.not_a_server_error,
        openapi.status_code_conformance,
        openapi.content_type_conformance,
        openapi.response_headers_conformance,
        openapi.response_schema_conformance,
        openapi.negative_data_rejection,
    ]


def test_the_document_is_openapi_and_names_every_address(client: Client) -> None:
    said = client.get("/api/v1/openapi.json").json()
    assert said["openapi"] == "3.1.0"
    assert list(said["paths"]) == PATHS
    contract().validate()


TAKING = [PATHS[0], PATHS[1], PATHS[4]]
"""Those that take something, and so can be asked wrongly."""


@pytest.mark.parametrize(
    ("mode", "path"), [*(("positive", path) for path in PATHS), *(("negative", path) for path in TAKING)]
)
def test_every_answer_is_as_promised(mode: str, path: str, listings: list[str]) -> None:
    from schemathesis import GenerationMode

    operation = contract()[path]["GET"]
    application = get_wsgi_application()
    known = st.sampled_from([*listings, "00000000-0000-4000-8000-000000000000"])

    @how(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize="FUZZ_EXAMPLES" not in os.environ,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=GenerationMode(mode)), one=known)
    def holds(case: Any, one: str) -> None:
        if mode == "positive":
            _aim(case, one)
        else:
            assume(not _says_nothing(case))
        response = case.call(app=application, base_url=house.BASE_URL)
        case.validate_response(response, checks=looked_at())

    holds()


def _says_nothing(case: Any) -> bool:
    """An empty parameter asks nothing, as the document allows; the generator does not know of that."""
    values = [value if isinstance(value, list) else [value] for value in (case.query or {}).values()]
    return any("" in each for each in values)


def _aim(case: Any, one: str) -> None:
    """An id made up at random finds nobody; take one that is there."""
    if "id" in (case.path_parameters or {}):
        case.path_parameters["id"] = one
    if "listing" in (case.query or {}):
        case.query["listing"] = one


def test_this_test_sees_an_answer_that_is_not_as_promised() -> None:
    from schemathesis.core.failures import FailureGroup

    broken = document(index.current().places)
    path = "/api/v1/concerns/"
    answers = broken["paths"][path]["get"]["responses"]
    answers["200"]["content"]["application/json"]["schema"] = {"type": "object", "required": ["total"]}
    case = contract(broken)[path]["GET"].Case()
    response = case.call(app=get_wsgi_application(), base_url=house.BASE_URL)
    with pytest.raises(FailureGroup, match="total"):
        case.validate_response(response, checks=looked_at())
