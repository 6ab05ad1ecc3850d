"""A mail goes out if its transaction stands, once, and is tried again when a server is down."""

import datetime as dt
from collections.abc import Iterator
from smtplib import SMTPHeloError, SMTPServerDisconnected
from typing import Any, ClassVar

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.mail.backends import smtp
from django.db import IntegrityError, transaction
from django.test import override_settings

from breathingroom.core import clock
from breathingroom.core.mail import FORGET_MINUTES
from breathingroom.core.work import JOBS
from breathingroom.notify import actions, transport
from breathingroom.notify.choices import KEEP_BODY, KEEP_ROW, MOST_ATTEMPTS, STALE_CLAIM, State, wait_after
from breathingroom.notify.models import Mail

TO = "rosa@example.org"
BACKEND = "breathingroom.notify.backends.OutboxBackend"


@pytest.fixture(autouse=True)
def _outbox(db: None) -> Iterator[None]:
    with override_settings(EMAIL_BACKEND=BACKEND):
        yield


def post(**fields: object) -> Mail:
    actions.post(**{"to": TO, "subject": "Hello", "body": "Words", **fields})  # type: ignore[arg-type]
    return Mail.objects.latest("created_at")


def down(mail: Mail) -> None:
    raise SMTPServerDisconnected


def later(**delta: float) -> "time_machine.travel":
    return time_machine.travel(clock.now() + dt.timedelta(**delta), tick=False)


def test_what_is_posted_is_sent_once() -> None:
    sent: list[Mail] = []
    post()
    assert actions.send_due(deliver=sent.append) == 1
    assert actions.send_due(deliver=sent.append) == 0
    assert [mail.to for mail in sent] == [TO]
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts, mail.error) == (State.SENT, 1, "")
    assert mail.sent_at is not None


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_not_sent() -> None:
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    assert actions.send_due(deliver=lambda mail: None) == 0


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_inside_a_transaction() -> None:
    post()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        actions.send_due(deliver=lambda mail: None)


def test_a_subject_is_one_line() -> None:
    assert post(subject="Hello\nBcc: vera@example.org").subject == "Hello Bcc: vera@example.org"


def test_looking_for_mail_when_there_is_none_writes_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2) as seen:
        actions.send_due(deliver=lambda mail: None)
    assert all(query["sql"].startswith("SELECT") for query in seen)


def test_a_key_is_used_once() -> None:
    post(key="reminder 7", body="first")
    actions.post(to=TO, subject="Hello", body="second", key="reminder 7")
    assert [mail.body for mail in Mail.objects.all()] == ["first"]


