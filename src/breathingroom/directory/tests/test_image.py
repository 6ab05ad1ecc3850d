"""The file of the index: read as it was written, or not at all."""

import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breathingroom.directory.index import Criteria, image, search
from breathingroom.directory.index.arrange import arrange
from breathingroom.directory.index.columns import gather
from breathingroom.directory.index.entries import Entry
from breathingroom.directory.index.image import Image
from breathingroom.directory.index.snapshot import Snapshot
from breathingroom.directory.tests.made import FACTS, TODAY, criteria, entries, entry, indexed, same


@pytest.fixture
def written(tmp_path: Path) -> Path:
    image.write(tmp_path / "find", of(3))
    return tmp_path / "find"


def of(count: int) -> Image:
    return Image(*arrange(gather(entry(n) for n in range(count))))


@settings(max_examples=50, deadline=None)
@given(entries, criteria)
def test_a_mapped_image_answers_as_one_in_memory(
    tmp_path_factory: pytest.TempPathFactory, found: list[Entry], asked: Criteria
) -> None:
    path = tmp_path_factory.getbasetemp() / "mapped"
    image.write(path, Image(*arrange(gather(found))))
    read = image.read(path)
    assert read is not None
    same(search(Snapshot(read, TODAY, FACTS), asked), indexed(found, asked))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_as_good_as_none(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged"
    image.write(path, of(3))
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    path.write_bytes(whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :])
    assert image.read(path) is None
    path.write_bytes(whole[:at])
    assert image.read(path) is None


def test_a_file_that_other_code_made_is_not_read(written: Path) -> None:
    with mock.patch.object(image, "code", return_value="of tomorrow"):
        assert image.read(written) is None
    assert image.read(written) is not None


def test_nobody_else_reads_the_file(written: Path) -> None:
    assert written.stat().st_mode & 0o077 == 0


def test_a_writer_that_fails_leaves_the_old_file(written: Path) -> None:
    before = written.read_bytes()
    with mock.patch.object(os, "fsync", side_effect=OSError("full")), pytest.raises(OSError, match="full"):
        image.write(written, of(5))
    assert written.read_bytes() == before
    assert [path.name for path in written.parent.iterdir()] == ["find"]


def test_a_mapped_file_outlives_the_next_one(written: Path) -> None:
    read = image.read(written)
    assert read is not None
    image.write(written, of(5))
    assert search(Snapshot(read, TODAY, FACTS), Criteria()).total == 3


def test_a_writer_that_is_killed_leaves_the_old_file(written: Path) -> None:
    before = written.read_bytes()
    script = (
        "import os, sys, time; from pathlib import Path; from breathingroom.directory.index import image\n"
        "import numpy as np\n"
        "os.fsync = lambda _file: (print('now', flush=True), time.sleep(60))\n"
        "image.write(Path(sys.argv[1]), image.Image({'ids': np.zeros(9)}, {}))\n"
    )
    set_up = "import django; django.setup()\n"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "breathingroom.config.settings"}
    words = [sys.executable, "-c", set_up + script, str(written)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=environment) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"now\n"
        writer.kill()
    assert written.read_bytes() == before
