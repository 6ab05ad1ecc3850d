"""The words of the outbox."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

KEEP_BODY = dt.timedelta(days=7)
KEEP_ROW = dt.timedelta(days=90)
STALE_CLAIM = dt.timedelta(minutes=10)
MOST_ATTEMPTS = 8


class State(models.TextChoices):
    QUEUED = "queued", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")


def wait_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many attempts that failed: 1, 2, 4 … 64 minutes."""
    return dt.timedelta(minutes=2 ** min(max(attempts, 1) - 1, 6))
