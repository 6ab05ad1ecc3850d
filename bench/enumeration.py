"""Does the time of an answer tell whether somebody is a member? Known and unknown addresses, interleaved.

    python bench/enumeration.py [rounds]

Runs the house in this process on the database of the settings (a scratch one beside it), sends the
sign-in and the sign-up form with addresses that are and are not members' in turn, and prints the
median of each and the median difference. The claim: they differ by less than 5 ms.
"""

import os
import statistics
import sys
import tempfile
import time
import warnings
from itertools import count

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "breathingroom.config.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["BREATHINGROOM_HOME"] = tempfile.mkdtemp(prefix="bench-")
os.environ["LOG_LEVEL"] = "ERROR"
warnings.filterwarnings("ignore", "No directory at")

import django  # noqa: E402
from django.conf import settings  # noqa: E402

settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
settings.ACCOUNT_RATE_LIMITS = False
settings.ALLOWED_HOSTS = ["*"]
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402

from breathingroom.people.models import Member  # noqa: E402

LIMIT_MS, WARM_UP = 5.0, 20
numbers = count()


def timed(path: str, data: dict[str, str]) -> float:
    """Milliseconds from the form sent to the page it leads to."""
    client = Client()
    began = time.perf_counter()
    answer = client.post(path, data)
    client.get(answer["Location"])
    return (time.perf_counter() - began) * 1000


def member() -> str:
    """A new member's address."""
    email = f"known{next(numbers)}@example.org"
    made = Member.objects.create_user(email)
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return email


def stranger() -> str:
    """An address nobody has."""
    return f"unknown{next(numbers)}@example.org"


def compare(name: str, path: str, field: str, rounds: int) -> float:
    """Interleave known and unknown; print the medians and return the median difference in ms."""
    pairs = []
    for turn in range(rounds + WARM_UP):
        known, unknown = member(), stranger()
        order = [known, unknown] if turn % 2 else [unknown, known]
        took = {email: timed(path, {field: email, "agree": "on"}) for email in order}
        pairs.append((took[known], took[unknown]))
    knowns, unknowns = zip(*pairs[WARM_UP:], strict=True)
    difference = statistics.median(knowns) - statistics.median(unknowns)
    print(
        f"{name:8} known {statistics.median(knowns):6.2f} ms   unknown {statistics.median(unknowns):6.2f} ms"
        f"   difference {difference:+.2f} ms   ({connection.vendor}, {rounds} rounds)"
    )
    return float(abs(difference))


def main(rounds: int) -> int:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    before = runner.setup_databases()
    try:
        found = [
            compare("sign in", "/account/login/", "login", rounds),
            compare("sign up", "/account/signup/", "email", rounds),
        ]
    finally:
        runner.teardown_databases(before)
    print("claim holds" if max(found) < LIMIT_MS else f"CLAIM BROKEN: {max(found):.2f} ms")
    return int(max(found) >= LIMIT_MS)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
