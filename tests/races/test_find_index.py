"""Writers and readers in processes of their own: what is saved is in the very next answer of everybody.

The control reads changes by their ids instead of by the position: on PostgreSQL an id can be committed after
a higher one.
"""

import threading
import time

import pytest
from django.db import connection, transaction

from breathingroom.audit import actions as audit
from breathingroom.audit.models import Change
from breathingroom.audit.queries import changes, positions
from breathingroom.directory import index
from breathingroom.directory.actions import listings
from breathingroom.directory.index import Criteria
from breathingroom.directory.models import Listing
from breathingroom.directory.tests import cast
from tests.config.houses import ON_POSTGRESQL, House, Ready
from tests.plugins.depth import examples

WRITERS, WRITES = 4, examples(5, 15)
FOUND = Criteria(unconfirmed=True)

pytestmark = pytest.mark.race


def settle(_ready: Ready) -> None:
    cast.world()
    cast.many(WRITERS)
    with transaction.atomic():
        audit.advance("directory")
        audit.advance("licensure")


def own(number: int) -> Listing:
    return Listing.objects.select_related("member").get(member__email=f"member{number}@example.org")


def is_found(listing: Listing) -> bool:
    return any(hit.id == listing.pk for hit in index.search(index.current(), FOUND).hits)


def play(ready: Ready, what: str, *words: int) -> str:
    """One process: a writer, or the reader that follows all the others."""
    return write(ready, *words) if what == "write" else follow(ready)


def write(ready: Ready, number: int) -> str:
    listing = own(number)
    ready()
    for _ in range(WRITES):
        listings.pause(by=listing.member)
        assert not is_found(listing), "a paused listing was found"
        listings.publish(by=listing.member)
        assert is_found(listing), "a published listing was not found"
    return "found"


def follow(ready: Ready) -> str:
    """Search all the while the others write, and compare at the end with an index made anew."""
    ends = time.monotonic() + 60
    quiet, before = 0, positions("directory")
    ready()
    while quiet < 20 and time.monotonic() < ends:
        index.search(index.current(), FOUND)
        time.sleep(0.05)
        now = positions("directory")
        quiet, before = (quiet + 1 if now == before and now["directory"].value > WRITERS * WRITES else 0), now
    followed = index.search(index.current(), FOUND)
    index.forget()
    return "the same" if index.search(index.current(), FOUND) == followed else "different"


def late(_ready: Ready, locked: bool) -> str:
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
    return "seen" if seen == {"slow", "quick"} else "missed"


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


@pytest.fixture(scope="module")
def house(empty_house: House) -> House:
    """With a listing for each writer."""
    empty_house.alone(settle)
    return empty_house


def test_all_find_what_is_saved_in_the_next_answer(house: House) -> None:
    """Each writer pauses and publishes its own listing; a reader ends with what a new one reads."""
    jobs: list[list[object]] = [["follow"], *(["write", n] for n in range(WRITERS))]
    assert house.race(play, jobs) == ["the same", *["found"] * WRITERS]


if ON_POSTGRESQL:  # SQLite has one writer at a time: nobody can come and commit in between

    def test_without_the_lock_a_change_is_missed(house: House) -> None:
        assert house.alone(late, False) == "missed"
        assert house.alone(late, True) == "seen"
