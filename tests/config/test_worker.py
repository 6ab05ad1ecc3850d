"""The worker: jobs when due, failures backed off, one at work, a stop that waits for the job at hand."""

import signal
import subprocess
import sys
import time

import pytest

from breathingroom.config.worker import Diary, rest
from breathingroom.core import work
from tests.config.houses import House

WORK = """
import pathlib, sys, time
from breathingroom.config import house; house.enter()
from breathingroom.core.work import JOBS, periodic
JOBS.clear()
home = pathlib.Path({home!r})
@periodic("test.fails", seconds=0.1)
def fails(): raise ZeroDivisionError
@periodic("test.slow", seconds=0.1)
def slow():
    with (home / "began").open("a") as file: file.write({name!r})
    time.sleep({seconds})
    with (home / "ended").open("a") as file: file.write({name!r})
from breathingroom.config import worker
sys.exit(worker.run_until_stopped())
"""


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


def working(house: House, name: str, seconds: float) -> "subprocess.Popen[str]":
    code = WORK.format(home=str(house.home), name=name, seconds=seconds)
    return subprocess.Popen(
        [sys.executable, "-c", code], env=house.environment, stderr=subprocess.PIPE, text=True
    )


def wait_for(path: object, text: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if path.exists() and text in path.read_text():  # type: ignore[attr-defined]
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} never held {text}")


def test_a_stop_waits_for_the_job_at_hand(house: House) -> None:
    worker = working(house, "a", seconds=1.5)
    wait_for(house.home / "began", "a")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0
    assert (house.home / "began").read_text() == (house.home / "ended").read_text()
    assert worker.stderr is not None
    assert "test.fails failed, 1 in a row" in worker.stderr.read()


def test_one_works_and_the_other_takes_over_when_it_is_killed(house: House) -> None:
    first = working(house, "a", seconds=0.1)
    wait_for(house.home / "ended", "a")
    second = working(house, "b", seconds=0.1)
    time.sleep(3)
    assert "b" not in (house.home / "began").read_text()
    first.kill()
    first.wait()
    wait_for(house.home / "ended", "b")
    second.terminate()
    assert second.wait(60) == 0


def test_a_worker_standing_by_can_be_stopped(house: House) -> None:
    first = working(house, "a", seconds=0.1)
    wait_for(house.home / "ended", "a")
    second = working(house, "b", seconds=0.1)
    assert second.stderr is not None
    while "Standing by" not in second.stderr.readline():
        pass
    second.terminate()
    assert second.wait(60) == 0
    first.terminate()
    assert first.wait(60) == 0


def test_a_house_at_work_is_not_restored_over(house: House, tmp_path: object) -> None:
    file = house.home / "b.tar"
    assert house.run("backup", "--to", file, "--plain").returncode == 0
    worker = working(house, "a", seconds=0.1)
    wait_for(house.home / "ended", "a")
    done = house.run("restore", file, "--replace")
    worker.terminate()
    worker.wait(60)
    assert (done.returncode, "a worker is running" in done.stderr) == (2, True)


def test_once_runs_every_job_once(house: House) -> None:
    done = house.run("work", "--once")
    assert done.returncode == 0, done.stderr
