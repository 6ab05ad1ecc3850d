"""The pages of enquiries: for whom, what they say, and that nothing there tells what it should not."""

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from breathingroom.core import clock
from breathingroom.directory.actions import answers, enquiries, listings
from breathingroom.directory.models import Enquiry, EnquiryBlock, Hiding, Listing, ResponseMonth
from breathingroom.directory.queries import hiding
from breathingroom.directory.tests import cast, enquiring
from breathingroom.directory.tests.enquiring import accept, decline, send, visitor
from breathingroom.notify.models import Mail
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member, make_moderator, sign_in
from breathingroom.safety.actions import reports
from breathingroom.safety.models import Report, Sanction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

FORM = {"role": "therapist", "name": "Rosa", "reach": "+1 206 555 0100", "times": "Evenings"}


@pytest.fixture
def maren() -> Listing:
    return cast.listing(supervisor=True)


@pytest.fixture
def rosa() -> Member:
    return make_member("rosa@example.org", name="Rosa")


def read(client: Client, path: str) -> str:
    return client.get(path).content.decode()


# -- writing -------------------------------------------------------------------------------------
def test_the_way_in_is_on_the_listings_page(client: Client, maren: Listing) -> None:
    assert f'href="/find/{maren.pk}/write/"' in read(client, f"/find/{maren.pk}/")
    sign_in(client, maren.member)
    page = read(client, f"/find/{maren.pk}/")
    assert "/write/" not in page
    assert "/report/" not in page


def test_no_field_asks_why_and_the_page_says_so(client: Client, maren: Listing) -> None:
    page = read(client, f"/find/{maren.pk}/write/")
    assert "You need not say why" in page
    assert "never both" in page
    assert [name for name in ("reason", "message", "concern", "words") if f'name="{name}"' in page] == []


def test_who_offers_one_thing_is_asked_for_that(client: Client) -> None:
    listing = cast.listing()
    page = read(client, f"/find/{listing.pk}/write/")
    assert '<input type="hidden" name="role" value="therapist"' in page
    assert "never both" not in page


def test_a_member_sends(client: Client, maren: Listing, rosa: Member) -> None:
    sign_in(client, rosa)
    assert 'value="Rosa"' in read(client, f"/find/{maren.pk}/write/")
    answer = client.post(f"/find/{maren.pk}/write/", FORM, follow=True)
    assert answer.redirect_chain == [("/enquiries/sent/", 302)]
    assert "Maren Oduya" in answer.content.decode()
    assert Enquiry.objects.get().member == rosa


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client: Client, maren: Listing) -> None:
    page = client.post(f"/find/{maren.pk}/write/", {**FORM, "email": "nobody", "role": "?"}).content.decode()
    assert 'aria-invalid="true"' in page
    assert "+1 206 555 0100" in page
    assert not Enquiry.objects.exists()


def test_a_visitor_goes_all_the_way(client: Client, maren: Listing) -> None:
    known = enquiring.seen()
    answer = client.post(f"/find/{maren.pk}/write/", {**FORM, "email": "visitor@example.org"}, follow=True)
    assert answer.redirect_chain == [("/waiting/look/", 302)]
    path = enquiring.link("visitor@example.org", known)
    for _ in range(2):  # a machine that opens links sends nothing
        assert "Send this to Maren Oduya, PhD?" in read(client, path)
    assert Enquiry.objects.get().state == "new"
    assert "On its way" in client.post(path, {"then": "send"}, follow=True).content.decode()
    assert client.get(path).status_code == 404
    row, known = Enquiry.objects.get(), enquiring.seen()
    sign_in(Client(), maren.member).post(f"/enquiries/{row.pk}/", {"line": "yes_room", "words": "On Monday"})
    path = enquiring.link("visitor@example.org", known)
    page = read(client, path)
    assert "On Monday" in page
    assert "glad to talk" in page
    assert "Erased" in client.post(path, {"then": "erase"}, follow=True).content.decode()
    assert not Enquiry.objects.exists()


def test_a_visitor_throws_it_away(client: Client, maren: Listing) -> None:
    path = enquiring.draft(maren)
    assert client.post(path, {"then": "nonsense"}).status_code == 200
    assert client.post(path, {"then": "erase"}).status_code == 302
    assert not Enquiry.objects.exists()


def test_a_link_that_is_refused_says_why_and_still_works(client: Client, maren: Listing) -> None:
    visitor(maren)
    path = enquiring.draft(maren)
    assert "waits for their answer" in client.post(path, {"then": "send"}).content.decode()
    decline(Enquiry.objects.get(state="waiting"))
    assert client.post(path, {"then": "send"}).status_code == 302


