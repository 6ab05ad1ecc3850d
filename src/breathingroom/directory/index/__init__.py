"""The search: what is known of all published listings, held beside the tables, that equals them.

`current()` gives what to search in, `search(snapshot, criteria)` the results. `plain.answer` says what the
results are, without any cleverness; the index and the database (`tables`) must both answer the same.

The engine, and numpy with it, is read by whoever searches first: most processes of a house never do.
"""

from breathingroom.directory.index.criteria import LOOSENED, PAGE, Criteria, Grouped, Hit, Results, Snapshot
from breathingroom.directory.index.entries import Question, best

__all__ = [
    "LOOSENED",
    "PAGE",
    "Criteria",
    "Grouped",
    "Hit",
    "Question",
    "Results",
    "Snapshot",
    "best",
    "current",
    "forget",
    "get_ready",
    "search",
]


def current() -> Snapshot:
    """What equals the tables now; for a large house whose index is not made yet, the tables themselves."""
    from breathingroom.directory.index import held

    return held.current()


def get_ready() -> None:
    """Make ahead what the first search needs, for a large house the answers for every place as well."""
    from breathingroom.directory.index import held

    held.get_ready()


def search(snapshot: Snapshot, criteria: Criteria) -> Results:
    """All of the answer: the total, one page, the counts, and, when nothing is found, what would help."""
    from breathingroom.directory.index import held

    return held.search(snapshot, criteria)


def forget() -> None:
    """Drop all that was made: for tests, whose writes are rolled back."""
    from breathingroom.directory.index import held

    held.forget()
