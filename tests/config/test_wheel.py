"""The package as people install it: a wheel, in a fresh environment, the repository nowhere near."""

import os
import re
import socket
import subprocess
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.config.houses import CLEAN

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.xdist_group("wheel")  # built once
BIN = ROOT / ".venv" / "bin"


def sh(*words: str | Path, **more: str) -> str:
    done = subprocess.run(
        [str(word) for word in words],
        env={**CLEAN, **more},
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    sh(BIN / "uv", "build", "--quiet", "--wheel", "--out-dir", out, ROOT)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, and what uv.lock names, in an environment of its own."""
    place = tmp_path_factory.mktemp("installed")
    uv, needs = BIN / "uv", place / "needs.txt"
    sh(uv, "export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", "--project", ROOT, "-o", needs)
    sh(uv, "venv", "--quiet", "--python", os.path.realpath(BIN / "python"), place / "venv")
    sh(uv, "pip", "install", "--quiet", "--python", place / "venv", "-r", needs, wheel)
    return place


def test_it_carries_what_it_needs_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if re.search(r"(^|/)tests?/", name)]
    for wanted in (
        r"core/templates/base\.html",
        r"core/static/core/house\.css",
        r"licensure/facts/compacts\.json",
        r"safety/facts/crisis\.json",
        r"config/demo/sentences\.txt",
        r"core/concerns/phrases\.es\.txt",
        r"people/migrations/0001_initial\.py",
        r"locale/es/LC_MESSAGES/django\.mo",
        r"py\.typed",
    ):
        assert any(re.fullmatch(f"breathingroom/{wanted}", name) for name in names), wanted


def test_it_checks_a_house(installed: Path) -> None:
    command, home = installed / "venv" / "bin" / "breathingroom", str(installed / "house")
    around = {"BREATHINGROOM_HOME": home, "BASE_URL": "https://rooms.example.org", "WORKERS": "1"}
    sh(command, "migrate", "--quiet", **around)
    assert "0 wrong" in sh(command, "check", **around)


def test_it_shows_the_demo(installed: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = subprocess.Popen(
        [installed / "venv" / "bin" / "breathingroom", "demo", "--listings", "20", "--port", str(port)],
        env=CLEAN,
        cwd=installed,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert running.stdout is not None
        said = next((line for line in running.stdout if "Breathing Room is at" in line), "")
        assert str(port) in said
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20).status == 200
    finally:
        running.terminate()
        assert running.wait(60) == 0
