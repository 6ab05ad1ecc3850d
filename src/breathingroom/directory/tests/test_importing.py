"""A listing from elsewhere: what is read, what is refused, and that nothing is taken unasked."""

import csv
import html
import io
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from breathingroom.core.tests.generated import generated
from breathingroom.directory.forms import importing
from breathingroom.directory.forms.importing import asked, raw
from breathingroom.directory.models import Listing
from breathingroom.directory.tests import cast
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

PERSON: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "Person",
    "name": "Maren Oduya",
    "honorificSuffix": "PhD",
    "jobTitle": "Licensed Clinical Psychologist",
    "description": "<p>I listen.</p><p>To <b>clinicians</b> &amp; others.</p>",
    "slogan": "For those who hold others",
    "url": "https://maren.example.org/",
    "telephone": "+1 206 555 0100",
    "worksFor": {"@type": "MedicalClinic", "name": "Harbour Rooms", "aggregateRating": {"ratingValue": 5}},
    "address": {
        "@type": "PostalAddress",
        "streetAddress": "12 Pine St",
        "addressLocality": "Seattle",
        "addressRegion": "WA",
        "postalCode": "98101",
        "addressCountry": "US",
    },
    "knowsLanguage": ["en", {"@type": "Language", "name": "Spanish"}, "Klingon"],
    "knowsAbout": ["Burnout", "EMDR", "Cognitive Behavioral Therapy (CBT)", "Beekeeping"],
    "priceRange": "$120-$160",
    "openingHours": ["Mo-We,Fr 09:00-12:00", "Sa 10:00-13:00"],
    "review": [{"@type": "Review", "reviewBody": "wonderful"}],
}


@pytest.fixture
def maren(client: Client) -> Member:
    member = make_member("maren@example.org", name="Maren Oduya")
    sign_in(client, member)
    return member


def give(client: Client, text: str) -> str:
    response = client.post("/listing/import/", {"text": text})
    assert response.status_code == 200
    return str(response.content.decode())


def held(page: str) -> dict[str, Any]:
    found = re.search(r'name="held" value="([^"]*)"', page)
    assert found
    return dict(json.loads(html.unescape(found[1])))


def take(client: Client, page: str, *keys: str) -> Any:
    values = json.dumps(held(page))
    return client.post(
        "/listing/import/take/", {"held": values, "take": keys or list(held(page))}, follow=True
    )


def test_schema_org_is_shown_field_by_field_and_saves_nothing(client: Client, maren: Member) -> None:
    page = give(client, json.dumps(PERSON))
    for words in (
        "Licensed",
        "Klingon",
        "Beekeeping",
        "streetAddress",
        "telephone",
        "review",
        "aggregateRating",
    ):
        assert (words in page) is (words != "Licensed"), words
    for words in (
        "I listen.",
        "Harbour Rooms",
        "Seattle",
        "98101",
        "120 – 160",
        "Burnout",
        "EMDR",
        "Psychologist",
    ):
        assert words in page, words
    assert "12 Pine St" not in page
    assert "wonderful" not in page
    assert not Listing.objects.exists()


def test_what_is_taken_is_a_draft_that_can_be_edited(client: Client, maren: Member) -> None:
    page = take(client, give(client, json.dumps(PERSON)))
    assert "Taken over" in page.content.decode()
    row = Listing.objects.get(member=maren)
    assert row.state == "draft"
    assert (row.name, row.credentials, row.profession_id) == ("Maren Oduya", "PhD", "psychologist")
    assert (row.place_id, row.spot, row.city) == ("US-WA", "98101", "Seattle")
    assert (row.practice, row.fee_least, row.fee_most) == ("Harbour Rooms", 12000, 16000)
    assert row.about == "I listen.\n\nTo clinicians & others."
    assert (row.headline, row.contact) == ("For those who hold others", "https://maren.example.org/")
    assert sorted(each.code for each in row.languages.all()) == ["en", "es"]
    assert sorted(each.code for each in row.approaches.all()) == ["cognitive", "emdr"]
    assert [each.code for each in row.concerns.all()] == ["burnout"]
    assert [each.weekday for each in row.hours.all()] == [0, 1, 2, 4, 5]
    assert row.weekends
    assert row.time_zone == "America/Los_Angeles"
    assert row.openings_confirmed_on is None  # a promise with a date is never imported


