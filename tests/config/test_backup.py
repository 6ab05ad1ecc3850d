"""Backup and restore, on the database of the run, by the command line as an operator uses it."""

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pyrage

from tests.config.houses import House

COUNT = """
from breathingroom.config.backup import databases
import json; print(json.dumps(databases.counts()))
"""
ADD_LINES = """
from django.db import transaction
from breathingroom.audit import actions
for _ in range({count}):
    with transaction.atomic():
        actions.record(by=None, did="test.wrote", on="test")
"""
LAST_LINE = """
from breathingroom.audit.models import Event
print(Event.objects.order_by("-pk").values_list("pk", flat=True).first())
"""
NUMBERS = """
from breathingroom.licensure.models import Licence
print(sorted(Licence.objects.values_list("number", flat=True)))
"""


WAITING = """
from django.contrib.sessions.backends.db import SessionStore
from breathingroom.notify.actions import post
SessionStore().create()
post(to="mira@example.org", subject="a", body="b")
"""
WAITS = """
from breathingroom.notify.models import Mail
print(Mail.objects.exclude(state__in=("sent", "failed")).count())
"""


def counts(house: House) -> dict[str, int]:
    found: dict[str, int] = json.loads(house.python(COUNT))
    return found


def made(house: House, file: Path, *how: str | Path) -> Path:
    done = house.run("backup", "--to", file, *(how or ("--plain",)))
    assert done.returncode == 0, done.stderr
    return file


def test_a_house_goes_round_whole(house: House, empty: House, tmp_path: Path) -> None:
    mine = pyrage.x25519.Identity.generate()
    (tmp_path / "mine").write_text(f"{mine}\n")
    (house.home / "media" / "listings").mkdir(parents=True)
    (house.home / "media" / "listings" / "a.webp").write_bytes(b"a picture")
    house.python(WAITING)
    before, numbers = counts(house), house.python(NUMBERS)
    file = made(house, tmp_path / "b.age", "--recipient", str(mine.to_public()))

    done = empty.run("restore", file, "--identity", tmp_path / "mine")

    assert done.returncode == 0, done.stderr
    after = counts(empty)
    assert after.pop("audit_event") == before.pop("audit_event") + 1  # the line that says so
    assert (before.pop("django_session"), after.pop("django_session")) == (1, 0)
    assert after == before
    assert empty.python(WAITS) == "0"  # it may have gone out since
    assert (empty.home / "media" / "listings" / "a.webp").read_bytes() == b"a picture"
    empty.leave()  # a process that starts now reads the keys that came along
    assert empty.python(NUMBERS) == numbers
    assert b"provider@demo" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert [p.name for p in house.home.iterdir() if p.name.startswith("work-")] == []


def test_people_may_write_meanwhile(house: House, empty: House, tmp_path: Path) -> None:
    """The copy is of one moment: no line is in it without those before it."""
    writing = house.environment
    code = "from breathingroom.config import house; house.enter()\n" + ADD_LINES.format(count=400)
    writer = subprocess.Popen([sys.executable, "-c", code], env=writing)
    try:
        files = [made(house, tmp_path / f"{n}.tar") for n in range(2)]
    finally:
        assert writer.wait(60) == 0
    done = empty.run("restore", files[-1])
    assert done.returncode == 0, done.stderr
    gaps = empty.python(
        "from breathingroom.audit.models import Event\n"
        "ids = list(Event.objects.filter(did='test.wrote').order_by('pk').values_list('pk', flat=True))\n"
        "wrote = [b - a for a, b in zip(ids, ids[1:])]\n"
        "print(max(wrote, default=1))"
    )
    assert int(gaps) <= 2  # the first backup's own line may lie between


def test_a_damaged_file_changes_nothing(house: House, empty: House, tmp_path: Path) -> None:
    whole = made(house, tmp_path / "b").read_bytes()
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
    assert "people_member" not in counts(empty)
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


def test_newer_code_is_refused_by_name(house: House, empty: House, tmp_path: Path) -> None:
    file = made(house, tmp_path / "b.tar")
    newer = rewritten(file, tmp_path / "newer.tar", migrations=["people.0001_initial", "circles.0042_rounds"])
    done = empty.run("restore", newer)
    assert done.returncode == 2
    assert "circles.0042_rounds" in done.stderr
    assert "people.0001_initial" not in done.stderr


def test_the_other_kind_of_database_is_refused(house: House, empty: House, tmp_path: Path) -> None:
    file = made(house, tmp_path / "b.tar")
    other = "sqlite" if house.database else "postgresql"
    done = empty.run("restore", rewritten(file, tmp_path / "other.tar", database=other))
    assert (done.returncode, other in done.stderr) == (2, True)


def test_a_house_in_use_is_not_overwritten_by_mistake(house: House, tmp_path: Path) -> None:
    file = made(house, tmp_path / "b.tar")
    before = counts(house)
    done = house.run("restore", file)
    assert (done.returncode, "not empty" in done.stderr) == (2, True)
    assert counts(house) == before
    assert house.run("restore", file, "--replace").returncode == 0


def test_numbers_are_never_given_out_again(house: House, empty: House, tmp_path: Path) -> None:
    file = made(house, tmp_path / "b.tar")
    house.python(ADD_LINES.format(count=5))
    last = int(house.python(LAST_LINE))
    assert house.run("restore", file, "--replace").returncode == 0
    house.python(ADD_LINES.format(count=1))
    assert int(house.python(LAST_LINE)) > last


def test_keys_in_the_environment_must_open_it(house: House, empty: House, tmp_path: Path) -> None:
    file = made(house, tmp_path / "b.tar")
    empty.more["FIELD_KEYS"] = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    done = empty.run("restore", file)
    assert (done.returncode, "FIELD_KEYS" in done.stderr) == (2, True)


def test_a_backup_is_never_written_over_another(house: House, tmp_path: Path) -> None:
    file = made(house, tmp_path / "b.tar")
    done = house.run("backup", "--to", file, "--plain")
    assert (done.returncode, "exists already" in done.stderr) == (2, True)
    done = house.run("backup", "--to", tmp_path / "nowhere" / "b", "--plain")
    assert (done.returncode, "cannot be written" in done.stderr) == (2, True)
    done = house.run("backup", "--to", tmp_path / "c", "--recipient", "age1nonsense")
    assert (done.returncode, "age1nonsense" in done.stderr) == (2, True)
    assert not (tmp_path / "c").exists()
