"""Some of the staff in the race for a licence, each in a thread of their own: every one grants it to another.

Called with a file to write into, a file whose coming begins it, and the first and the last of the checks
that these threads decide. Each says that it is ready before it waits.
"""

import os
import sys
import time
from threading import Thread

import django

django.setup()

from django.db import connection  # noqa: E402 - Django must be set up first

from breathingroom.licensure import queries  # noqa: E402
from breathingroom.licensure.actions import checks  # noqa: E402
from breathingroom.licensure.models import Verification  # noqa: E402
from breathingroom.people.models import Member  # noqa: E402

path, go, first, last = sys.argv[1:]
log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def decide(check: Verification, by: Member) -> None:
    seen = queries.mark(check.licence)
    os.write(log, b"ready\n")
    while not os.path.exists(go):
        time.sleep(0.002)
    try:
        done = checks.grant(by=by, check=check, seen=seen, against="A register", expires_on=None)
        os.write(log, f"{done.state}\n".encode())
    except Exception as error:
        os.write(log, f"{type(error).__name__}\n".encode())
    finally:
        connection.close()


op = Member.objects.get(email="op@example.org")
rows = list(Verification.objects.select_related("licence").order_by("licence__member__email"))
threads = [Thread(target=decide, args=(row, op)) for row in rows[int(first) : int(last)]]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