def test_only_what_is_chosen_changes_and_what_is_there_is_not_ticked(client: Client, maren: Member) -> None:
    row = cast.listing(maren, headline="My own line", city="Tacoma")
    page = give(client, json.dumps(PERSON))
    assert "My own line" in page
    ticked = re.findall(r'name="take" value="(\w+)" checked', page)
    assert "headline" not in ticked
    assert "about" in ticked
    assert "shows at once" in page
    take(client, page, "about")
    row.refresh_from_db()
    assert (row.headline, row.city, row.state) == ("My own line", "Tacoma", "published")
    assert row.about.startswith("I listen.")


def test_a_saved_page_is_read_for_its_data_alone(client: Client, maren: Member) -> None:
    data = json.dumps(PERSON)
    scripts = f"<script>alert(1)</script><script type='application/ld+json'>{data}</script>"
    saved = f"<html><head>{scripts}</head></html>"
    upload = SimpleUploadedFile("me.html", saved.encode())
    page = client.post("/listing/import/", {"file": upload}).content.decode()
    assert held(page)["name"] == {"name": "Maren Oduya"}
    assert "alert(1)" not in page


def test_several_people_are_told_apart_by_name_or_refused(client: Client, maren: Member) -> None:
    other = {"@type": "Person", "name": "Somebody Else", "slogan": "Not mine"}
    page = give(client, json.dumps({"@graph": [other, PERSON]}))
    assert "Not mine" not in page
    page = give(client, json.dumps([other, {**other, "name": "A Third"}]))
    assert "speaks of several people: Somebody Else, A Third" in page


def test_the_template_is_read_back_upright_and_beside(client: Client, maren: Member) -> None:
    template = client.get("/listing/import/listing.csv")
    assert template["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(template.content.decode("utf-8-sig"))))
    filled = {
        "name": "Maren Oduya", "profession": "psychologist", "roles": "therapist; supervisor",
        "formats": "Telehealth, in person", "concerns": "burnout, I cannot sleep at night",
        "languages": "en-US, Spanish",
        "place": "Washington", "spot": "Seattle, WA", "fee_from": "$90", "currency": "USD", "sliding": "yes",
        "pro_bono": "2", "time_zone": "America/Los_Angeles", "monday": "9-5", "treating_since": "2012",
    }  # fmt: skip
    upright, beside = io.StringIO(newline=""), io.StringIO(newline="")
    csv.writer(upright).writerows([row[0], filled.get(row[0], ""), row[2]] for row in rows)
    csv.writer(beside, delimiter=";").writerows([list(filled), list(filled.values())])
    one, other = held(give(client, upright.getvalue())), held(give(client, beside.getvalue()))
    assert one == other
    assert set(filled) - {"fee_from", "currency", "time_zone", "monday"} | {"fee", "hours"} == set(one)
    take(client, give(client, upright.getvalue()))
    row = Listing.objects.get(member=maren)
    assert (row.therapist, row.supervisor, row.consultant, row.online, row.in_person) == (
        True,
        True,
        False,
        True,
        True,
    )
    assert (row.sliding, row.pro_bono, row.fee_least, row.treating_since) == (True, 2, 9000, 2012)
    assert str(row.hours.get()) == "0 09:00 to 17:00"
    assert "sleep" in {each.code for each in row.concerns.all()}


@pytest.mark.parametrize(
    ("given_", "why"),
    [
        ("", "Paste something, or choose a file"),
        ("hello there", "neither JSON-LD nor the CSV"),
        ("a,b\n1,2", "neither JSON-LD nor the CSV"),
        ("{", "begins like JSON and cannot be read"),
        ("[" * 5000, "cannot be read|nested too deeply"),
        ('{"a":' * 40 + "1" + "}" * 40, "nested too deeply"),
        ('{"a": ' + "9" * 5000 + "}", "cannot be read"),
        ("<html><p>hello</p></html>", "carries no schema.org data"),
        ('{"@type": "Recipe", "name": "Soup"}', "speaks of no person"),
        ("[]", "speaks of no person"),
        ('name,"unclosed\n' + "x" * 200_000, "cannot be read as CSV|neither JSON"),
        ("x" * 300_001, "at most 300000"),
        ("name\x00,value", "Null characters"),
    ],
)
def test_what_cannot_be_read_is_an_error_in_the_form(
    client: Client, maren: Member, given_: str, why: str
) -> None:
    page = html.unescape(give(client, given_))
    assert re.search(why, page)
    assert 'name="text"' in page


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x89PNG\r\n\x00\x00", "not text"),
        (b"x" * (asked.MOST_BYTES + 1), "larger than 300 kB"),
        (b"\xff\xfeb", "not text"),
    ],
)
def test_a_file_that_is_none_is_an_error_in_the_form(
    client: Client, maren: Member, data: bytes, why: str
) -> None:
    page = client.post("/listing/import/", {"file": SimpleUploadedFile("x.csv", data)}).content.decode()
    assert why in page


