"""The file of the index: read as it was written, or not at all."""

import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from tests.plugins.depth import examples

from breathingroom.core.tests.generated import seeds
from breathingroom.directory.index import Criteria, image, search
from breathingroom.directory.index.arrange import arrange
from breathingroom.directory.index.columns import gather
from breathingroom.directory.index.image import Image
from breathingroom.directory.index.snapshot import Snapshot
from breathingroom.directory.tests.made import FACTS, TODAY, Chance, entry, same


@pytest.fixture
def written(tmp_path: Path) -> Path:
    image.write(tmp_path / "find", of(3))
    return tmp_path / "find"


def of(count: int) -> Image:
    return Image(*arrange(gather(entry(n) for n in range(count))))


@seeds(5, 50)
def test_a_mapped_image_answers_as_one_in_memory(tmp_path: Path, seed: int) -> None:
    chance = Chance(seed)
    made = Image(*arrange(gather(chance.entries())))
    image.write(tmp_path / "mapped", made)
    read = image.read(tmp_path / "mapped")
    assert read is not None
    mapped, in_memory = (Snapshot(each, TODAY, FACTS) for each in (read, made))
    for asked in chance.searches(5):
        same(search(mapped, asked), search(in_memory, asked))


def test_a_damaged_file_is_as_good_as_none(written: Path) -> None:
    chance, whole = Chance(0), written.read_bytes()
    for at in chance.sample(range(len(whole)), examples(50, 500)):
        written.write_bytes(whole[:at] + bytes([whole[at] ^ chance.randint(1, 255)]) + whole[at + 1 :])
        assert image.read(written) is None, at
        written.write_bytes(whole[:at])
        assert image.read(written) is None, at


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
