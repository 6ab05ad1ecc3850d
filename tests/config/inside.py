"""Run inside a house's own process: take words or code by line, do it, answer by line. See `houses.House`."""

import contextlib
import io
import json
import os
import sys
import traceback
from typing import Any


def main() -> None:
    """Each line asks {"words": [...]} for a command or {"code": "..."} for Python, and answered by one."""
    wire = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    for line in sys.stdin:
        wire.write(json.dumps(_done(json.loads(line))) + "\n")
        wire.flush()


def _done(asked: dict[str, Any]) -> dict[str, Any]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = _command(asked["words"]) if "words" in asked else _code(asked["code"])
        except Exception:
            traceback.print_exc()
            status = 1
    return {"status": status, "out": out.getvalue(), "err": err.getvalue()}


def _command(words: list[str]) -> int:
    from breathingroom.config import cli

    return cli.main(words)


def _code(text: str) -> int:
    from breathingroom.config import house

    house.enter()
    exec(compile(text, "<test>", "exec"), {})
    return 0


if __name__ == "__main__":
    main()
