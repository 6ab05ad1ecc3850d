"""An NPI is read with care, and the register's answer fills in a form or nothing."""

import json
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from breathingroom.licensure import npi
from breathingroom.licensure.npi import number as numbers
from breathingroom.licensure.npi import wire
from breathingroom.licensure.tests.register import NUMBER, Asked, Say, Server, one, person, saying, serving

GOOD = ["1234567893", "1000000004", "1999999992", "1500000009", "2000000002", "2345678900", "1876543210"]


# -- the number ----------------------------------------------------------------------------------
@pytest.mark.parametrize("number", GOOD)
def test_a_good_number_is_read(number: str) -> None:
    assert npi.read(number) == npi.read(f"80840{number}") == number


@pytest.mark.parametrize(
    "typed", [" 1234 567 893 ", "1234-567-893", "80840 1234567893", "123456\u2011789\u20133"]
)
def test_spaces_and_dashes_are_nothing(typed: str) -> None:
    assert npi.read(typed) == NUMBER


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("123456789O", numbers.OTHER_SIGNS),
        ("NPI 1234567893", numbers.OTHER_SIGNS),
        ("١٢٣٤٥٦٧٨٩٣", numbers.OTHER_SIGNS),
        ("1234567893\0", numbers.OTHER_SIGNS),
        ("808411234567893", numbers.NO_CARD),
        ("9999999995", numbers.WRONG_START),
        ("9941339100", numbers.WRONG_START),
        ("0000000000", numbers.WRONG_START),
        ("808400000000000", numbers.WRONG_START),
        ("1234567890", numbers.WRONG_CHECK),
        ("808401234567890", numbers.WRONG_CHECK),
    ],
)
def test_each_fault_has_its_sentence(typed: str, why: str) -> None:
    with pytest.raises(npi.BadNumber) as error:
        npi.read(typed)
    assert error.value.why is why


@pytest.mark.parametrize(
    ("typed", "count"), [("123456789", 9), ("12345678933", 11), ("", 0), ("1" * 5000, 5000)]
)
def test_a_wrong_length_is_counted(typed: str, count: int) -> None:
    with pytest.raises(npi.BadNumber, match=f"This one has {count}."):
        npi.read(typed)


@given(st.text(max_size=30))
def test_anything_is_a_number_or_refused(text: str) -> None:
    with suppress(npi.BadNumber):
        assert len(npi.read(text)) == 10


@given(st.sampled_from(GOOD), st.integers(1, 9), st.integers(1, 9))
def test_one_mistyped_digit_is_always_found(number: str, place: int, more: int) -> None:
    wrong = (int(number[place]) + more) % 10
    assert not numbers.fits(f"{number[:place]}{wrong}{number[place + 1 :]}")


def test_a_field_gives_the_digits_or_the_sentence() -> None:
    class Form(forms.Form):
        npi = npi.NpiField()

    assert _cleaned(Form, "80840-1234567893") == NUMBER
    assert _cleaned(Form, "") == ""
    wrong = Form({"npi": "1234567890"})
    assert wrong.errors["npi"] == [str(numbers.WRONG_CHECK)]
    assert Form({"npi": "12\0"}).errors
    assert Form({"npi": "1" * 100}).errors


def _cleaned(form: type[forms.Form], text: str) -> str:
    bound = form({"npi": text})
    assert bound.is_valid()
    return str(bound.cleaned_data["npi"])


# -- the register --------------------------------------------------------------------------------
@pytest.fixture
def facts_loaded(loaded: None) -> None:
    """The packaged professions and places."""


def asked(settings: Settings, server: Server) -> npi.Prefill | None:
    settings.NPPES_URL = server.url
    return npi.look_up(NUMBER)


