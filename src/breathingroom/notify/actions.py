"""Writing mail into the outbox, and sending what is due."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django.db import models, transaction
from django.db.models import F

from breathingroom.core import clock
from breathingroom.core.calendar import File
from breathingroom.notify import transport
from breathingroom.notify.choices import KEEP_BODY, KEEP_ROW, MOST_ATTEMPTS, STALE_CLAIM, State, wait_after
from breathingroom.notify.models import Mail

Deliver = Callable[[Mail], None]
Claim = Callable[[UUID, dt.datetime], bool]


def post(
    *,
    to: str,
    subject: str,
    body: str,
    key: str | None = None,
    forget_after: dt.timedelta = KEEP_BODY,
    file: File | None = None,
    wait: dt.timedelta = dt.timedelta(),
) -> None:
    """Write one mail in the caller's transaction: it goes out if, and only if, that commits.

    With a `key`, the first mail of that key is the only one ever. Its words, and the calendar file attached
    to it, are erased after `forget_after`. It is not sent before `wait` is over.
    """
    line = " ".join(subject.split())[:200]
    mail = Mail(to=to, subject=line, body=body, key=key or "", forget_at=clock.now() + forget_after)
    mail.due_at += wait
    if file:
        mail.file, mail.file_type, mail.file_name = file.text, file.type, file.name
    Mail.objects.bulk_create([mail], ignore_conflicts=bool(key))


def claim(mail_id: UUID, at: dt.datetime) -> bool:
    """Make one mail ours; False when another worker was first. Must not run inside a transaction."""
    with transaction.atomic(durable=True):
        won = Mail.objects.due(at).filter(pk=mail_id)
        return won.update(state=State.SENDING, claimed_at=at, attempts=F("attempts") + 1) == 1


def send_due(*, deliver: Deliver | None = None, claim: Claim = claim, limit: int = 50) -> int:
    """Send what is due, oldest first; return how many went out.

    Each mail is claimed, sent and marked on its own, and nothing is locked meanwhile. `deliver` sends
    one mail and may raise anything: the mail is tried again later, and given up after MOST_ATTEMPTS.
    """
    _release_stale()
    ids = list(Mail.objects.due(clock.now()).order_by("due_at").values_list("pk", flat=True)[:limit])
    if not ids:
        return 0
    with transport.opened(deliver) as send:
        return sum(_send(send, mail_id) for mail_id in ids if claim(mail_id, clock.now()))


def _send(send: Deliver, mail_id: UUID) -> bool:
    mail = Mail.objects.filter(pk=mail_id).first()
    if mail is None:  # erased since it was claimed
        return False
    if not mail.body or mail.forget_at <= clock.now():
        return _put(mail, state=State.FAILED, error="TooLate")
    try:
        send(mail)
    except Exception as error:  # whatever a mail server or its library can think of
        return _failed(mail, error)
    _put(mail, state=State.SENT, sent_at=clock.now(), error="")
    return True


def _failed(mail: Mail, error: Exception) -> bool:
    name = type(error).__name__[:80]
    if mail.attempts >= MOST_ATTEMPTS:
        return _put(mail, state=State.FAILED, error=name)
    return _put(mail, state=State.QUEUED, error=name, due_at=clock.now() + wait_after(mail.attempts))


def _put(mail: Mail, **values: object) -> bool:
    """Write the outcome, unless our claim was taken for stale and the mail is another worker's now."""
    Mail.objects.filter(pk=mail.pk, state=State.SENDING, claimed_at=mail.claimed_at).update(**values)
    return False


def _release_stale() -> None:
    """Whoever claimed these is gone. They go out again under the same Message-ID, so a mailbox can tell."""
    silent = Mail.objects.claimed_before(clock.now() - STALE_CLAIM)
    if not silent.exists():  # asking locks nothing, and this is asked every other second
        return
    silent.filter(attempts__gte=MOST_ATTEMPTS).update(state=State.FAILED, error="WorkerGone")
    silent.update(state=State.QUEUED, error="WorkerGone")


def try_again(*, mails: models.QuerySet[Mail]) -> int:
    """Put mails that were given up back into the queue, as long as their words are still there."""
    again = mails.filter(state=State.FAILED).exclude(body="")
    return again.update(state=State.QUEUED, attempts=0, due_at=clock.now())


def give_up(*, why: str) -> int:
    """Send nothing that waits: what a restored backup holds may have gone out since. Returns how many."""
    return Mail.objects.filter(state__in=(State.QUEUED, State.SENDING)).update(state=State.FAILED, error=why)


def forget() -> int:
    """Erase words that have outlived their use, and rows that are old; return how many."""
    now = clock.now()
    words = Mail.objects.worn_out(now)
    words.filter(state=State.QUEUED).update(state=State.FAILED, error="TooLate")
    blanked = words.update(to="", subject="", body="", file="", file_type="", file_name="")
    gone, _ = Mail.objects.filter(created_at__lt=now - KEEP_ROW).exclude(state=State.SENDING).delete()
    return blanked + gone


def erase_to(address: str) -> None:
    """Erase every mail to an address; one that is going out right now is forgotten as soon as it is out."""
    mails = Mail.objects.filter(to__iexact=address)
    mails.exclude(state=State.SENDING).delete()
    mails.update(forget_at=clock.now())
