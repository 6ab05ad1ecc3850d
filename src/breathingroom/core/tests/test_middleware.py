"""What is refused before anything is read."""

import pytest
from django.test import Client

from breathingroom.core.middleware import LONGEST_BODY


@pytest.mark.parametrize("length", [LONGEST_BODY + 1, 10**12])
def test_a_body_that_is_too_long_is_refused_unread(client: Client, length: int) -> None:
    answer = client.generic("POST", "/account/login/", b"email=", CONTENT_LENGTH=str(length))
    assert answer.status_code == 413
    assert "10 MB" in answer.content.decode()


def test_a_body_of_unknown_length_is_refused(client: Client) -> None:
    answer = client.generic("POST", "/account/login/", b"email=", HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411


@pytest.mark.parametrize("length", ["-1", "ten", "1e3"])
def test_a_length_that_is_none_is_refused(client: Client, length: str) -> None:
    assert client.generic("POST", "/crisis/", b"a", CONTENT_LENGTH=length).status_code == 413


def test_a_form_passes(client: Client) -> None:
    assert client.post("/crisis/").status_code == 405