@pytest.mark.usefixtures("loaded")
def test_a_person_is_proposed_and_addresses_stay_outside(settings: Settings) -> None:
    with serving(saying(one())) as server:
        found = asked(settings, server)
    assert found == npi.Prefill("Nora O'Example", "Psy.D.", "psychologist", "US-OH")
    said = json.dumps(asdict(found))
    for closed in ("HOME", "614", "43215", "TX", "P.1"):
        assert closed not in said
    assert server.queries() == [{"version": ["2.1"], "number": [NUMBER]}]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("103T00000X", "psychologist"),
        ("103TS0200X", "school_psychologist"),
        ("1041C0700X", "clinical_social_worker"),
        ("104100000X", ""),
        ("000000000X", ""),
        ("", ""),
    ],
)
def test_a_code_names_one_profession_or_none(settings: Settings, code: str, slug: str) -> None:
    with serving(saying(one(taxonomies=[{"code": code, "primary": True, "state": "ZZ"}]))) as server:
        found = asked(settings, server)
    assert found
    assert (found.profession, found.state) == (slug, "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "odd",
    [
        {"basic": None, "taxonomies": None},
        {"basic": [], "taxonomies": {}},
        {"basic": {"first_name": 7, "last_name": ["x"], "credential": None}, "taxonomies": [None, 1, {}]},
        {"basic": {"first_name": "--", "credential": "--"}, "taxonomies": [{"code": {}, "state": 5}]},
        {"taxonomies": [{"code": "\0", "state": "\0\0", "primary": "yes"}], "basic": {"first_name": "\0"}},
    ],
)
def test_odd_shapes_propose_nothing(settings: Settings, odd: dict[str, Any]) -> None:
    with serving(saying(one(**odd))) as server:
        assert asked(settings, server) == npi.Prefill("", "", "", "")


@pytest.mark.django_db
def test_long_and_hidden_words_are_cut(settings: Settings) -> None:
    basic = {"first_name": "A\u202eb\nc", "last_name": "X" * 9000, "credential": "Y" * 9000}
    with serving(saying(one(basic=basic))) as server:
        found = asked(settings, server)
    assert found
    assert found.name.startswith("A b c X")
    assert (len(found.name), len(found.credential)) == (66, 80)


@pytest.mark.parametrize(
    "what",
    [{"result_count": 0, "results": []}, {"result_count": 1, "results": [person(number="1999999992")]}],
)
def test_no_such_number_is_nothing(settings: Settings, what: object) -> None:
    with serving(saying(what)) as server:
        assert asked(settings, server) is None


def test_an_organisation_is_none_of_ours(settings: Settings) -> None:
    body = {"result_count": 1, "results": [{"number": NUMBER, "enumeration_type": "NPI-2", "basic": {}}]}
    with serving(saying(body)) as server, pytest.raises(npi.AnOrganisation):
        asked(settings, server)


