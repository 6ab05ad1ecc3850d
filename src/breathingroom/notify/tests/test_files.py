"""A calendar file travels with a mail, is read by whoever gets it, and is erased with the words."""

import datetime as dt
import uuid
from email import message_from_bytes, policy

import pytest
from django.core import mail as django_mail
from django.test import override_settings

from breathingroom.core import calendar, clock
from breathingroom.core.calendar import Hold
from breathingroom.notify import actions, transport
from breathingroom.notify.models import Mail

pytestmark = pytest.mark.django_db
TO = "rosa@example.org"


def _file() -> calendar.File:
    now = clock.now()
    title = "Café; with “marks”, and a line long enough that it has to be folded somewhere, ü by ü"
    hold = Hold(uuid.uuid4(), now, now + dt.timedelta(minutes=20), now, title=title)
    return calendar.file(hold, made_at=now)


def _sent() -> bytes:
    """The bytes of the one mail, as they leave."""
    connection = transport.connect({"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"})
    transport.send(Mail.objects.get(), connection)
    return django_mail.outbox[0].message().as_bytes()


@override_settings(EMAIL_BACKEND="breathingroom.notify.backends.OutboxBackend")
def test_the_file_arrives_as_it_was_written() -> None:
    file = _file()
    actions.post(to=TO, subject="A time", body="Words", file=file)
    arrived = message_from_bytes(_sent(), policy=policy.default)
    (part,) = arrived.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert (part["Content-Type"].params["method"], part["Content-Type"].params["charset"]) == (
        "PUBLISH",
        "utf-8",
    )
    assert part.get_filename() == "hold.ics"
    assert part.get_payload(decode=True) == file.text.encode()


def test_a_mail_without_a_file_is_plain_text() -> None:
    actions.post(to=TO, subject="Hello", body="Words")
    assert not message_from_bytes(_sent()).is_multipart()


def test_the_file_is_erased_with_the_words() -> None:
    actions.post(to=TO, subject="A time", body="Words", file=_file(), forget_after=dt.timedelta(0))
    actions.forget()
    row = Mail.objects.get()
    assert (row.body, row.file, row.file_type, row.file_name) == ("", "", "", "")


def test_an_address_that_is_erased_leaves_no_file() -> None:
    actions.post(to=TO, subject="A time", body="Words", file=_file())
    actions.erase_to(TO)
    assert not Mail.objects.exists()
