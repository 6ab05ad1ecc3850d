"""One process of the index race: `settle`, `write`, `follow`, or a change that is committed late."""

import sys
import threading
import time
from collections.abc import Callable

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - Django must be set up first

from breathingroom.audit import actions as audit  # noqa: E402
from breathingroom.audit.models import Change  # noqa: E402
from breathingroom.audit.queries import changes, positions  # noqa: E402
from breathingroom.directory import index  # noqa: E402
from breathingroom.directory.actions import listings  # noqa: E402
from breathingroom.directory.index import Criteria  # noqa: E402
from breathingroom.directory.models import Listing  # noqa: E402
from breathingroom.directory.tests import cast  # noqa: E402

FOUND = Criteria(unconfirmed=True)


def settle(count: str) -> None:
    cast.world()
    cast.many(int(count))
    with transaction.atomic():
        audit.advance("directory")
        audit.advance("licensure")


def own(number: str) -> Listing:
    return Listing.objects.select_related("member").get(member__email=f"member{number}@example.org")


def is_found(listing: Listing) -> bool:
    return any(hit.id == listing.pk for hit in index.search(index.current(), FOUND).hits)


def write(number: str, times: str) -> None:
    listing = own(number)
    for _ in range(int(times)):
        listings.pause(by=listing.member)
        assert not is_found(listing), "a paused listing was found"
        listings.publish(by=listing.member)
        assert is_found(listing), "a published listing was not found"
    print("found")


def follow(times: str) -> None:
    """Search all the while the others write, and compare at the end with an index made anew."""
    ends = time.monotonic() + 60
    quiet, before = 0, positions("directory")
    while quiet < 20 and time.monotonic() < ends:
        index.search(index.current(), FOUND)
        time.sleep(0.05)
        now = positions("directory")
        quiet, before = (quiet + 1 if now == before and now["directory"].value > int(times) else 0), now
    followed = index.search(index.current(), FOUND)
    index.forget()
    print("the same" if index.search(index.current(), FOUND) == followed else "different")


def late(change: "threading.Thread | None" = None, *, locked: bool) -> None:
    """One writer tells of a change and commits late; another one comes and commits in between."""
    written, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            tell("slow", locked)
            written.set()
            go_on.wait(5)
        connection.close()

    def quick() -> None:
        with transaction.atomic():
            tell("quick", locked)
        connection.close()

    before, highest = positions("directory"), last()
    threads = [threading.Thread(target=slow), threading.Thread(target=quick)]
    threads[0].start()
    written.wait(5)
    threads[1].start()
    threads[1].join(1)
    seen, middle = news(before, highest, locked), (positions("directory"), last())
    go_on.set()
    for thread in threads:
        thread.join()
    seen |= news(*middle, locked)
    print("seen" if seen == {"slow", "quick"} else "missed")


def tell(key: str, locked: bool) -> None:
    if locked:
        audit.advance("directory", key)
    else:
        value = 10**6 + last()
        Change.objects.create(room="control", value=value, key=key)


def last() -> int:
    return Change.objects.order_by("-id").values_list("id", flat=True).first() or 0


def news(before: dict, highest: int, locked: bool) -> set[str]:  # type: ignore[type-arg]
    if locked:
        told = changes(before, positions("directory"))
        assert told is not None
        return {key for _room, key in told}
    return set(Change.objects.filter(room="control", id__gt=highest).values_list("key", flat=True))


what, *words = sys.argv[1:]
if what in ("locked", "unlocked"):
    late(locked=what == "locked")
else:
    plays: dict[str, Callable[..., None]] = {"settle": settle, "write": write, "follow": follow}
    plays[what](*words)
