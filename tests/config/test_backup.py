"""Backup and restore, on the database of the run, by the command line as an operator uses it."""

import json
import tarfile
from itertools import pairwise
from pathlib import Path

import pyrage
import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from breathingroom.audit import actions
from breathingroom.audit.models import Event
from breathingroom.config.backup import databases
from breathingroom.licensure.models import Licence
from breathingroom.notify.actions import post
from breathingroom.notify.models import Mail
from tests.config.houses import House, Ready, built


def write(_ready: Ready, count: int) -> None:
    """Write lines, each in a transaction of its own."""
    for _ in range(count):
        with transaction.atomic():
            actions.record(by=None, did="test.wrote", on="test")


def write_on(ready: Ready) -> None:
    """Write until the file `enough` lies in the home."""
    while not (settings.HOME / "enough").exists():
        write(ready, 1)


def counted(_ready: Ready) -> dict[str, int]:
    return databases.counts()


def numbers(_ready: Ready) -> list[str]:
    """The numbers of all licences, which are sealed."""
    return sorted(Licence.objects.values_list("number", flat=True))


def lines(_ready: Ready) -> list[int]:
    """The keys of all lines that `write` wrote, in their order."""
    return list(Event.objects.filter(did="test.wrote").order_by("pk").values_list("pk", flat=True))


def wait_for_the_post(_ready: Ready) -> None:
    """Somebody is signed in, and a mail waits to go out."""
    SessionStore().create()
    post(to="mira@example.org", subject="a", body="b")


def waiting(_ready: Ready) -> int:
    return Mail.objects.exclude(state__in=("sent", "failed")).count()


def made(house: House, file: Path, *how: str | Path) -> Path:
    done = house.run("backup", "--to", file, *(how or ("--plain",)))
    assert done.returncode == 0, done.stderr
    return file


@pytest.fixture(scope="module")
def file(lived_in: House, settled: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An open backup of the settled house."""
    lived_in.become(settled)
    return made(lived_in, tmp_path_factory.mktemp("backup") / "b.tar")


def test_a_house_goes_round_whole(house: House, empty: House, tmp_path: Path) -> None:
    mine = pyrage.x25519.Identity.generate()
    (tmp_path / "mine").write_text(f"{mine}\n")
    (house.home / "media" / "listings").mkdir(parents=True)
    (house.home / "media" / "listings" / "a.webp").write_bytes(b"a picture")
    house.alone(wait_for_the_post)
    before, known = house.alone(counted), house.alone(numbers)
    file = made(house, tmp_path / "b.age", "--recipient", str(mine.to_public()))

    done = empty.run("restore", file, "--identity", tmp_path / "mine")

    assert done.returncode == 0, done.stderr
    after = empty.alone(counted)
    assert after.pop("audit_event") == before.pop("audit_event") + 1  # the line that says so
    assert (before.pop("django_session"), after.pop("django_session")) == (1, 0)
    assert after == before
    assert empty.alone(waiting) == 0  # it may have gone out since
    assert (empty.home / "media" / "listings" / "a.webp").read_bytes() == b"a picture"
    again = House(empty.home, empty.database)  # a process that starts now reads the keys that came along
    assert again.alone(numbers) == known
    again.leave()
    assert b"provider@demo" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert [p.name for p in house.home.iterdir() if p.name.startswith("work-")] == []


def test_people_may_write_meanwhile(house: House, empty: House, tmp_path: Path) -> None:
    """The copy is of one moment: no line is in it without those before it."""
    writer = house.begin(write_on)
    try:
        files = [made(house, tmp_path / f"{n}.tar") for n in range(2)]
    finally:
        (house.home / "enough").touch()
        assert house.end(writer) == 0
    done = empty.run("restore", files[-1])
    assert done.returncode == 0, done.stderr
    gaps = [after - before for before, after in pairwise(empty.alone(lines))]
    assert max(gaps) <= 2  # the first backup's own line may lie between


def test_a_damaged_file_changes_nothing(file: Path, empty: House, tmp_path: Path) -> None:
    whole = file.read_bytes()
    middle = len(whole) // 3
    flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    for name, content in {
        "cut": whole[: -len(whole) // 3],
        "flipped": flipped,
        "junk": b"junk" * 4000,
    }.items():
        (tmp_path / name).write_bytes(content)
        done = empty.run("restore", tmp_path / name)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False), (name, done)
    assert "people_member" not in empty.alone(counted)
    assert empty.run("restore", tmp_path / "absent").returncode == 2


def rewritten(file: Path, target: Path, **changes: object) -> Path:
    """The same open backup with another manifest."""
    with tarfile.open(file) as old, tarfile.open(target, "w") as new:
        for info in old:
            content = old.extractfile(info)
            assert content is not None
            if info.name == "manifest.json":
                text = json.dumps({**json.load(content), **changes}).encode()
                info.size = len(text)
                (target.parent / "manifest").write_bytes(text)
                with (target.parent / "manifest").open("rb") as fresh:
                    new.addfile(info, fresh)
            else:
                new.addfile(info, content)
    return target


def test_newer_code_is_refused_by_name(file: Path, empty: House, tmp_path: Path) -> None:
    newer = rewritten(file, tmp_path / "newer.tar", migrations=["people.0001_initial", "circles.0042_rounds"])
    done = empty.run("restore", newer)
    assert done.returncode == 2
    assert "circles.0042_rounds" in done.stderr
    assert "people.0001_initial" not in done.stderr


def test_the_other_kind_of_database_is_refused(file: Path, empty: House, tmp_path: Path) -> None:
    other = "sqlite" if empty.database else "postgresql"
    done = empty.run("restore", rewritten(file, tmp_path / "other.tar", database=other))
    assert (done.returncode, other in done.stderr) == (2, True)


def test_a_house_in_use_is_not_overwritten_by_mistake(file: Path, house: House) -> None:
    before = house.alone(counted)
    done = house.run("restore", file)
    assert (done.returncode, "not empty" in done.stderr) == (2, True)
    assert house.alone(counted) == before
    assert house.run("restore", file, "--replace").returncode == 0


def test_numbers_are_never_given_out_again(file: Path, house: House) -> None:
    house.alone(write, 5)
    last = house.alone(lines)[-1]
    assert house.run("restore", file, "--replace").returncode == 0
    house.alone(write, 1)
    assert house.alone(lines)[-1] > last


def test_keys_in_the_environment_must_open_it(file: Path, tmp_path: Path) -> None:
    other = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    with built(tmp_path / "house", FIELD_KEYS=other) as house:
        done = house.run("restore", file)
    assert (done.returncode, "FIELD_KEYS" in done.stderr) == (2, True)


def test_a_backup_is_never_written_over_another(file: Path, house: House, tmp_path: Path) -> None:
    done = house.run("backup", "--to", file, "--plain")
    assert (done.returncode, "exists already" in done.stderr) == (2, True)
    done = house.run("backup", "--to", tmp_path / "nowhere" / "b", "--plain")
    assert (done.returncode, "cannot be written" in done.stderr) == (2, True)
    done = house.run("backup", "--to", tmp_path / "c", "--recipient", "age1nonsense")
    assert (done.returncode, "age1nonsense" in done.stderr) == (2, True)
    assert not (tmp_path / "c").exists()
