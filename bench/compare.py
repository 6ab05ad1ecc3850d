"""The search index beside the engines one might have used instead: `make bench`.

    python bench/compare.py [listings ...]

Every engine holds the same listings and is asked the same questions, in interleaved rounds after a warm-up,
with an exact total, twenty ids and its facets counted. p50 and p99 are milliseconds of CPU, those of
PostgreSQL's own process among them: on a busy machine the wall would charge the slow for the neighbours too.
The ratio is to the index in the same run. tantivy takes part when it is installed (`uv sync --group bench`),
PostgreSQL when BENCH_POSTGRES names a database on this machine to fill and drop from.
"""

import gc
import importlib.util
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest import mock

from house import ready

ready()

import engine  # noqa: E402
import rivals  # noqa: E402
import rivals_sqlite  # noqa: E402
import synthetic  # noqa: E402

from breathingroom.directory.index import image  # noqa: E402
from breathingroom.directory.index.arrange import arrange  # noqa: E402
from breathingroom.directory.index.engine import search  # noqa: E402
from breathingroom.directory.index.snapshot import Snapshot  # noqa: E402

ROUNDS, A_ROUND, WARM_UP, AGREED = 3, 40, 15, 6
A_WHILE = 10
"""Seconds of CPU: who is still busy with a round after them is let off the rest of it."""
KINDS = ("narrow", "broad", "words")
Spent = dict[tuple[str, str], list[float]]


class Index:
    """Ours, from a mapped file."""

    name = "this index"

    def __init__(self, given: Any, home: Path) -> None:
        image.write(home / "find", image.Image(*arrange(given)))
        read = image.read(home / "find")
        assert read is not None
        self.snapshot = Snapshot(read, synthetic.TODAY, synthetic.facts())
        self.snapshot.warm()

    def ask(self, asked: synthetic.Question) -> tuple[int, object, object]:
        found = search(self.snapshot, engine.criteria(asked))
        return found.total, found.hits, found.counts


def main(counts: list[int]) -> None:
    # In the synthetic world a spot is its own latitude and longitude.
    mock.patch("breathingroom.directory.index.engine.located", engine.located).start()
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="bench-") as home:
            engines = filled(synthetic.columns(count), Path(home))
            gc.freeze()  # as a worker does: what is kept for good is swept no more
            agree(engines)
            report(count, engines)


def filled(given: Any, home: Path) -> list[Any]:
    """All who take part, the index first."""
    taking_part: list[Any] = [Index(given, home)]
    table = rivals.Table(given)
    for kind in (rivals_sqlite.Normalised, rivals_sqlite.Masked, *_tantivy(), *_postgres()):
        made, seconds = rivals.built(kind, table, home)
        print(f"{made.name} filled in {seconds:.0f} s", file=sys.stderr, flush=True)
        taking_part.append(made)
    return taking_part


def _tantivy() -> list[Any]:
    if not importlib.util.find_spec("tantivy"):
        return []
    import rivals_tantivy

    return [rivals_tantivy.Tantivy]


def _postgres() -> list[Any]:
    if "BENCH_POSTGRES" not in os.environ:
        return []
    import rivals_pg

    return [rivals_pg.Gin, rivals_pg.Masked]


def agree(engines: list[Any]) -> None:
    """Whoever answers something else is no rival. Raises SystemExit.

    Not about the narrow question: there the index asks who may see whom, and the others compare a column.
    """
    for kind in ("broad", "words"):
        for asked in synthetic.questions(kind, AGREED):
            totals = {each.name: each.ask(asked)[0] for each in engines}
            if len(set(totals.values())) > 1:
                raise SystemExit(f"{kind}: they found {totals} for {asked}")


def report(count: int, engines: list[Any]) -> None:
    spent: Spent = {(each.name, kind): [] for each in engines for kind in KINDS}
    for kind in KINDS:
        asked = synthetic.questions(kind, WARM_UP + ROUNDS * A_ROUND)
        for each in engines:
            timed(each, asked[:WARM_UP])
        for begins in range(WARM_UP, len(asked), A_ROUND):
            for each in engines:
                spent[each.name, kind] += timed(each, asked[begins : begins + A_ROUND])
        print(f"{kind} asked", file=sys.stderr, flush=True)
    print(f"\n| {count:,} listings | " + " | ".join(f"{kind} p50 / p99 | ratio" for kind in KINDS) + " |")
    print("| --- " * (1 + 2 * len(KINDS)) + "|")
    for each in engines:
        print(f"| {each.name} | " + " | ".join(cells(spent, each.name, engines[0].name)) + " |", flush=True)
    for (name, kind), times in spent.items():
        if len(times) < ROUNDS * A_ROUND:
            print(f"\n{name} was slow: {len(times)} {kind} questions instead of {ROUNDS * A_ROUND}.")


def timed(each: Any, questions: list[synthetic.Question]) -> list[float]:
    """Milliseconds of each question; of the first ones only, if they take a while."""
    times: list[float] = []
    for question in questions:
        if sum(times) > A_WHILE * 1000:
            break
        there, here = served(each), time.process_time()
        each.ask(question) if isinstance(each, Index) else rivals.answered(each, question)
        here = time.process_time() - here
        times.append((here + served(each) - there) * 1000)
    return times


def served(each: Any) -> float:
    """Seconds of CPU that its process of PostgreSQL has taken, if it has one."""
    if not (server := getattr(each, "server", None)):
        return 0.0
    nanoseconds, _waited, _slices = Path(f"/proc/{server}/schedstat").read_text().split()
    return int(nanoseconds) / 1e9


def cells(spent: Spent, name: str, ours: str) -> list[str]:
    """For each kind of question p50 and p99, and the ratio to ours."""
    found = []
    for kind in KINDS:
        times = sorted(spent[name, kind])
        median, tail = times[len(times) // 2], times[int(len(times) * 0.99)]
        found += [f"{median:.2f} / {tail:.2f}", f"{median / statistics.median_high(spent[ours, kind]):.1f}"]
    return found


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [100_000, 1_000_000])
