"""How long `make demo` takes until it answers: the first start, and the later ones.

python bench/start.py [--starts 5]: prints seconds from the command to the first 200 on `/`, and their median.
"""

import argparse
import os
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=5)
    starts = parser.parse_args().starts
    with tempfile.TemporaryDirectory() as home:
        print(f"first start: {seconds(home):.2f} s")
        later = [seconds(home) for _ in range(starts)]
    print(
        "later starts:",
        ", ".join(f"{each:.2f}" for each in later),
        f"s; median {statistics.median(later):.2f} s",
    )


def seconds(home: str) -> float:
    """One start and stop, in a session of its own as a terminal would give it."""
    port = _free_port()
    began = time.monotonic()
    demo = subprocess.Popen(
        ["make", "demo", f"ARGS=--home {home}/demo --port {port}"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/", began + PATIENCE)
        return time.monotonic() - began
    finally:
        os.killpg(demo.pid, signal.SIGINT)
        demo.wait(30)


def _wait_for(address: str, deadline: float) -> None:
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
    raise SystemExit(f"{address} never answered")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