ERRORS = {"Errors": [{"description": "CMS deactivated NPI", "field": "number", "number": "09"}]}
BAD: dict[str, tuple[Say, str]] = {
    "errors under 200": (saying(ERRORS), "an error of theirs"),
    "errors beside results": (saying({**ERRORS, **one()}), "an error of theirs"),
    "a list": (saying([1]), "an error of theirs"),
    "results are none": (saying({"result_count": 1, "results": None}), "an error of theirs"),
    "html": (lambda a: a.answer(b"<html>Maintenance</html>", kind="text/html"), "not JSON"),
    "html that says json": (lambda a: a.answer(b"<html>"), "not JSON"),
    "bad bytes": (lambda a: a.answer(b'{"results": "\xff\xfe"}'), "not JSON"),
    "deep": (lambda a: a.answer(b"[" * 100_000), "not JSON"),
    "500": (lambda a: a.answer(b"{}", status=500), "status 500"),
    "503 in html": (lambda a: a.answer(b"<html>", status=503, kind="text/html"), "status 503"),
    "huge": (lambda a: a.answer(b'"' + b"x" * (1 << 20) + b'"'), "too large"),
    "shorter than said": (lambda a: a.answer(b"{}", said="900"), "cut short"),
    "nothing": (lambda a: a.connection.close(), "RemoteDisconnected|ConnectionResetError"),
    "no http": (lambda a: a.wfile.write(b"hello\r\n\r\n"), "BadStatusLine"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_is_no_answer(settings: Settings, name: str) -> None:
    say, why = BAD[name]
    with serving(say) as server, pytest.raises(npi.Unavailable, match=why):
        asked(settings, server)


def test_a_redirect_is_not_followed(settings: Settings) -> None:
    def say(a: Asked) -> None:
        a.answer(b"", status=302, to=elsewhere.url)

    with serving(saying(one())) as elsewhere, serving(say) as server:
        with pytest.raises(npi.Unavailable, match="status 302"):
            asked(settings, server)
        assert len(server.asked) == 1
        assert not elsewhere.asked


def test_no_proxy_of_the_environment_is_asked(settings: Settings, monkeypatch: Any) -> None:
    with serving(saying({"result_count": 0, "results": []})) as server, serving(saying({})) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        assert asked(settings, server) is None
        assert not proxy.asked


def _silent(a: Asked) -> None:
    a.server.hung_up.wait(5)


def _slow_head(a: Asked) -> None:
    a.drip(b"HTTP/1.1 200 OK\r\n" + b"X-Slow: y\r\n" * 200, 0.02)


def _slow_body(a: Asked) -> None:
    a.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    a.drip(b" " * 2000, 0.02)


@pytest.mark.parametrize("say", [_silent, _slow_head, _slow_body])
def test_slow_is_cut_off(settings: Settings, monkeypatch: pytest.MonkeyPatch, say: Say) -> None:
    monkeypatch.setattr(wire, "SECONDS", 0.3)
    with serving(say) as server:
        began = time.monotonic()
        with pytest.raises(npi.Unavailable, match="too late"):
            asked(settings, server)
        assert time.monotonic() - began < 2
        assert _places_are_free()


def _places_are_free() -> bool:
    """Whether every request has ended and given its place back, soon after."""
    held = [wire._room.acquire(timeout=3) for _ in range(wire.AT_ONCE)]
    for _taken in filter(None, held):
        wire._room.release()
    return all(held)


def test_a_slow_name_server_holds_nobody_up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    asleep = threading.Event()
    monkeypatch.setattr(wire, "SECONDS", 0.2)
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: asleep.wait(5) or [])
    settings.NPPES_URL = "http://register.example/"
    began = time.monotonic()
    with pytest.raises(npi.Unavailable, match="too late"):
        npi.look_up(NUMBER)
    assert time.monotonic() - began < 2
    asleep.set()
    assert _places_are_free()


def test_few_are_asked_at_once(settings: Settings) -> None:
    held = [wire._room.acquire(blocking=False) for _ in range(wire.AT_ONCE)]
    try:
        with serving(saying(one())) as server, pytest.raises(npi.Unavailable, match="busy"):
            asked(settings, server)
        assert not server.asked
    finally:
        for _taken in held:
            wire._room.release()


def test_nobody_listens(settings: Settings) -> None:
    with serving(saying(one())) as server:
        settings.NPPES_URL = server.url
    with pytest.raises(npi.Unavailable, match="ConnectionRefused"):
        npi.look_up(NUMBER)


def test_without_an_address_nothing_is_asked(settings: Settings) -> None:
    settings.NPPES_URL = ""
    assert not npi.is_on()
    with pytest.raises(npi.Unavailable, match="off"):
        npi.look_up(NUMBER)


def test_who_we_ask_learns_only_the_number(settings: Settings) -> None:
    heads: list[dict[str, str]] = []

    def say(a: Asked) -> None:
        heads.append(dict(a.headers))
        saying({"result_count": 0, "results": []})(a)

    with serving(say) as server:
        asked(settings, server)
    assert set(heads[0]) == {"Host", "Accept-Encoding", "Accept", "User-Agent", "Connection"}
