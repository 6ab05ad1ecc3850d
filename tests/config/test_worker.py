"""The worker: jobs when due, failures backed off, one at work, a stop that waits for the job at hand."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from breathingroom.config import turns, worker
from breathingroom.config.worker import Diary, rest
from breathingroom.core import work
from tests.config.houses import House, Ready


def work_on(_ready: Ready, name: str, seconds: float) -> int:
    """A worker with hurried rests and two jobs: one fails, the slow one writes its name before and after."""
    turns.PAUSE = worker.STEP = 0.05
    work.JOBS.clear()
    work.periodic("test.fails", seconds=0.1)(boom)

    @work.periodic("test.slow", seconds=0.1)
    def slow() -> None:
        note("began", name)
        time.sleep(seconds)
        note("ended", name)

    with (settings.HOME / f"said by {name}").open("w") as said:
        os.dup2(said.fileno(), sys.stderr.fileno())
    return worker.run_until_stopped()


def note(file: str, name: str) -> None:
    with (settings.HOME / file).open("a") as opened:
        opened.write(name)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def boom() -> None:
    raise ZeroDivisionError


def test_a_job_is_due_again_after_its_rest() -> None:
    clock, ran = Clock(), []
    diary = Diary({"a": work.Job("a", 5, lambda: ran.append(clock.now))}, clock)
    for clock.now in (0.0, 1.0, 4.9, 5.0, 7.0, 11.0):
        for entry in diary.due():
            assert diary.run(entry)
    assert ran == [0.0, 5.0, 11.0]


def test_the_longest_waiting_goes_first() -> None:
    clock = Clock()
    diary = Diary({name: work.Job(name, rest, lambda: None) for name, rest in (("a", 9), ("b", 3))}, clock)
    for entry in diary.due():
        diary.run(entry)
    clock.now = 10.0
    assert [entry.job.name for entry in diary.due()] == ["b", "a"]


def test_a_failing_job_waits_ever_longer_and_recovers() -> None:
    job = work.Job("a", 10, boom)
    assert [rest(job, failures) for failures in range(4)] == [10, 20, 40, 80]
    assert rest(job, 60) == 3600
    assert rest(work.Job("daily", 86_400, boom), 3) == 86_400
    diary = Diary({"a": job}, Clock())
    assert not diary.run(diary.entries[0])
    diary.entries[0].job = work.Job("a", 10, lambda: None)
    assert diary.run(diary.entries[0])
    assert diary.entries[0].due == 10


def test_two_jobs_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "JOBS", {})
    work.periodic("a", 1)(boom)
    work.periodic("a", 1)(boom)  # the same one again, as when a module is read twice
    with pytest.raises(ValueError, match="two jobs"):
        work.periodic("a", 1)(lambda: None)
    with pytest.raises(ValueError, match="more than 0"):
        work.periodic("b", 0)


def wait_for(path: Path, text: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if path.exists() and text in path.read_text():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} never held {text}")


def test_a_stop_waits_for_the_job_at_hand(house: House) -> None:
    begun = house.begin(work_on, "a", 0.5)
    wait_for(house.home / "began", "a")
    os.kill(begun, signal.SIGTERM)
    assert house.end(begun) == 0
    assert (house.home / "began").read_text() == (house.home / "ended").read_text()
    assert "test.fails failed, 1 in a row" in (house.home / "said by a").read_text()


def test_one_works_and_the_other_takes_over_when_it_is_killed(house: House) -> None:
    first = house.begin(work_on, "a", 0.1)
    wait_for(house.home / "ended", "a")
    second = house.begin(work_on, "b", 0.1)
    wait_for(house.home / "said by b", "Standing by")
    wait_for(house.home / "ended", "a" * 9)
    assert "b" not in (house.home / "began").read_text()
    os.kill(first, signal.SIGKILL)
    assert house.end(first) == -signal.SIGKILL
    wait_for(house.home / "ended", "b")
    os.kill(second, signal.SIGTERM)
    assert house.end(second) == 0


def test_a_worker_standing_by_can_be_stopped(house: House) -> None:
    first = house.begin(work_on, "a", 0.1)
    wait_for(house.home / "ended", "a")
    second = house.begin(work_on, "b", 0.1)
    wait_for(house.home / "said by b", "Standing by")
    for begun in (second, first):
        os.kill(begun, signal.SIGTERM)
        assert house.end(begun) == 0


def test_a_house_at_work_is_not_restored_over(house: House) -> None:
    file = house.home / "b.tar"
    assert house.run("backup", "--to", file, "--plain").returncode == 0
    begun = house.begin(work_on, "a", 0.1)
    wait_for(house.home / "ended", "a")
    done = house.run("restore", file, "--replace")
    os.kill(begun, signal.SIGTERM)
    assert house.end(begun) == 0
    assert (done.returncode, "a worker is running" in done.stderr) == (2, True)


def test_once_runs_every_job_once(house: House) -> None:
    done = house.run("work", "--once")
    assert done.returncode == 0, done.stderr
