"""The environment from bare python3: the right wheel, the right bytes, and no pip in sight."""

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tools import bootstrap
from tools.bootstrap import Machine, Trouble, Wheel, choose

ROOT = Path(__file__).resolve().parents[2]
LOCKED = bootstrap.locked((ROOT / "uv.lock").read_text())[1]


@pytest.mark.parametrize(
    ("machine", "part"),
    [
        (Machine("Linux", "x86_64", "2.36"), "manylinux_2_17_x86_64"),
        (Machine("Linux", "aarch64", "2.36"), "manylinux_2_17_aarch64"),
        (Machine("Linux", "x86_64", "musl"), "musllinux_1_1_x86_64"),
        (Machine("Linux", "aarch64", "musl"), "musllinux_1_1_aarch64"),
        (Machine("Darwin", "arm64", "14.4"), "macosx_11_0_arm64"),
        (Machine("Darwin", "x86_64", "10.15.7"), "macosx_10_12_x86_64"),
    ],
)
def test_each_machine_gets_its_wheel(machine: Machine, part: str) -> None:
    assert part in choose(LOCKED, machine).file


@pytest.mark.parametrize(
    "machine",
    [Machine("Linux", "x86_64", "2.5"), Machine("Linux", "sparc", "2.36"), Machine("Plan9", "x86_64", "4")],
)
def test_a_machine_without_one_is_told(machine: Machine) -> None:
    with pytest.raises(Trouble, match="There is no uv"):
        choose(LOCKED, machine)


def test_other_bytes_are_not_run() -> None:
    with pytest.raises(Trouble, match="Nothing of it was run"):
        bootstrap.checked(b"other", Wheel("https://x/uv.whl", hashlib.sha256(b"uv").hexdigest()))


def test_an_index_that_is_away_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in bootstrap.INDEXES:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Trouble, match="package index"):
        bootstrap.download(Wheel("http://127.0.0.1:1/uv.whl", ""))


def fake_uv(version: str) -> bytes:
    """A wheel whose uv is a shell script that makes what `uv sync` makes."""
    script = '#!/bin/sh\nmkdir -p .venv\necho "$@" >> .venv/asked\n'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"uv-{version}.data/scripts/uv", script)
    return content.getvalue()


def test_bare_python_is_enough(tmp_path: Path) -> None:
    """A python that sees no site packages, no uv on PATH: the wheel is fetched once, by its checksum."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "bootstrap.py").write_bytes((ROOT / "tools" / "bootstrap.py").read_bytes())
    content = fake_uv("0.13.9")
    file = tmp_path / choose(LOCKED, bootstrap.this_machine()).file
    file.write_bytes(content)
    (tmp_path / "uv.lock").write_text(
        f'[[package]]\nname = "uv"\nversion = "0.13.9"\nwheels = [{{ url = "{file.as_uri()}",'
        f' hash = "sha256:{hashlib.sha256(content).hexdigest()}" }}]\n'
    )
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-I", "-S", "tools/bootstrap.py"],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        file.unlink(missing_ok=True)  # the second time nothing is fetched
    assert (tmp_path / ".venv" / "asked").read_text() == "sync --frozen\nsync --frozen --quiet\n"
    assert os.access(tmp_path / ".uv" / "0.13.9" / "uv", os.X_OK)
