"""Reports: made once, decided by a moderator, told neutrally, forgotten."""

import datetime as dt
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from breathingroom.audit.models import Event
from breathingroom.core import clock
from breathingroom.notify.models import Mail
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member, make_moderator, make_operator, sign_in
from breathingroom.safety import queries, reportables
from breathingroom.safety.actions import limits, reports
from breathingroom.safety.adapters import SafetySteward
from breathingroom.safety.models import Report, Sanction
from breathingroom.safety.reportables import Reading
from breathingroom.safety.tasks import forget_reports

pytestmark = pytest.mark.django_db


class Poster:
    """Something that can be reported."""

    kind, name, hides, scope = "test.poster", "Poster", "Take the poster down", "listing"

    def __init__(self, author: Member | None) -> None:
        self.author, self.down = author, False

    def read(self, object_id: str) -> Reading | None:
        return Reading((("It says", "Send money"),), self.author) if object_id != str(GONE) else None

    def take_out_of_sight(self, *, by: Member, object_id: str) -> None:
        self.down = True


GONE = uuid4()
THING = uuid4()


@pytest.fixture
def author() -> Member:
    return make_member("author@example.org", name="Author")


@pytest.fixture
def poster(author: Member) -> Iterator[Poster]:
    made = Poster(author)
    reportables.register(made)
    yield made
    del reportables._known["test.poster"]


@pytest.fixture
def rosa() -> Member:
    return make_member("rosa@example.org", name="Rosa")


@pytest.fixture
def ines() -> Member:
    return make_moderator("ines@example.org", name="Ines")


def made(by: Member, thing: object = THING) -> Report:
    reports.report(by=by, kind="test.poster", object_id=str(thing), reason="scam", words="Look at it")
    return Report.objects.latest("made_at")


def test_a_report_keeps_what_it_said(poster: Poster, rosa: Member, author: Member) -> None:
    row = made(rosa)
    assert (row.about, row.excerpt, row.words) == (author, "It says: Send money", "Look at it")
    assert Event.objects.filter(did="safety.report.made", on_id=str(row.pk)).count() == 1


def test_reporting_again_adds_nothing_while_it_is_open(poster: Poster, rosa: Member, ines: Member) -> None:
    row = made(rosa)
    made(rosa)
    assert Report.objects.count() == 1
    reports.decide(by=ines, report_id=row.pk, decision="dismiss")
    made(rosa)
    assert Report.objects.count() == 2


@pytest.mark.parametrize(("kind", "thing"), [("test.poster", GONE), ("test.nothing", THING)])
def test_what_is_gone_cannot_be_reported(poster: Poster, rosa: Member, kind: str, thing: object) -> None:
    with pytest.raises(reports.Gone):
        reports.report(by=rosa, kind=kind, object_id=str(thing), reason="scam", words="")


def test_nobody_reports_without_end(poster: Poster, rosa: Member) -> None:
    for _ in range(20):
        made(rosa, uuid4())
    with pytest.raises(limits.TooMany):
        made(rosa, uuid4())
    assert Report.objects.count() == 20


def test_a_warning_is_told_neutrally_and_read_on_a_page(
    poster: Poster, rosa: Member, ines: Member, author: Member, client: Client
) -> None:
    row = made(rosa)
    reports.decide(by=ines, report_id=row.pk, decision="warn", said="Please do not ask for money.")
    mail = Mail.objects.get(to=author.email)
    assert "money" not in mail.subject + mail.body
    assert "/said/" in mail.body
    page = sign_in(client, author).get("/said/").content.decode()
    assert "Please do not ask for money." in page
    assert "Rosa" not in page
    assert "Please do not ask" not in sign_in(Client(), rosa).get("/said/").content.decode()


def test_hiding_takes_it_out_of_sight_until_lifted(
    poster: Poster, rosa: Member, ines: Member, author: Member
) -> None:
    reports.decide(by=ines, report_id=made(rosa).pk, decision="hide")
    assert poster.down
    assert queries.holds_back(author, "listing")
    reports.lift(by=ines, sanction_id=Sanction.objects.get().pk)
    assert not queries.holds_back(author, "listing")
    with pytest.raises(reports.Gone):
        reports.lift(by=ines, sanction_id=uuid4())


def test_suspending_shuts_the_member_out(
    poster: Poster, rosa: Member, ines: Member, author: Member, client: Client
) -> None:
    reports.decide(by=ines, report_id=made(rosa).pk, decision="suspend", said="You asked for money.")
    author.refresh_from_db()
    assert not author.is_active
    mail = Mail.objects.get(to=author.email)
    assert "money" not in mail.body
    assert Event.objects.filter(did="safety.report.suspend").exists()


def test_a_decision_is_taken_once_and_only_by_a_moderator(
    poster: Poster, rosa: Member, ines: Member, author: Member
) -> None:
    row = made(rosa)
    for wrong in (rosa, author, make_operator()):
        with pytest.raises(reports.NoModerator):
            reports.decide(by=wrong, report_id=row.pk, decision="dismiss")
        with pytest.raises(reports.NoModerator):
            reports.lift(by=wrong, sanction_id=uuid4())
    reports.decide(by=ines, report_id=row.pk, decision="dismiss")
    with pytest.raises(reports.Gone):
        reports.decide(by=ines, report_id=row.pk, decision="suspend", said="x")


