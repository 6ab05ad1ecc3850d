"""A run says what it left out, and fails for it when it has to be complete."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.houses import CLEAN, ROOT

SUITE = """
import pytest
@pytest.mark.skipif(True, reason="no moon tonight")
@pytest.mark.parametrize("n", [1, 2])
def test_moon(n): pass
def test_sun(): pass
"""


@pytest.mark.parametrize(("required", "status"), [("", 0), ("1", 1)])
def test_left_out_tests_are_said(tmp_path: Path, required: str, status: int) -> None:
    (tmp_path / "test_sky.py").write_text(SUITE)
    words = ("-q", "-p", "no:cacheprovider", "-p", "tests.plugins.left_out")
    around = {"REQUIRE_ALL": required, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    house = {"BREATHINGROOM_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "breathingroom.config.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, tmp_path],
        cwd=ROOT,
        env={**CLEAN, **around, **house},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert "2 tests were left out: no moon tonight" in done.stdout
    assert "PostgreSQL was left out" in done.stdout