def test_mail_key_is_used_once() -> None:
    post(key="reminder 7")
    with pytest.raises(IntegrityError), transaction.atomic():  # mail_key_is_used_once
        Mail.objects.create(to=TO, key="reminder 7")
    Mail.objects.create(to=TO)
    Mail.objects.create(to=TO)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("mail_state_is_known", {"state": "lost"}),
        ("mail_being_sent_is_claimed", {"state": State.SENDING}),
        ("mail_sent_has_a_time", {"state": State.SENT}),
    ],
)
def test_the_database_knows_the_states(name: str, fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Mail.objects.create(to=TO, **fields)


def test_a_server_that_is_down_is_tried_again_later_and_later() -> None:
    post()
    waits = []
    for _ in range(4):
        actions.send_due(deliver=down)
        mail = Mail.objects.get()
        waits.append(round((mail.due_at - clock.now()).total_seconds() / 60))
        Mail.objects.update(due_at=clock.now())
    assert waits == [1, 2, 4, 8]
    assert (mail.state, mail.attempts, mail.error) == (State.QUEUED, 4, "SMTPServerDisconnected")
    assert wait_after(30) == dt.timedelta(minutes=64)


def test_it_waits_before_it_tries_again() -> None:
    post()
    actions.send_due(deliver=down)
    assert actions.send_due(deliver=lambda mail: None) == 0
    with later(minutes=1, seconds=1):
        assert actions.send_due(deliver=lambda mail: None) == 1


def test_after_the_last_attempt_it_is_given_up_where_staff_can_see_it() -> None:
    post()
    Mail.objects.update(attempts=MOST_ATTEMPTS - 1)
    actions.send_due(deliver=down)
    assert Mail.objects.get().state == State.FAILED
    assert actions.try_again(mails=Mail.objects.all()) == 1
    assert actions.send_due(deliver=lambda mail: None) == 1


def test_one_bad_mail_does_not_hold_up_the_others() -> None:
    post(to="bad@example.org")
    post(to="good@example.org")

    def deliver(mail: Mail) -> None:
        if mail.to.startswith("bad"):
            raise ValueError

    assert actions.send_due(deliver=deliver) == 1


def test_the_error_kept_is_a_class_and_never_its_words() -> None:
    post()

    def deliver(mail: Mail) -> None:
        raise ValueError(f"550 {mail.to} is unknown: {mail.body}")

    actions.send_due(deliver=deliver)
    assert Mail.objects.get().error == "ValueError"


def test_the_mail_of_a_worker_that_died_goes_out_again_under_the_same_number() -> None:
    mail = post()
    assert actions.claim(mail.pk, clock.now())
    sent: list[Mail] = []
    assert actions.send_due(deliver=sent.append) == 0
    with later(seconds=STALE_CLAIM.total_seconds() + 1):
        assert actions.send_due(deliver=sent.append) == 1
    assert sent[0].pk == mail.pk


def test_a_worker_that_comes_back_too_late_does_not_write_over_the_next_one() -> None:
    mail = post()

    def slow(held: Mail) -> None:
        Mail.objects.update(claimed_at=clock.now() + dt.timedelta(hours=1))  # another worker's claim by now
        raise ValueError

    actions.send_due(deliver=slow)
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (State.SENDING, "")


def test_a_code_that_is_too_old_is_not_sent() -> None:
    post(forget_after=dt.timedelta(minutes=60))
    with later(minutes=61):
        assert actions.send_due(deliver=lambda mail: None) == 0
    assert (Mail.objects.get().state, Mail.objects.get().error) == (State.FAILED, "TooLate")


def test_words_are_forgotten_after_a_week_and_codes_after_an_hour() -> None:
    post(subject="a code", forget_after=dt.timedelta(hours=1))
    post(subject="a word")
    actions.send_due(deliver=lambda mail: None)
    with later(hours=2):
        actions.forget()
        assert [mail.subject for mail in Mail.objects.exclude(body="")] == ["a word"]
    with later(days=KEEP_BODY.days, hours=1):
        actions.forget()
        assert not Mail.objects.exclude(body="", subject="", to="").exists()
        assert Mail.objects.count() == 2
    with later(days=KEEP_ROW.days, hours=1):
        actions.forget()
        assert not Mail.objects.exists()


def test_django_mail_becomes_rows() -> None:
    send_mail("Subject", "Body", None, ["a@example.org", "b@example.org"])
    assert {(mail.to, mail.subject, mail.body) for mail in Mail.objects.all()} == {
        ("a@example.org", "Subject", "Body"),
        ("b@example.org", "Subject", "Body"),
    }


def test_a_header_says_how_soon_to_forget() -> None:
    EmailMultiAlternatives("Code", "1234", to=[TO], headers={FORGET_MINUTES: "60"}).send()
    mail = Mail.objects.get()
    assert abs(mail.forget_at - clock.now() - dt.timedelta(hours=1)) < dt.timedelta(minutes=1)


def test_what_goes_out_is_text_with_a_number_of_its_own() -> None:
    mail = post()
    with override_settings(
        MAIL_TRANSPORT={"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
        DEFAULT_FROM_EMAIL="House <house@example.net>",
    ):
        actions.send_due()
    message = django_mail.outbox[-1]
    assert message.extra_headers == {
        "Message-ID": f"<{mail.pk}@example.net>",
        "Auto-Submitted": "auto-generated",
    }
    assert (message.from_email, message.to, message.body) == ("House <house@example.net>", [TO], "Words")


def test_the_transport_is_what_the_address_says() -> None:
    smtp = transport.connect(
        {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "mail.example.net",
            "EMAIL_PORT": 587,
            "EMAIL_HOST_USER": "u",
            "EMAIL_HOST_PASSWORD": "p",
            "EMAIL_USE_TLS": True,
            "EMAIL_FILE_PATH": "",
        }
    )
    assert (smtp.host, smtp.port, smtp.username, smtp.use_tls, smtp.timeout) == (  # type: ignore[attr-defined]
        "mail.example.net",
        587,
        "u",
        True,
        transport.SECONDS,
    )


class Server:
    """Stands for smtplib.SMTP: a connection that breaks at the words of one mail stays broken."""

    opened: ClassVar[list["Server"]] = []

    def __init__(self, *_: object, **__: object) -> None:
        self.broken = False
        self.opened.append(self)

    def sendmail(self, sender: str, to: list[str], message: bytes) -> None:
        self.broken = self.broken or b"break" in message
        if self.broken:
            raise SMTPServerDisconnected

    def quit(self) -> None:
        if self.broken:
            raise SMTPHeloError(500, b"no goodbye")

    close = quit


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> list[Server]:
    monkeypatch.setattr(Server, "opened", [])
    monkeypatch.setattr(smtp.EmailBackend, "connection_class", Server)
    return Server.opened


def send_by_smtp() -> int:
    with override_settings(MAIL_TRANSPORT={"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"}):
        return actions.send_due()


def test_a_batch_goes_out_on_one_connection(servers: list[Server]) -> None:
    for _ in range(3):
        post()
    assert send_by_smtp() == 3
    assert len(servers) == 1


def test_a_connection_that_breaks_fails_one_mail_and_not_the_batch(servers: list[Server]) -> None:
    for body in ("Words", "break", "Words", "Words"):
        post(body=body)
    assert send_by_smtp() == 3
    assert Mail.objects.get(state=State.QUEUED).body == "break"
    assert len(servers) == 2


def test_the_worker_knows_the_jobs() -> None:
    assert {"notify.send", "notify.forget"} <= set(JOBS)
    JOBS["notify.send"].run()
    JOBS["notify.forget"].run()


def test_a_mail_going_out_while_it_is_erased_is_forgotten_once_it_is_out() -> None:
    mail = post()
    actions.send_due(deliver=lambda _: actions.erase_to(TO.upper()))
    mail.refresh_from_db()
    assert (mail.state, mail.to) == (State.SENT, TO)
    actions.forget()
    mail.refresh_from_db()
    assert (mail.to, mail.body) == ("", "")


def test_a_mail_erased_since_it_was_claimed_is_not_sent() -> None:
    post()

    def claim_and_lose(*_: object) -> bool:
        Mail.objects.all().delete()
        return True

    assert actions.send_due(deliver=down, claim=claim_and_lose) == 0
