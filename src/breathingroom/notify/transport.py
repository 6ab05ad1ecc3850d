"""The way out: settings.MAIL_TRANSPORT as one open connection for a batch of mails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from email.mime.text import MIMEText
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from breathingroom.notify.models import Mail

_PLAIN = {"EMAIL_FILE_PATH": "file_path"}
_SMTP = {
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
}
SECONDS = 20


@contextmanager
def opened(deliver: Callable[[Mail], None] | None = None) -> Iterator[Callable[[Mail], None]]:
    """A function that sends one mail; `deliver` itself when it is given (tests, demo)."""
    if deliver is not None:
        yield deliver
        return
    connection = connect(settings.MAIL_TRANSPORT)
    try:
        yield lambda mail: _send_or_close(mail, connection)
    finally:
        _close(connection)


def _send_or_close(mail: Mail, connection: BaseEmailBackend) -> None:
    """A connection on which one mail failed may be broken: the next mail opens another."""
    try:
        connection.open()
        send(mail, connection)
    except Exception:
        _close(connection)
        raise


def _close(connection: BaseEmailBackend) -> None:
    """What is sent is sent: a server that fails to say goodbye changes nothing about it."""
    with suppress(Exception):
        connection.close()


def connect(transport: dict[str, Any]) -> BaseEmailBackend:
    """A mail backend from what django-environ reads out of MAIL_URL; it connects at the first mail."""
    backend = transport["EMAIL_BACKEND"]
    names = _SMTP if backend.endswith("smtp.EmailBackend") else _PLAIN if "filebased" in backend else {}
    options = {ours: transport[theirs] for theirs, ours in names.items() if transport.get(theirs)}
    if names is _SMTP:
        options["timeout"] = SECONDS
    return get_connection(backend, fail_silently=False, **options)


def send(mail: Mail, connection: BaseEmailBackend) -> None:
    """Send one mail; raises what the mail server raises."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{mail.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    message = EmailMessage(mail.subject, mail.body, to=[mail.to], headers=headers, connection=connection)
    if mail.file:
        message.attach(_attachment(mail))
    message.send()


def _attachment(mail: Mail) -> MIMEText:
    """The attached text as a part of its own, with every parameter of its type."""
    kind = Message()
    kind["Content-Type"] = mail.file_type
    part = MIMEText(mail.file, kind.get_content_subtype(), "utf-8")
    for name, value in (kind.get_params() or [])[1:]:
        part.set_param(name, value)
    part.add_header("Content-Disposition", "attachment", filename=mail.file_name)
    return part
