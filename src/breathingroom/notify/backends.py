"""Django's mail goes into the outbox table; the worker sends it."""

import datetime as dt
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from breathingroom.core.mail import FORGET_MINUTES
from breathingroom.notify import actions
from breathingroom.notify.choices import KEEP_BODY


class OutboxBackend(BaseEmailBackend):
    """Writes each message as text for each of its receivers; attachments and HTML are not for this house."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            minutes = message.extra_headers.get(FORGET_MINUTES)
            keep = dt.timedelta(minutes=int(minutes)) if minutes else KEEP_BODY
            for to in message.recipients():
                actions.post(to=to, subject=str(message.subject), body=str(message.body), forget_after=keep)
        return len(email_messages)
