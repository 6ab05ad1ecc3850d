"""Raising the curtain: prepare the demo's folder if it is not ready, run web and worker, stop them cleanly.

This process stays small and quick: when the folder is ready, it never loads Django.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from breathingroom.config import ports
from breathingroom.config.demo import accounts, folder
from breathingroom.config.house import Refusal

HOST = "127.0.0.1"
PATIENCE = 12.0
OWN = {"LOG_LEVEL", "SITE_NAME", "HOME_COUNTRY", "TIME_ZONE", "QUICK_EXIT_URL", "WORKERS"}
Child = subprocess.Popen[bytes]


def run(home: Path, port: int, listings: int, *, fresh: bool) -> int:
    """Serve the demo until SIGTERM or Ctrl-C (returns 0), or until one of its processes dies (returns 1)."""
    ports.refuse_if_taken(HOST, port)
    os.environ.update(surroundings(home, port))
    folder.make_ready(home, listings, fresh=fresh)
    stop = _stop_flag()
    children = [_start("serve")]
    try:
        if _opened(children[0], port, stop):
            children.append(_start("work"))
            print(accounts.welcome(f"http://{HOST}:{port}"), flush=True)
        return _watch(children, stop)
    finally:
        _end(children)


def surroundings(home: Path, port: int) -> Mapping[str, str]:
    """The environment of a demo: its own folder and database, whatever a real house beside it uses."""
    from breathingroom.config.environment import VARIABLES

    for variable in VARIABLES:
        if variable.name not in OWN:
            os.environ.pop(variable.name, None)
    return {
        "BREATHINGROOM_HOME": str(home),
        "BASE_URL": f"http://{HOST}:{port}",
        "BIND": f"{HOST}:{port}",
        "DEMO": "yes",
    }


def _stop_flag() -> list[int]:
    """A list that stays empty until a signal asks to stop."""
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda received, _: asked.append(received))
    return asked


def _start(command: str) -> Child:
    words = [sys.executable, "-m", "breathingroom.config.cli", command]
    return subprocess.Popen(words, process_group=0)  # noqa: S603 - Ctrl-C comes through us alone


def _opened(web: Child, port: int, stop: list[int]) -> bool:
    """Wait for the first page; False when the web process died or a stop was asked for meanwhile.

    Raises Refusal when the page is an error.
    """
    while not stop and web.poll() is None:
        status = ports.answer(HOST, port)
        if status == HTTPStatus.OK:
            return True
        if status is not None:
            raise Refusal(f"the first page answers with status {status}; the reason stands above.")
        time.sleep(0.02)
    return False


def _watch(children: list[Child], stop: list[int]) -> int:
    while not stop:
        if any(child.poll() is not None for child in children):
            raise Refusal("a part of the demo has stopped; its reason stands above.")
        time.sleep(0.2)
    return 0


def _end(children: list[Child]) -> None:
    """Ask each to stop, wait, and kill what does not listen."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
