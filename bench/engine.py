"""The search index alone: what it weighs, how fast it is made, opened, asked and changed.

    python bench/engine.py [listings ...]

p50 and p99 are of 400 different searches each, after a warm-up of 100 others, with an exact total, the first
page and every count of every facet. A process of its own opens the file, so that its memory is counted alone.
"""

import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from house import ready

ready()

import synthetic  # noqa: E402

from breathingroom.directory.index import Criteria, Results, image  # noqa: E402
from breathingroom.directory.index.arrange import arrange  # noqa: E402
from breathingroom.directory.index.engine import search  # noqa: E402
from breathingroom.directory.index.entries import Entry  # noqa: E402
from breathingroom.directory.index.snapshot import Snapshot  # noqa: E402

SEARCHES, WARM_UP = 400, 100


def main(counts: list[int]) -> None:
    for count in counts:
        path = Path(tempfile.mkdtemp(prefix="bench-")) / "find"
        given = synthetic.columns(count)
        began = time.perf_counter()
        image.write(path, image.Image(*arrange(given)))
        made = time.perf_counter() - began
        size = path.stat().st_size / 2**20
        print(f"\n{count:,} listings: arranged and written in {made:.1f} s, file {size:.0f} MB", flush=True)
        del given
        subprocess.run([sys.executable, __file__, "open", str(path)], check=True)


def opened(path: Path) -> None:
    gc.disable()
    before = private()
    began = time.perf_counter()
    read = image.read(path)
    assert read is not None
    snapshot = Snapshot(read, synthetic.TODAY, synthetic.facts())
    print(f"opened in {(time.perf_counter() - began) * 1000:.0f} ms", flush=True)
    (ahead,) = timed([snapshot.warm])
    print(f"every place asked about ahead, which a large house does at its start: {ahead:.0f} ms", flush=True)
    for kind in ("narrow", "broad", "words"):
        asked = [criteria(each) for each in synthetic.questions(kind, SEARCHES + WARM_UP)]
        totals = [answer(snapshot, each).total for each in asked[:WARM_UP]]
        spent = timed([lambda each=each: answer(snapshot, each) for each in asked[WARM_UP:]])  # type: ignore[misc]
        print(f"{kind}: {row(spent)} ms; about {sorted(totals)[WARM_UP // 2]:,} found", flush=True)
    changed(snapshot)
    turned(snapshot)
    print(f"memory of this process alone: {private() - before:.0f} MB, and the mapped file is shared")


def changed(snapshot: Snapshot) -> None:
    """A change of one listing, and a search right behind it."""
    entry = synthetic_entry()
    ids = [snapshot.listing(n * 7) for n in range(300)]
    from dataclasses import replace

    edits = [replace(entry, id=listing) for listing in ids]
    spent = timed([lambda edit=edit: snapshot.apply(edit.id, edit) for edit in edits])  # type: ignore[misc]
    print(f"one change: {row(spent)} ms", flush=True)
    asked = [criteria(each) for each in synthetic.questions("narrow", 200)]
    spent = timed([lambda each=each: answer(snapshot, each) for each in asked])  # type: ignore[misc]
    print(f"narrow after 300 changes: {row(spent)} ms", flush=True)


def turned(snapshot: Snapshot) -> None:
    import datetime as dt

    tomorrow = synthetic.TODAY + dt.timedelta(1)
    (turn,) = timed([lambda: snapshot.turn(tomorrow)])
    (first,) = timed([lambda: search(snapshot, Criteria(where=synthetic.STATES[0]))])
    (second,) = timed([lambda: search(snapshot, Criteria(where=synthetic.STATES[9]))])
    print(
        f"day turned in {turn:.0f} ms; its first answer for a place {first:.0f} ms, for another {second:.0f}"
    )


def criteria(asked: synthetic.Question) -> Criteria:
    if asked.kind == "words":
        return Criteria(words=asked.words)
    codes = frozenset(synthetic.CONCERNS[n] for n in asked.concerns)
    if asked.kind == "broad":
        return Criteria(concerns=codes, accepting=True)
    where = synthetic.STATES[asked.state]
    near = f"{asked.near[0]} {asked.near[1]}" if asked.near else ""
    return Criteria(where=where, concerns=codes, accepting=True, ceiling=asked.ceiling, near=near, within=50)


def located(spot: str) -> tuple[float, float] | None:
    lat, _space, lon = spot.partition(" ")
    return (float(lat), float(lon)) if lon else None


def answer(snapshot: Snapshot, asked: Criteria) -> Results:
    return search(snapshot, asked)


def synthetic_entry() -> Entry:
    from uuid import UUID

    return Entry(
        id=UUID(int=1),
        roles=frozenset({"therapist"}),
        formats=frozenset({"online"}),
        concerns=frozenset(synthetic.CONCERNS[:5]),
        approaches=frozenset({"emdr"}),
        languages=frozenset({"en"}),
        times=frozenset(),
        identities=frozenset(),
        place=synthetic.STATES[3],
        spot="",
        since=2012,
        currency="USD",
        fee_least=14000,
        sliding=True,
        pro_bono=False,
        accepting=True,
        confirmed=synthetic.TODAY,
        tokens=frozenset(synthetic._token(n * 31) for n in range(45)),
        licences=(),
    )


def timed(calls: list[Callable[[], object]]) -> list[float]:
    """Milliseconds of CPU of each call."""
    spent = []
    for call in calls:
        began = time.thread_time_ns()
        call()
        spent.append((time.thread_time_ns() - began) / 1e6)
    return sorted(spent)


def row(spent: list[float]) -> str:
    return f"p50 {spent[len(spent) // 2]:.2f}, p99 {spent[int(len(spent) * 0.99)]:.2f}"


def private() -> float:
    """Megabytes that only this process holds."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    kilobytes = sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty"))
    return kilobytes / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["open"]:
        # In the synthetic world a spot is its own latitude and longitude.
        mock.patch("breathingroom.directory.index.engine.located", located).start()
        opened(Path(sys.argv[2]))
    else:
        main([int(word) for word in sys.argv[1:]] or [100_000, 1_000_000])
