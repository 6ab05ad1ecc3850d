"""The search: what is known of all published listings, held beside the tables, that equals them.

`current()` gives what to search in, `search(snapshot, criteria)` the results. `plain.answer` says what the
results are, without any cleverness; the index and the database (`tables`) must both answer the same.
"""

from breathingroom.directory.index import search as _search
from breathingroom.directory.index import tables as _tables
from breathingroom.directory.index.criteria import LOOSENED, PAGE, Criteria, Hit, Results
from breathingroom.directory.index.current import FACTS, current, forget
from breathingroom.directory.index.entries import best
from breathingroom.directory.index.snapshot import Snapshot as Index
from breathingroom.directory.index.tables import Tables

Snapshot = Index | Tables

__all__ = [
    "FACTS",
    "LOOSENED",
    "PAGE",
    "Criteria",
    "Hit",
    "Index",
    "Results",
    "Snapshot",
    "best",
    "current",
    "forget",
    "search",
]


def search(snapshot: Snapshot, criteria: Criteria) -> Results:
    """All of the answer: the total, one page, the counts, and, when nothing is found, what would help."""
    if isinstance(snapshot, Tables):
        return _tables.search(snapshot, criteria)
    return _search.search(snapshot, criteria)