def test_a_spreadsheet_in_an_old_encoding_is_read(client: Client, maren: Member) -> None:
    upload = SimpleUploadedFile("x.csv", "field,value\ncity,Montréal\n".encode("cp1252"))
    assert held(client.post("/listing/import/", {"file": upload}).content.decode())["city"] == {
        "city": "Montréal"
    }
    upload = SimpleUploadedFile("x.csv", "field,value\ncity,Montréal\n".encode("utf-16"))
    assert held(client.post("/listing/import/", {"file": upload}).content.decode())["city"] == {
        "city": "Montréal"
    }


@pytest.mark.parametrize(
    "values",
    [
        "", "x", "[]", "[" * 5000, '{"name": "x"}', '{"state": {"state": "published"}}',
        '{"name": {"state": "x"}}',
        '{"name": {"name": 5}}', '{"name": {"name": {"a": 1}}}', '{"languages": {"languages": [1]}}',
        '{"contact": {"contact": ["a", "b"]}}', '{"languages": {"languages": "en"}}',
        json.dumps({"about": {"about": "x" * (raw.LONGEST + 1)}}), '{"name": {"name": "a\\u0000b"}}',
    ],
)  # fmt: skip
def test_a_forged_page_takes_nothing(client: Client, maren: Member, values: str) -> None:
    keys = list(raw.LABELS)
    response = client.post("/listing/import/take/", {"held": values, "take": keys})
    assert response.status_code == 302
    assert not Listing.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"languages": {"languages": ["xx"]}},
        {"name": {"name": "x" * 200}},
        {"place": {"place": "XX"}},
        {"hours": {"monday": "never", "time_zone": "America/Boise"}},
        {"fee": {"least": "1e99"}},
    ],
)
def test_what_the_editor_would_refuse_is_refused_here(
    client: Client, maren: Member, values: dict[str, Any]
) -> None:
    response = client.post("/listing/import/take/", {"held": json.dumps(values), "take": list(values)})
    assert "Nothing was saved yet" in response.content.decode()
    assert not Listing.objects.exists()


def test_a_published_listing_cannot_lose_what_it_needs(client: Client, maren: Member) -> None:
    row = cast.listing(maren)
    values: dict[str, Any] = {"roles": {"roles": []}}
    response = client.post("/listing/import/take/", {"held": json.dumps(values), "take": ["roles"]})
    assert "Say whether you are therapist" in response.content.decode()
    row.refresh_from_db()
    assert row.therapist


def test_choosing_nothing_changes_nothing(client: Client, maren: Member) -> None:
    page = give(client, json.dumps(PERSON))
    answer = client.post("/listing/import/take/", {"held": json.dumps(held(page))}, follow=True)
    assert "Nothing was chosen" in answer.content.decode()
    assert not Listing.objects.exists()


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
trees = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*PERSON, "opens", "closes", "dayOfWeek", "price", "@graph", "x"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@generated(20, 60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(
        {"@type": st.just("Person"), "name": st.just("Maren")}, optional=dict.fromkeys([*PERSON][5:], trees)
    )
)
def test_any_json_has_an_answer(client: Client, maren: Member, tree: dict[str, Any]) -> None:
    text = json.dumps({**tree, "@type": "Person", "name": "Maren Oduya"})
    page = give(client, text)
    assert 'name="held"' in page or 'name="text"' in page


@generated(30, 60)
@given(st.text(alphabet='nameroles,;"\n\t 09-:<>{}[]/', max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    try:
        found = importing.meant(importing.read(text, "Maren"))
    except importing.Unreadable as error:
        assert error.why  # noqa: PT017 - either way is right
    else:
        assert set(found) <= set(raw.LABELS)
