"""The search index beside the engines one might have used instead: `make bench`.

    python bench/compare.py [listings ...]

Every engine holds the same listings and is asked the same questions, in interleaved rounds after a warm-up,
with an exact total, twenty ids and its facets counted. p50 and p99 are milliseconds on the wall, the ratio is
to the index in the same run. tantivy takes part when it is installed (`uv sync --group bench`), PostgreSQL
when BENCH_POSTGRES names a database to fill and drop from.
"""

import importlib.util
import os
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
import synthetic  # noqa: E402

from breathingroom.directory.index import image  # noqa: E402
from breathingroom.directory.index.arrange import arrange  # noqa: E402
from breathingroom.directory.index.engine import search  # noqa: E402
from breathingroom.directory.index.snapshot import Snapshot  # noqa: E402

ROUNDS, A_ROUND, WARM_UP = 3, 40, 15
KINDS = ("narrow", "broad", "words")


class Index:
    """Ours, from a mapped file."""

    name = "this index"

    def __init__(self, given: Any, home: Path) -> None:
        image.write(home / "find", image.Image(*arrange(given)))
        read = image.read(home / "find")
        assert read is not None
        self.snapshot = Snapshot(read, synthetic.TODAY, synthetic.facts())

    def ask(self, asked: synthetic.Question) -> tuple[int, object, object]:
        found = search(self.snapshot, engine.criteria(asked))
        return found.total, found.hits, found.counts


def main(counts: list[int]) -> None:
    # In the synthetic world a spot is its own latitude and longitude.
    mock.patch("breathingroom.directory.index.engine.located", engine.located).start()
    for count in counts:
        home = Path(tempfile.mkdtemp(prefix="bench-"))
        given = synthetic.columns(count)
        table = rivals.Table(given)
        taking_part = [Index(given, home)]
        for kind in (rivals.SQLiteNormalised, rivals.SQLiteMasked, *_tantivy()):
            made, seconds = rivals.built(kind, table, home)
            print(f"{made.name} filled in {seconds:.0f} s", file=sys.stderr, flush=True)
            taking_part.append(made)
        if "BENCH_POSTGRES" in os.environ:
            import rivals_pg

            taking_part += [rivals_pg.Gin(table, "bench_gin"), rivals_pg.Masked(table, "bench_masked")]
        agree(taking_part)
        report(count, taking_part)


def _tantivy() -> list[Any]:
    return [rivals.Tantivy] if importlib.util.find_spec("tantivy") else []


def agree(engines: list[Any]) -> None:
    """Whoever answers something else is no rival. Raises SystemExit.

    Not about the narrow question: there the index asks who may see whom, and the others compare a column.
    """
    for kind in ("broad", "words"):
        for asked in synthetic.questions(kind, WARM_UP):
            totals = {each.name: each.ask(asked)[0] for each in engines}
            if len(set(totals.values())) > 1:
                raise SystemExit(f"{kind}: they found {totals} for {asked}")


def report(count: int, engines: list[Any]) -> None:
    spent: dict[tuple[str, str], list[float]] = {}
    for kind in KINDS:
        asked = synthetic.questions(kind, WARM_UP + ROUNDS * A_ROUND)
        for each in engines:
            for question in asked[:WARM_UP]:
                each.ask(question)
        for number in range(ROUNDS):
            begins = WARM_UP + number * A_ROUND
            for each in engines:
                for question in asked[begins : begins + A_ROUND]:
                    began = time.perf_counter()
                    each.ask(question)
                    spent.setdefault((each.name, kind), []).append((time.perf_counter() - began) * 1000)
    print(f"\n| {count:,} listings | " + " | ".join(f"{kind} p50 / p99 | ratio" for kind in KINDS) + " |")
    print("| --- " * (1 + 2 * len(KINDS)) + "|")
    for each in engines:
        cells = []
        for kind in KINDS:
            times, ours = sorted(spent[each.name, kind]), sorted(spent[engines[0].name, kind])
            median = times[len(times) // 2]
            cells.append(f"{median:.2f} / {times[int(len(times) * 0.99)]:.2f}")
            cells.append(f"{median / ours[len(ours) // 2]:.1f}")
        print(f"| {each.name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [100_000, 1_000_000])
