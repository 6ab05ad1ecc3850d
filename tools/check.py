"""`make check`: all that can be judged without running the suite. The last line says what failed."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent

CHECKS: dict[str, list[str]] = {
    "format": [f"{BIN}/ruff", "format", "--check", "--quiet", "."],
    "lint": [f"{BIN}/ruff", "check", "--quiet", "."],
    "types": [f"{BIN}/mypy"],
    "import order": [f"{BIN}/lint-imports"],
    "migrations in step": [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "catalogues in step": [PYTHON, "tools/messages.py", "check"],
    "links in docs": [PYTHON, "tools/links.py"],
    "configuration page in step": [PYTHON, "tools/configuration.py", "check"],
}


def main() -> int:
    """Returns 1 when a check failed."""
    with tempfile.TemporaryDirectory() as home:
        around = {
            **os.environ,
            "BREATHINGROOM_HOME": home,
            "DJANGO_SETTINGS_MODULE": "breathingroom.config.settings",
        }
        failed = [name for name, command in CHECKS.items() if not _passes(name, command, around)]
    print(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def _passes(name: str, command: list[str], around: dict[str, str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    print(
        f"{'ok' if done.returncode == 0 else 'FAILED':7} {name} ({time.monotonic() - began:.1f} s)",
        flush=True,
    )
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
