"""One worker of the outbox race: sends what is due until nothing is, and writes down what it sent.

Called with a file to write into, the moment to begin, and "claimed" or "unclaimed".
"""

import os
import sys
import time
from typing import Any

import django

django.setup()

from breathingroom.notify import actions  # noqa: E402 - Django must be set up first
from breathingroom.notify.models import Mail  # noqa: E402

path, begin, mode = sys.argv[1:]
log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def deliver(mail: Mail) -> None:
    os.write(log, f"{mail.pk}\n".encode())
    time.sleep(0.002)


how: dict[str, Any] = {} if mode == "claimed" else {"claim": lambda *_: True}
time.sleep(max(0.0, float(begin) - time.time()))
while actions.send_due(deliver=deliver, limit=20, **how):
    if mode == "unclaimed":
        break
