"""The editor, as its owner walks through it."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from breathingroom.core import clock
from breathingroom.core.tests.generated import generated
from breathingroom.directory import access, photos
from breathingroom.directory.choices import Approach, Identity
from breathingroom.directory.forms import steps
from breathingroom.directory.models import Listing
from breathingroom.directory.tests import cast, pictures
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


@pytest.fixture
def maren(client: Client) -> Member:
    member = make_member("maren@example.org", name="Maren")
    sign_in(client, member)
    return member


def save(client: Client, step: str, follow: bool = True, **data: Any) -> Any:
    return client.post(f"/listing/edit/{step}/", data, follow=follow)


def words(response: Any) -> str:
    return str(response.content.decode())


def mine() -> Listing:
    return Listing.objects.get(member__email="maren@example.org")


COMPLETE: dict[str, dict[str, Any]] = {
    "you": {
        "name": "Maren Oduya",
        "credentials": "PhD",
        "pronouns": "she/her",
        "profession": "psychologist",
        "treating_since": "2012",
        "identities": ["queer", "parent"],
    },
    "work": {
        "roles": ["therapist"],
        "formats": ["online", "in_person"],
        "concerns": ["burnout", "grief"],
        "approaches": ["emdr", "parts"],
    },
    "where": {"place": "US-WA", "spot": "98122", "city": "Seattle", "practice": "Harbour Rooms"},
    "hours": {"monday": "9-12, 14-18:30", "saturday": "10am to noon", "time_zone": "America/Los_Angeles"},
    "fee": {
        "least": "82.50",
        "most": "140",
        "currency": "USD",
        "sliding": "on",
        "pro_bono": "2",
        "languages": ["en", "es"],
    },
    "openings": {"accepting": "on", "openings": "2", "wait_weeks": ""},
    "words": {
        "headline": "For those who hold others",
        "about": "Hello.\r\n\r\nThere.",
        "contact": "a@example.org",
    },
}


def test_a_member_walks_through_all_steps_and_is_found(client: Client, maren: Member) -> None:
    assert "that is fine" in words(client.get("/listing/"))
    assert words(client.post("/listing/start/", follow=True)).count("About you") >= 2
    for step, data in COMPLETE.items():
        assert "Saved in your draft" in words(save(client, step, **data))
    assert "Ready when you are" in words(client.get("/listing/review/"))
    assert "Maren" not in words(Client().get("/find/"))
    assert "Colleagues can find you now" in words(client.post("/listing/publish/", follow=True))
    row = mine()
    assert (row.fee_least, row.fee_most, row.sliding) == (8250, 14000, True)
    assert row.about == "Hello.\n\nThere."
    assert (row.practice, row.spot, row.time_zone) == ("Harbour Rooms", "98122", "America/Los_Angeles")
    assert (row.evenings, row.weekends, row.pro_bono) == (True, True, 2)
    assert sorted(each.code for each in row.approaches.all()) == ["emdr", "parts"]
    assert sorted(each.code for each in row.identities.all()) == ["parent", "queer"]
    assert [str(each) for each in row.hours.all()] == [
        "0 09:00 to 12:00",
        "0 14:00 to 18:30",
        "5 10:00 to 12:00",
    ]
    assert row.openings_confirmed_on == clock.today()
    assert "Maren Oduya, PhD" in words(Client().get("/find/?concern=grief&q=seattle&language=es"))


def test_every_step_is_a_draft_at_once_and_may_be_empty(client: Client, maren: Member) -> None:
    client.post("/listing/start/")
    for step in steps.STEPS:
        response = save(client, step.slug, currency="USD")
        assert response.redirect_chain, step.slug
    page = words(client.get("/listing/review/"))
    assert "Nearly there" in page
    for step in steps.STEPS:
        for need, mend in step.mends.items():
            assert (str(mend) in page) is (need != "openings")  # saving that step confirmed them


def test_what_is_missing_links_to_its_step(client: Client, maren: Member) -> None:
    client.post("/listing/start/")
    assert 'href="/listing/edit/where/">Say where you sit' in words(client.get("/listing/"))
    response = client.post("/listing/publish/", follow=True)
    assert "Not published yet" in words(response)
    assert mine().state == "draft"


def test_a_published_step_is_live_and_says_so(client: Client, maren: Member) -> None:
    cast.listing(maren)
    response = save(client, "where", place="US-ID", city="Boise", then="hub")
    assert "this shows now" in words(response)
    assert response.request["PATH_INFO"] == "/listing/"
    assert "Boise" in words(Client().get(f"/find/{mine().pk}/"))


def test_a_paused_listing_is_saved_unseen(client: Client, maren: Member) -> None:
    cast.listing(maren, state="paused")
    assert "nobody sees it yet" in words(save(client, "where", place="US-ID", city="Boise"))


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("you", {"name": "", "profession": "psychologist"}),
        ("work", {"roles": [], "formats": ["online"], "concerns": ["burnout"]}),
        ("where", {"place": ""}),
        ("fee", {"currency": "USD", "languages": []}),
        ("words", {"headline": "", "contact": "a@example.org"}),
    ],
)
def test_a_published_listing_cannot_lose_what_it_needs(
    client: Client, maren: Member, step: str, data: dict[str, Any]
) -> None:
    before = cast.listing(maren).facts()
    assert "This field is required" in words(save(client, step, **data))
    assert mine().facts() == before


def test_a_listing_published_in_another_window_is_judged_again(client: Client, maren: Member) -> None:
    row = cast.listing(maren)
    Listing.objects.filter(pk=row.pk).update(headline="")
    page = words(save(client, "where", place="US-ID", city="Boise"))
    assert "Write one sentence about your work" in page
    assert "Boise" in page
    assert mine().city == "Seattle"


@pytest.mark.parametrize(
    ("step", "data", "error"),
    [
        ("you", {"treating_since": str(clock.today().year + 1)}, "has not come yet"),
        ("you", {"treating_since": "14"}, "greater than or equal to 1940"),
        ("you", {"name": "a\x00b"}, "Null characters"),
        ("work", {"concerns": ["weather"]}, "not one of the available choices"),
        ("fee", {"least": "140", "most": "90", "currency": "USD"}, "less than where the fee begins"),
        ("fee", {"least": "1e9", "currency": "USD"}, "less than or equal to 100000"),
        ("openings", {"accepting": "on", "openings": "-1"}, "greater than or equal to 0"),
        ("words", {"headline": "x" * 141}, "at most 140"),
        ("you", {"identities": list(Identity.values[:7])}, "Choose six at most"),
        ("work", {"approaches": list(Approach.values[:9])}, "Choose eight at most"),
        ("where", {"place": "US-WA", "spot": "Nowhere"}, "do not know this place"),
        ("where", {"place": "US-WA", "spot": "09001"}, "do not know this place"),
        ("where", {"place": "US-WA", "spot": "９８１０１"}, "do not know this place"),
        ("where", {"place": "US-WA", "spot": "Toronto"}, "seems to be Toronto, Ontario, outside"),
        ("fee", {"currency": "USD", "pro_bono": "21"}, "less than or equal to 20"),
        ("hours", {"monday": "sometimes", "time_zone": "America/Boise"}, "cannot be read: “sometimes”"),
        ("hours", {"sunday": "22-2", "time_zone": "America/Boise"}, "ends before it begins"),
        ("hours", {"monday": "9-12", "time_zone": "Mars/Olympus"}, "not one of the available choices"),
        ("hours", {"monday": "9-12", "time_zone": ""}, "Hours need a time zone"),
    ],
)
def test_an_error_is_in_the_form_and_the_words_are_kept(
    client: Client, maren: Member, step: str, data: dict[str, Any], error: str
) -> None:
    client.post("/listing/start/")
    page = words(save(client, step, **data))
    assert error in page
    for typed in ("headline", "spot", "monday", "sunday"):
        assert data.get(typed, "") in page


def test_more_than_twenty_concerns_say_nothing(client: Client, maren: Member) -> None:
    from breathingroom.core.concerns import CONCERNS

    client.post("/listing/start/")
    page = words(save(client, "work", concerns=[concern.code for concern in CONCERNS[:21]]))
    assert "Choose 20 at most" in page


def test_openings_without_accepting_are_none(client: Client, maren: Member) -> None:
    client.post("/listing/start/")
    save(client, "openings", openings="3", wait_weeks="0")
    assert (mine().openings, mine().accepting, mine().wait_weeks) == (0, False, None)


def test_a_spot_says_city_and_zone_where_nothing_else_does(client: Client, maren: Member) -> None:
    client.post("/listing/start/")
    save(client, "where", place="US-WA", spot="98101-1234")
    assert (mine().spot, mine().city, mine().time_zone) == ("98101", "Seattle", "America/Los_Angeles")
    assert 'value="Seattle, WA 98101"' in words(client.get("/listing/edit/where/"))
    save(client, "where", place="US-ID", spot="Boise", city="North End, Boise")
    assert (mine().city, mine().time_zone) == ("North End, Boise", "America/Los_Angeles")
    save(client, "where", place="US-ID")
    assert mine().spot == ""


def test_hours_begin_with_the_zone_of_the_place(client: Client, maren: Member) -> None:
    cast.listing(maren)
    assert 'value="America/Los_Angeles" selected' in words(client.get("/listing/edit/hours/"))


def test_one_line_of_hours_is_enough_for_a_working_week(client: Client, maren: Member) -> None:
    cast.listing(maren)
    save(client, "hours", monday="9-17", wednesday="13-18", alike="on", time_zone="America/Los_Angeles")
    week = [(row.weekday, row.begins.hour, row.ends.hour) for row in mine().hours.all()]
    assert week == [(0, 9, 17), (1, 9, 17), (2, 13, 18), (3, 9, 17), (4, 9, 17)]
    assert (mine().evenings, mine().weekends) == (False, False)
    page = words(client.get("/listing/edit/hours/"))
    assert page.count('value="09:00–17:00"') == 4
    assert "checked" not in page.partition('id="id_alike"')[2][:20]
    save(client, "hours", time_zone="")
    assert not mine().hours.exists()


def test_one_fee_is_a_range_of_one(client: Client, maren: Member) -> None:
    client.post("/listing/start/")
    save(client, "fee", most="90", currency="USD")
    assert (mine().fee_least, mine().fee_most) == (9000, 9000)
    assert 'value="90"' in words(client.get("/listing/edit/fee/"))
    save(client, "fee", least="82.50", most="", currency="USD")
    assert 'value="82.50"' in words(client.get("/listing/edit/fee/"))
    save(client, "fee", currency="USD")
    assert mine().fee_least is None


def test_common_languages_and_the_chosen_ones_come_before_the_fold(client: Client, maren: Member) -> None:
    cast.listing(maren, languages=("en", "uk"))
    page = words(client.get("/listing/edit/fee/"))
    order = [page.index(f'value="{code}"') for code in ("en", "es", "uk")]
    assert order == sorted(order)
    assert page.index('value="uk"') < page.index("More languages") < page.index('value="ar"')
    assert "data-keep" in page
    page = words(save(client, "fee", least="9", most="1", currency="USD", languages=["en", "cy"]))
    assert page.index('value="cy"') < page.index("More languages") < page.index('value="uk"')


# -- photograph ----------------------------------------------------------------------------------
def upload(data: bytes, name: str = "me.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def test_a_photograph_is_taken_cleaned_and_removed(client: Client, maren: Member) -> None:
    client.post("/listing/start/")
    save(client, "words", headline="Hello", picture=upload(pictures.jpeg()))
    kept = photos.read(mine().photo)
    assert kept
    assert b"SECRETCAMERA" not in kept
    assert "Delete the photograph" in words(client.get("/listing/edit/words/"))
    assert "is deleted" in words(client.post("/listing/photo/remove/", follow=True))
    assert mine().photo == ""


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"not a picture", "not a picture we can read"), (b"x" * (photos.MOST_BYTES + 1), "larger than 8 MB")],
)
def test_an_unusable_photograph_is_refused_and_the_words_are_kept(
    client: Client, maren: Member, data: bytes, error: str
) -> None:
    client.post("/listing/start/")
    page = words(save(client, "words", headline="Hello there", picture=upload(data)))
    assert error in page
    assert 'value="Hello there"' in page
    assert mine().photo == ""


# -- the hub -------------------------------------------------------------------------------------
def test_openings_are_confirmed_by_one_click(client: Client, maren: Member) -> None:
    cast.listing(maren, openings_confirmed_on=clock.today() - dt.timedelta(days=45))
    assert "no longer count as open" in words(client.get("/listing/"))
    page = words(client.post("/listing/confirm/", follow=True))
    assert "confirmed today" in page
    assert "no longer count" not in page


def test_pause_and_resume(client: Client, maren: Member) -> None:
    cast.listing(maren)
    assert "Paused" in words(client.post("/listing/pause/", follow=True))
    assert client.post("/listing/pause/").status_code == 404
    assert "Published" in words(client.post("/listing/publish/", follow=True))


def test_deleting_asks_for_the_name(client: Client, maren: Member) -> None:
    cast.listing(maren)
    assert "Nothing was deleted" in words(client.post("/listing/delete/", {"typed": "maren"}))
    assert "To delete it, type this" in words(client.post("/listing/delete/", {"typed": ""}))
    page = words(client.post("/listing/delete/", {"typed": "Maren Oduya"}, follow=True))
    assert "Nothing of your listing is left" in page
    assert not Listing.objects.exists()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("edit/where", {"place": "US-ID", "city": "Boise"}),
        ("delete", {"typed": "Maren Oduya"}),
        ("publish", {}),
        ("pause", {}),
        ("confirm", {}),
        ("photo/remove", {}),
    ],
)
def test_what_another_window_deleted_meanwhile_is_not_there(
    client: Client, maren: Member, monkeypatch: pytest.MonkeyPatch, path: str, data: dict[str, str]
) -> None:
    """The page still finds the listing; the write, a moment later, does not."""
    stale = cast.listing(maren)
    monkeypatch.setattr(access, "own", lambda _member: stale)
    Listing.objects.all().delete()
    assert client.post(f"/listing/{path}/", data).status_code == 404


def test_without_a_licence_the_hub_says_what_that_means(client: Client, maren: Member) -> None:
    cast.listing(maren)
    assert "You have listed no licence" in words(client.get("/listing/"))
    cast.licence(maren)
    assert "You have listed no licence" not in words(client.get("/listing/"))
    assert "You have listed one licence." in words(client.get("/listing/edit/where/"))


WITHOUT = [
    ("get", "/listing/review/"),
    ("get", "/listing/preview/"),
    ("get", "/listing/edit/you/"),
    ("post", "/listing/edit/you/"),
    ("post", "/listing/publish/"),
    ("post", "/listing/pause/"),
    ("post", "/listing/confirm/"),
    ("post", "/listing/photo/remove/"),
    ("get", "/listing/delete/"),
    ("post", "/listing/delete/"),
]


@pytest.mark.parametrize(("method", "path"), WITHOUT)
def test_without_a_listing_there_is_nothing_to_edit(
    client: Client, maren: Member, method: str, path: str
) -> None:
    assert getattr(client, method)(path).status_code == 404


@pytest.mark.parametrize(("method", "path"), [*WITHOUT, ("get", "/listing/"), ("post", "/listing/start/")])
def test_a_visitor_is_asked_to_sign_in(client: Client, method: str, path: str) -> None:
    response = getattr(client, method)(path)
    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_a_draft_cannot_be_confirmed_and_an_unknown_step_is_none(client: Client, maren: Member) -> None:
    client.post("/listing/start/")
    assert client.post("/listing/confirm/").status_code == 404
    assert client.get("/listing/edit/nonsense/").status_code == 404


NAMES = sorted({name for step in steps.STEPS for name in step.form.base_fields} - {"picture"})
anything = st.text(max_size=40) | st.sampled_from(
    ["1", "-1", "9" * 400, "1e99", "NaN", "\x00", "US-WA", "on", "USD"]
)


@generated(12, 40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([step.slug for step in steps.STEPS]),
    st.dictionaries(st.sampled_from(NAMES), anything | st.lists(anything, max_size=3)),
    st.booleans(),
)
def test_no_input_breaks_a_step(
    client: Client, maren: Member, step: str, data: dict[str, Any], live: bool
) -> None:
    Listing.objects.all().delete()
    cast.listing(maren, state="published" if live else "draft")
    clean = {name: _encodable(value) for name, value in data.items()}
    assert client.post(f"/listing/edit/{step}/", clean).status_code in {200, 302}
    assert client.get("/listing/").status_code == 200


def _encodable(value: Any) -> Any:
    if isinstance(value, list):
        return [_encodable(each) for each in value]
    return value.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("codes", [("burnout",), ("burnout", "grief", "sleep")])
def test_the_hub_costs_the_same_however_much_it_holds(
    client: Client, maren: Member, django_assert_num_queries: DjangoAssertNumQueries, codes: tuple[str, ...]
) -> None:
    cast.listing(maren, concerns=codes)
    cast.licence(maren)
    client.get("/listing/")
    with django_assert_num_queries(10):
        client.get("/listing/")
