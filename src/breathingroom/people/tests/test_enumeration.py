"""“Is X a member?” has one answer, byte for byte, whoever asks and wherever."""

import re
import time
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from breathingroom.notify.models import Mail
from breathingroom.people.tests.actors import make_member
from breathingroom.people.views import even

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "rosa@example.org", "vera@example.org"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def seen(answer: Any, email: str) -> tuple[object, ...]:
    """All that a browser gets, with the address and the form token taken out."""
    body = TOKEN.sub(b"", answer.content).replace(email.encode(), b"ADDRESS")
    headers = {name: value for name, value in answer.items() if name not in {"Set-Cookie", "Expires"}}
    cookies = sorted((name, morsel["path"], morsel["httponly"]) for name, morsel in answer.cookies.items())
    return answer.status_code, headers, cookies, body


def walk(path: str, data: dict[str, str], *more: dict[str, str]) -> list[tuple[object, ...]]:
    """Send a form, go where it leads, send further forms there; all that was seen."""
    client, email = Client(), next(iter(data.values()))
    answer = client.post(path, data)
    found, page = [seen(answer, email)], answer["Location"]
    found.append(seen(client.get(page), email))
    for each in more:
        answer = client.post(page, each)
        found.append(seen(answer, email))
        found.append(seen(client.get(page), email))
    return found


WRONG = {"code": "0000-0000"}
RESEND = {"action": "resend"}


@pytest.mark.parametrize("more", [(), (WRONG,), (WRONG, WRONG, WRONG), (RESEND,), (RESEND, WRONG)])
def test_signing_in_is_the_same_for_known_and_unknown(more: tuple[dict[str, str], ...]) -> None:
    make_member(KNOWN)
    paths = [walk("/account/login/", {"login": email}, *more) for email in (KNOWN, UNKNOWN)]
    assert paths[0] == paths[1]


@pytest.mark.parametrize("page", ["/account/signup/", "/account/signup/passkey/"])
@pytest.mark.parametrize("more", [(), (WRONG,), (WRONG, WRONG, WRONG), (RESEND,)])
def test_signing_up_is_the_same_for_known_and_unknown(page: str, more: tuple[dict[str, str], ...]) -> None:
    make_member(KNOWN)
    paths = [walk(page, {"email": email, "agree": "on"}, *more) for email in (KNOWN, UNKNOWN)]
    assert paths[0] == paths[1]


def test_a_suspended_member_is_no_different() -> None:
    make_member(KNOWN, is_active=False)
    paths = [walk("/account/login/", {"login": email}) for email in (KNOWN, UNKNOWN)]
    assert paths[0] == paths[1]


def test_each_attempt_sends_one_mail_under_the_same_subject() -> None:
    make_member(KNOWN)
    for email in (KNOWN, UNKNOWN):
        Client().post("/account/login/", {"login": email})
        Client().post("/account/signup/", {"email": email, "agree": "on"})
    subjects = {
        email: sorted(Mail.objects.filter(to=email).values_list("subject", flat=True))
        for email in (KNOWN, UNKNOWN)
    }
    assert subjects[KNOWN] == subjects[UNKNOWN] == ["Your code", "Your code"]


def test_the_answer_to_a_form_leaves_at_a_full_tick(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(even, "TICK", 0.5)
    monkeypatch.setattr(time, "sleep", waits.append)
    client.get("/account/login/")
    assert waits == []
    client.post("/account/login/", {"login": UNKNOWN})
    assert len(waits) == 1
    assert 0 < waits[0] <= 0.5


def test_a_refusal_holds_up_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(even, "TICK", 0.5)
    monkeypatch.setattr(time, "sleep", waits.append)
    answers = [Client().post("/account/login/", {"login": f"m{number}@example.org"}) for number in range(35)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert len(waits) == len(answers) - len(refused)


ENTRANCE = ("login", "signup", "signup/passkey", "login/code/confirm", "confirm-email")


@pytest.mark.parametrize("place", ENTRANCE)
def test_every_page_of_the_entrance_is_even(place: str) -> None:
    assert resolve(f"/account/{place}/").func.__code__.co_filename == even.__file__