def test_too_many_is_said_with_when_again(client: Client, rosa: Member) -> None:
    sign_in(client, rosa)
    for number in range(5):
        send(rosa, cast.listing(f"c{number}@example.org"))
    last = cast.listing("last@example.org")
    page = client.post(f"/find/{last.pk}/write/", FORM).content.decode()
    assert "You can go on at" in page
    assert "+1 206 555 0100" in page


def test_too_many_visitors_from_one_address_are_told_so(client: Client, maren: Listing) -> None:
    for number in range(10):
        client.post(f"/find/{maren.pk}/write/", {**FORM, "email": f"v{number}@example.org"})
    page = client.post(f"/find/{maren.pk}/write/", {**FORM, "email": "v@example.org"}).content.decode()
    assert "You can go on at" in page
    assert Enquiry.objects.count() == 10


def test_the_rule_of_one_role_is_told_to_both(client: Client, maren: Listing, rosa: Member) -> None:
    other = send(rosa, maren, role="supervisor")
    accept(send(rosa, maren))
    sign_in(client, maren.member)
    assert "you can only decline this" in read(client, f"/enquiries/{other.pk}/")
    page = client.post(f"/enquiries/{other.pk}/", {"line": "yes_room"}).content.decode()
    assert "You two have agreed on therapist" in page
    decline(other)
    refused = sign_in(Client(), rosa).post(f"/find/{maren.pk}/write/", {**FORM, "role": "supervisor"})
    assert "You two have agreed on therapist" in refused.content.decode()


# -- who finds nothing ---------------------------------------------------------------------------
def test_hidden_paused_and_absent_are_the_same_404(client: Client, maren: Listing, rosa: Member) -> None:
    hidden, paused = cast.listing("a@example.org"), cast.listing("b@example.org", state="paused")
    mark = hiding.marks_of("person", rosa.email)[0]
    Hiding.objects.create(member=hidden.member, kind="person", mark=mark, words=rosa.email, whom=rosa)
    sign_in(client, rosa)
    for verb in ("write", "report"):
        paths = [f"/find/{pk}/{verb}/" for pk in (hidden.pk, paused.pk, uuid4())]
        for answers_ in ([client.get(p) for p in paths], [client.post(p, FORM) for p in paths]):
            assert {answer.status_code for answer in answers_} == {404}
            assert len({answer.content for answer in answers_}) == 1
        assert client.get(f"/find/{maren.pk}/{verb}/").status_code == 200


def test_who_is_hidden_later_is_as_if_the_listing_were_deleted(maren: Listing, rosa: Member) -> None:
    row, client = send(rosa, maren), sign_in(Client(), rosa)
    mark = hiding.marks_of("person", rosa.email)[0]
    Hiding.objects.create(member=maren.member, kind="person", mark=mark, words=rosa.email, whom=rosa)
    hidden = read(client, "/enquiries/sent/")
    assert client.post(f"/enquiries/sent/{row.pk}/withdraw/").status_code == 404
    Listing.objects.filter(pk=maren.pk).delete()
    assert _without_token(read(client, "/enquiries/sent/")) == _without_token(hidden)


