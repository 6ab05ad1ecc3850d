"""The package as people install it: a wheel, in a fresh environment, the repository nowhere near."""

import os
import re
import socket
import subprocess
import sysconfig
import urllib.request
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from breathingroom.config.demo import accounts, stage
from tests.config.houses import CLEAN, ROOT, built
from tests.plugins.depth import THOROUGH, examples

BIN = ROOT / ".venv" / "bin"


def start(*words: str | Path, around: Mapping[str, str] = CLEAN) -> "subprocess.Popen[str]":
    """A process; both its outputs in one pipe."""
    return subprocess.Popen(
        words, env=around, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def sh(*words: str | Path, around: Mapping[str, str] = CLEAN, status: int = 0) -> str:
    """What a process says that ends with this status."""
    running = start(*words, around=around)
    said = running.communicate(timeout=120)[0]
    assert running.returncode == status, said
    return said


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    sh(BIN / "uv", "build", "--quiet", "--wheel", "--out-dir", out, ROOT)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of the wheel in an environment of its own, beside what uv.lock names for it.

    A quick run borrows the packages of its own environment, which are compiled already.
    """
    place = tmp_path_factory.mktemp("installed")
    uv, venv, needs = BIN / "uv", place / "venv", place / "needs.txt"
    sh(uv, "venv", "--quiet", "--python", os.path.realpath(BIN / "python"), venv)
    if THOROUGH:
        sh(uv, "export", "-q", "--frozen", "--no-dev", "--no-emit-project", "--project", ROOT, "-o", needs)
        sh(uv, "pip", "install", "--quiet", "--python", venv, "-r", needs)
    else:
        (_packages(venv) / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    sh(uv, "pip", "install", "--quiet", "--no-deps", "--python", venv, wheel)
    return venv / "bin" / "breathingroom"


def _packages(venv: Path) -> Path:
    return Path(sysconfig.get_path("purelib", vars={"base": str(venv), "platbase": str(venv)}))


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


def test_an_empty_house_is_made_sound(installed: Path, tmp_path: Path) -> None:
    with built(tmp_path / "house", BASE_URL="https://rooms.example.org", WORKERS="1") as house:
        around = house.environment
        assert sh(installed, "migrate", "--quiet", around=around) == ""
        assert not [p for p in house.home.iterdir() if p.stat().st_mode & 0o077]  # for its own user alone
        assert "0 wrong" in sh(installed, "check", around=around)  # mail to the terminal is worth a thought


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((stage.HOST, 0))
        return int(probe.getsockname()[1])


def heard(running: "subprocess.Popen[str]", words: str) -> str:
    """Everything said until `words` were. Raises AssertionError when it ended before."""
    said = ""
    assert running.stdout is not None
    for line in running.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def assert_slow_forms_hold_nobody_up(port: int) -> None:
    """Half-sent forms, more than there are processes: a page still answers."""
    head = f"POST /account/login/ HTTP/1.1\r\nHost: {stage.HOST}\r\nContent-Length: 4000\r\n\r\nemai"
    slow = [socket.create_connection((stage.HOST, port)) for _ in range(5)]
    try:
        for wire in slow:
            wire.sendall(head.encode())
        assert urllib.request.urlopen(f"http://{stage.HOST}:{port}/terms/", timeout=8).status == 200
    finally:
        for wire in slow:
            wire.close()


def test_from_nothing_to_a_demo_and_again(installed: Path, tmp_path: Path) -> None:
    """Web and worker start, whatever a real house uses; a signal stops both."""
    around = {**CLEAN, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere"}
    port = free_port()
    demo = (installed, "demo", "--port", str(port), "--listings", "20", "--home")
    for _ in range(examples(1, 2)):
        running = start(*demo, tmp_path / "demo", around=around)
        try:
            said = heard(running, "Working:")
            assert urllib.request.urlopen(f"http://{stage.HOST}:{port}/", timeout=20).status == 200
            assert all(account.email in said for account in accounts.ACCOUNTS)
            assert_slow_forms_hold_nobody_up(port)
        finally:
            running.terminate()
            assert running.wait(60) == 0
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((stage.HOST, port), timeout=1)
