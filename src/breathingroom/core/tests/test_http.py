"""Where a request may lead on to."""

import pytest
from django.test import RequestFactory

from breathingroom.core.http import MOST, safe_next

ELSEWHERE = [
    "",
    "find",
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "javascript:alert(1)",
    "/find/\0",
    "/find/\r\nSet-Cookie: a=b",
    "/" + "x" * MOST,
]


@pytest.mark.parametrize("asked", ELSEWHERE)
def test_what_leads_out_of_the_house_or_breaks_is_passed_over(asked: str) -> None:
    assert safe_next(RequestFactory().get("/", {"next": asked}), "/home/") == "/home/"
    assert safe_next(RequestFactory().post("/", {"next": asked}), "") == ""


def test_a_page_of_the_house_is_gone_on_to_and_what_was_posted_wins() -> None:
    request = RequestFactory().post("/?next=/account/", {"next": "/find/?role=therapist"})
    assert safe_next(request, "/") == "/find/?role=therapist"
    assert safe_next(RequestFactory().get("/?next=/account/"), "/") == "/account/"