def _without_token(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_blocked_member_sees_what_everybody_sees(maren: Listing, rosa: Member) -> None:
    lena = make_member("lena@example.org", name="Rosa")
    answers.block(by=maren.member, enquiry=send(rosa, maren, role="supervisor"))
    Enquiry.objects.all().delete()
    pages = []
    for who in (rosa, lena):
        client = sign_in(Client(), who)
        client.get("/find/")
        answer = client.post(f"/find/{maren.pk}/write/", FORM, follow=True)
        again = client.post(f"/find/{maren.pk}/write/", FORM)
        pages.append(
            [_plain(page.content.decode()) for page in (answer, again, client.get("/enquiries/sent/"))]
        )
    assert pages[0] == pages[1]
    waiting = read(sign_in(Client(), maren.member), "/enquiries/")
    assert waiting.count("<h3>") == 1


def _plain(page: str) -> str:
    for row in Enquiry.objects.all():
        page = page.replace(str(row.pk), "ID")
    return _without_token(page)


def test_a_blocked_visitor_sees_what_everybody_sees(maren: Listing) -> None:
    answers.block(by=maren.member, enquiry=visitor(maren, "blocked@example.org", role="supervisor"))
    known = Mail.objects.filter(to=maren.member.email).count()
    pages = []
    for email in ("blocked@example.org", "welcome@example.org"):
        client, before = Client(), enquiring.seen()
        first = client.post(f"/find/{maren.pk}/write/", {**FORM, "email": email}, follow=True)
        path = enquiring.link(email, before)
        asked, done = client.get(path), client.post(path, {"then": "send"}, follow=True)
        pages.append(
            [_without_token(page.content.decode()).replace(path, "") for page in (first, asked, done)]
        )
    assert pages[0] == pages[1]
    assert Mail.objects.filter(to=maren.member.email).count() == known + 1


def test_only_the_two_of_them_read_it(maren: Listing, rosa: Member) -> None:
    row = send(rosa, maren, reach="zqreach")
    for who in (make_member("other@example.org"), make_moderator(), rosa):
        client = sign_in(Client(), who)
        for path in (f"/enquiries/{row.pk}/", f"/enquiries/{row.pk}/report/"):
            assert client.get(path).status_code == 404
        assert client.post(f"/enquiries/{row.pk}/", {"line": "yes_room"}).status_code == 404
        assert client.post(f"/enquiries/{row.pk}/block/").status_code == 404
    for who in (make_member("third@example.org"), maren.member):
        assert sign_in(Client(), who).post(f"/enquiries/sent/{row.pk}/withdraw/").status_code == 404
    assert "zqreach" in read(sign_in(Client(), maren.member), f"/enquiries/{row.pk}/")
    assert "zqreach" in read(sign_in(Client(), rosa), "/enquiries/sent/")


def test_what_was_taken_back_is_gone_for_the_clinician(maren: Listing, rosa: Member) -> None:
    row, client = send(rosa, maren), sign_in(Client(), maren.member)
    sign_in(Client(), rosa).post(f"/enquiries/sent/{row.pk}/withdraw/")
    assert client.get(f"/enquiries/{row.pk}/").content == client.get(f"/enquiries/{uuid4()}/").content
    assert "Rosa" not in read(client, "/enquiries/")


# -- the clinician -------------------------------------------------------------------------------
def test_an_answer_needs_a_sentence_or_own_words(maren: Listing, rosa: Member) -> None:
    row, client = send(rosa, maren), sign_in(Client(), maren.member)
    for wrong in (
        {},
        {"line": "yes_own", "words": "  "},
        {"line": "?"},
        {"line": "no_fit", "words": "x" * 501},
    ):
        assert client.post(f"/enquiries/{row.pk}/", wrong).status_code == 200
    assert Enquiry.objects.get().is_waiting
    assert client.post(f"/enquiries/{row.pk}/", {"line": "no_fit"}).status_code == 302
    assert "Not this time" in read(client, f"/enquiries/{row.pk}/")


def test_blocking_and_letting_in(maren: Listing, rosa: Member) -> None:
    row, client = send(rosa, maren), sign_in(Client(), maren.member)
    assert (
        "not hear from them again" in client.post(f"/enquiries/{row.pk}/block/", follow=True).content.decode()
    )
    page = read(client, "/enquiries/")
    assert "Let them write again" in page
    assert "Rosa" not in page
    client.post("/enquiries/let-in/", {"block": str(EnquiryBlock.objects.get().pk)})
    assert not EnquiryBlock.objects.exists()
    assert client.post("/enquiries/let-in/", {"block": str(uuid4())}).status_code == 404


def test_hints_stand_beside_what_reminds_of_fraud(maren: Listing, rosa: Member) -> None:
    row, client = send(rosa, maren, times="My assistant will pay by check"), sign_in(Client(), maren.member)
    assert "Read with care" in read(client, "/enquiries/")
    page = read(client, f"/enquiries/{row.pk}/")
    assert "reminds us of known frauds" in page
    assert "you decide" in page


# -- the desk ------------------------------------------------------------------------------------
def test_a_reported_enquiry_is_decided_at_the_desk(maren: Listing, rosa: Member) -> None:
    row, client = send(rosa, maren, times="zqtimes"), sign_in(Client(), maren.member)
    assert client.post(f"/enquiries/{row.pk}/report/", {"reason": "?"}).status_code == 200
    answer = client.post(f"/enquiries/{row.pk}/report/", {"reason": "scam", "words": "Look"}, follow=True)
    assert "The moderators have it" in answer.content.decode()
    report, ines = Report.objects.get(), make_moderator()
    desk = sign_in(Client(), ines)
    assert "zqtimes" in read(desk, f"/safety/desk/{report.pk}/")
    desk.post(f"/safety/desk/{report.pk}/", {"decision": "hide", "said": "Please stop."})
    assert "Rosa" not in read(client, "/enquiries/")
    assert send(rosa, cast.listing("teo@example.org")).hidden
    assert "Please stop." in read(sign_in(Client(), rosa), "/said/")


def test_a_reported_listing_stays_out_of_sight_until_lifted(maren: Listing, rosa: Member) -> None:
    client = sign_in(Client(), rosa)
    client.post(f"/find/{maren.pk}/report/", {"reason": "untrue"})
    ines = make_moderator()
    reports.decide(by=ines, report_id=Report.objects.get().pk, decision="hide", said="Not yours.")
    assert client.get(f"/find/{maren.pk}/").status_code == 404
    with pytest.raises(listings.Withheld):
        listings.publish(by=maren.member)
    own = sign_in(Client(), maren.member)
    assert "A moderator keeps it" in own.post("/listing/publish/", follow=True).content.decode()
    reports.lift(by=ines, sanction_id=Sanction.objects.get().pk)
    listings.publish(by=maren.member)
    assert client.get(f"/find/{maren.pk}/").status_code == 200


def test_a_suspended_members_letters_are_taken_back(maren: Listing, rosa: Member) -> None:
    row = send(rosa, maren)
    reports.report(by=maren.member, kind="directory.enquiry", object_id=row.pk, reason="scam", words="")
    report = Report.objects.get()
    reports.decide(by=make_moderator(), report_id=report.pk, decision="suspend", said="Fraud.")
    assert not Enquiry.objects.exists()
    assert "Rosa" in Report.objects.get().excerpt


def test_nobody_reports_without_signing_in_or_their_own(client: Client, maren: Listing) -> None:
    assert "/account/login/" in client.get(f"/find/{maren.pk}/report/")["Location"]
    assert sign_in(client, maren.member).get(f"/find/{maren.pk}/report/").status_code == 404


# -- the record on the page ----------------------------------------------------------------------
def test_the_record_stands_on_the_listing_from_five_on(client: Client, maren: Listing) -> None:
    month = ResponseMonth.objects.create(
        listing=maren, month=clock.today().replace(day=1), received=4, in_time=4
    )
    assert "two working days" not in read(client, f"/find/{maren.pk}/")
    ResponseMonth.objects.filter(pk=month.pk).update(received=6, in_time=5)
    page = read(client, f"/find/{maren.pk}/")
    assert "5 of 6 enquiries answered within two working days." in page
    assert "holidays are not known" in page


def test_without_a_contact_line_there_is_still_a_way(client: Client) -> None:
    listing = cast.listing(contact="")
    page = read(client, f"/find/{listing.pk}/")
    assert "Write to them" in page
    assert "Or reach them yourself" not in page
    listings.pause(by=listing.member)
    listings.publish(by=listing.member)


# -- budgets -------------------------------------------------------------------------------------
def _come(maren: Listing, count: int) -> None:
    for number in range(count):
        send(make_member(f"m{number}@example.org"), maren)
        decline(visitor(maren, f"v{number}@example.org", where=f"192.0.2.{number}"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_asks_as_often_for_many(
    count: int, maren: Listing, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _come(maren, count)
    client = sign_in(Client(), maren.member)
    client.get("/enquiries/")
    with django_assert_num_queries(8):
        client.get("/enquiries/")


@pytest.mark.parametrize("count", [1, 3])
def test_what_one_wrote_asks_as_often_for_many(
    count: int, rosa: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        accept(send(rosa, cast.listing(f"c{number}@example.org")))
    client = sign_in(Client(), rosa)
    client.get("/enquiries/sent/")
    with django_assert_num_queries(5):
        client.get("/enquiries/sent/")


def test_neutral_redirects(maren: Listing) -> None:
    client = sign_in(Client(), maren.member)
    assert client.get("/waiting/")["Location"] == "/enquiries/"
    assert client.get("/waiting/sent/")["Location"] == "/enquiries/sent/"
    assert Client().get("/waiting/")["Location"].startswith("/account/login/")


def test_the_own_listing_cannot_be_written_to(maren: Listing) -> None:
    client = sign_in(Client(), maren.member)
    assert client.get(f"/find/{maren.pk}/write/").status_code == 404
    with pytest.raises(enquiries.Gone):
        send(maren.member, maren)
