"""Does the time of an answer tell that a listing is hidden? Hidden, paused and never-was, interleaved.

    python bench/hidden.py [rounds] [listings]

Fills a scratch house with the demo's community, signs one member in, lets many listings keep away from them,
and asks in turn for pages of hidden listings and of listings that never were, and for the same search as
somebody from whom nobody and from whom many keep away. Last, adds addresses that are and are not members' to
a list. Prints the median of each and the median difference. The claim: each differs by less than 5 ms.
"""

import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from uuid import uuid4

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
settings.ALLOWED_HOSTS = ["*"]
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402

from breathingroom.config.demo import community  # noqa: E402
from breathingroom.directory.actions import hiding  # noqa: E402
from breathingroom.directory.choices import Away  # noqa: E402
from breathingroom.directory.models import Hiding, Listing  # noqa: E402
from breathingroom.directory.queries.hiding import marks_of  # noqa: E402
from breathingroom.licensure import facts  # noqa: E402
from breathingroom.people import actions as people  # noqa: E402
from breathingroom.people.consents import KINDS  # noqa: E402
from breathingroom.people.models import Member  # noqa: E402

LIMIT_MS, WARM_UP, MANY = 5.0, 20, 50
SEARCHES = ("", "?where=US-WA&concern=burnout", "?q=grief", "?language=es&format=online")
numbers = count()


def member() -> Member:
    """Somebody new who has agreed to everything."""
    made = Member.objects.create_user(f"bench{next(numbers)}@example.org")
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    people.agree(by=made, kinds=tuple(KINDS))
    return made


def browser(who: Member) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    client.get("/find/")
    return client


def keep_away(listings: list[Listing], whom: Member) -> None:
    """Each of them has the member on their list."""
    mark = marks_of(Away.PERSON, whom.email)[0]
    Hiding.objects.bulk_create(
        Hiding(member_id=row.member_id, kind=Away.PERSON, mark=mark, words=whom.email, whom=whom)
        for row in listings
    )


def timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def compare(
    name: str, pairs: Iterator[tuple[Callable[[], object], Callable[[], object]]], rounds: int
) -> float:
    """Interleave the two of each pair; print the medians and return the median difference in ms."""
    first, second = [], []
    for turn in range(rounds + WARM_UP):
        one, other = next(pairs)
        took = (timed(one), timed(other)) if turn % 2 else tuple(reversed((timed(other), timed(one))))
        first.append(took[0])
        second.append(took[1])
    one_ms, other_ms = statistics.median(first[WARM_UP:]), statistics.median(second[WARM_UP:])
    difference = one_ms - other_ms
    print(f"{name}: {one_ms:6.2f} ms and {other_ms:6.2f} ms, difference {difference:+.2f} ms", flush=True)
    return abs(difference)


def pages(
    client: Client, hidden: list[Listing]
) -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    """A page that is hidden, and one that never was."""
    for n in count():
        here, never = f"/find/{hidden[n % len(hidden)].pk}/", f"/find/{uuid4()}/"
        yield partial(demand, client, here, 404), partial(demand, client, never, 404)


def searches(away: Client, free: Client) -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    """The same search for somebody from whom many keep away, and for somebody from whom nobody does."""
    for n in count():
        path = f"/find/{SEARCHES[n % len(SEARCHES)]}"
        yield partial(demand, away, path, 200), partial(demand, free, path, 200)


def additions(known: list[Listing]) -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    """Adding the address of somebody who is here, and one of nobody."""
    for row in known:
        yield _adding(row.member.email), _adding(f"nobody{next(numbers)}@example.org")


def _adding(address: str) -> Callable[[], object]:
    by = member()
    return lambda: hiding.add(by=by, kind=Away.PERSON, words=address)


def demand(client: Client, path: str, status: int) -> None:
    answer = client.get(path)
    if answer.status_code != status:
        raise SystemExit(f"{path} answered {answer.status_code}")


def main(rounds: int, listings: int) -> int:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    before = runner.setup_databases()
    try:
        facts.load(by=None)
        community.settle(listings)
        visible = list(
            Listing.objects.visible().select_related("member").order_by("pk")[: 2 * (rounds + WARM_UP)]
        )
        away, free = member(), member()
        keep_away(visible[:MANY], away)
        print(f"{connection.vendor}, {listings} listings, {MANY} hidden, {rounds} rounds")
        found = [
            compare("page: hidden and never was", pages(browser(away), visible[:MANY]), rounds),
            compare("search: with and without hidden", searches(browser(away), browser(free)), rounds),
            compare(
                "adding: a member’s and nobody’s", additions(visible), min(rounds, len(visible) - WARM_UP)
            ),
        ]
    finally:
        runner.teardown_databases(before)
    print("claim holds" if max(found) < LIMIT_MS else f"CLAIM BROKEN: {max(found):.2f} ms")
    return int(max(found) >= LIMIT_MS)


if __name__ == "__main__":
    asked = [int(number) for number in sys.argv[1:]]
    raise SystemExit(main(*(asked + [200, 1200][len(asked) :])))