def test_nobody_decides_about_themselves_what_they_reported_or_about_power(
    poster: Poster, ines: Member
) -> None:
    other = make_moderator("other@example.org")
    own = made(ines)
    assert queries.possible(own, ines) == []
    assert queries.possible(own, other) == ["dismiss", "warn", "hide", "suspend"]
    poster.author = other
    about_power = made(make_member("nora@example.org"))
    assert queries.possible(about_power, other) == []
    assert queries.possible(about_power, ines) == ["dismiss", "warn", "hide"]
    with pytest.raises(reports.NotPossible):
        reports.decide(by=ines, report_id=about_power.pk, decision="suspend", said="x")
    poster.author = None
    assert queries.possible(made(make_member("lena@example.org")), ines) == ["dismiss", "hide"]


def test_the_desk_is_for_moderators_who_showed_a_second_factor(
    poster: Poster, rosa: Member, ines: Member, author: Member
) -> None:
    row = made(rosa)
    for who in (rosa, author, make_operator()):
        client = sign_in(Client(), who)
        assert client.get("/safety/desk/").status_code == 404
        assert client.get(f"/safety/desk/{row.pk}/").status_code == 404
    client = sign_in(Client(), ines)
    assert "Poster: It looks like a scam" in client.get("/safety/desk/").content.decode()
    page = client.get(f"/safety/desk/{row.pk}/").content.decode()
    assert "Send money" in page
    assert "Rosa" not in page
    assert "rosa@example.org" not in page
    assert client.get(f"/safety/desk/{uuid4()}/").status_code == 404


def test_the_desk_decides_and_lifts(poster: Poster, rosa: Member, ines: Member) -> None:
    row, client = made(rosa), sign_in(Client(), ines)
    page = client.post(f"/safety/desk/{row.pk}/", {"decision": "warn", "said": ""}).content.decode()
    assert "Say why" in page
    given = {"decision": "hide", "said": "Please stop."}
    assert client.post(f"/safety/desk/{row.pk}/", given).status_code == 302
    page = client.get(f"/safety/desk/{row.pk}/").content.decode()
    assert "Lift this" in page
    client.post("/safety/desk/lift/", {"sanction": str(Sanction.objects.get().pk)})
    assert not Sanction.objects.exists()
    assert client.post("/safety/desk/lift/", {"sanction": str(uuid4())}).status_code == 404
    again = client.post(f"/safety/desk/{row.pk}/", {"decision": "dismiss"}, follow=True).content.decode()
    assert "Somebody else has decided" in again


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_as_often_for_many(
    count: int, poster: Poster, rosa: Member, ines: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        made(rosa, uuid4())
    client = sign_in(Client(), ines)
    client.get("/safety/desk/")
    with django_assert_num_queries(4):
        client.get("/safety/desk/")


def test_decided_reports_are_forgotten(
    poster: Poster, rosa: Member, ines: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports.decide(by=ines, report_id=made(rosa).pk, decision="dismiss")
    made(rosa)
    later = clock.now() + dt.timedelta(days=91)
    monkeypatch.setattr(clock, "now", lambda: later)
    forget_reports()
    assert [row.is_open for row in Report.objects.all()] == [True]


def test_the_steward_shows_exports_and_erases(
    poster: Poster, rosa: Member, ines: Member, author: Member
) -> None:
    steward, row = SafetySteward(), made(rosa)
    reports.decide(by=ines, report_id=row.pk, decision="hide", said="Please stop.")
    made(rosa)
    assert len(steward.holds(rosa)) == len(steward.holds(author)) == 1
    assert steward.holds(ines) == []
    assert steward.export(rosa)["reported"][0]["words"] == "Look at it"
    told = steward.export(author)
    assert (told["decided"][0]["said"], told["sanctions"][0]["scope"]) == ("Please stop.", "listing")
    assert "Look at it" not in str(told)
    steward.suspend(member=rosa)
    assert len(steward.erase(member=rosa)) == 1
    assert Report.objects.filter(reporter=None).count() == 2
    assert steward.erase(member=author) == []
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("report_reason_is_known", {"reason": "?"}),
        ("report_decision_is_known", {"decision": "?", "decided_at": clock.now()}),
        ("report_decision_has_a_time", {"decision": "warn"}),
    ],
)
def test_the_database_refuses_a_report(constraint: str, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Report.objects.create(**{"kind": "x", "object_id": "1", "reason": "scam", "excerpt": "x", **wrong})


def test_report_is_open_once(rosa: Member) -> None:
    same = {"reporter": rosa, "kind": "x", "object_id": "1", "reason": "scam", "excerpt": "x"}
    Report.objects.create(**same)
    with pytest.raises(IntegrityError, match=r"report_is_open_once|reporter_id"), transaction.atomic():
        Report.objects.create(**same)


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [("sanction_once_a_scope|member_id", {}), ("sanction_scope_is_known", {"scope": "?"})],
)
def test_the_database_refuses_a_sanction(rosa: Member, constraint: str, wrong: dict[str, str]) -> None:
    Sanction.objects.create(member=rosa, scope="listing")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Sanction.objects.create(**{"member": rosa, "scope": "listing", **wrong})
