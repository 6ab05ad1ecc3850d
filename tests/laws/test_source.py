"""The source itself: nothing put off, nothing too long, nothing that only works on one machine."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.laws import house

PUT_OFF = re.compile(r"\b(TODO|FIXME|HACK)\b")
ONE_MACHINE = re.compile(r"(?<![\w.:/])/(?:work|home|root|Users|tmp)/[\w.-]+")
REGISTRY = re.compile(r"(files\.pythonhosted|pypi\.org/simple|registry\.npmjs)")
LONGEST_FILE, LONGEST_TEST, LONGEST_FUNCTION = 300, 500, 30
TEXT = {
    ".py",
    ".html",
    ".txt",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".yml",
    ".yaml",
    ".sh",
    ".conf",
    ".service",
    "",
}


def _kept_files() -> list[Path]:
    """What Git keeps, and what it would keep if it were added now; machine-made text aside."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=house.ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    paths = (house.ROOT / name for name in listed.stdout.splitlines())
    skipped = {"uv.lock", "LICENSE", "test_source.py"}
    return [
        p for p in paths
        if p.suffix in TEXT and p.is_file() and p.name not in skipped and ".min." not in p.name
    ]  # fmt: skip


def _found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{house.named(path)}:{number}: {line.strip()[:90]}"
        for path in _kept_files()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize(
    "pattern", [PUT_OFF, ONE_MACHINE, REGISTRY], ids=["put off", "one machine", "registry"]
)
def test_no_file_says(pattern: re.Pattern[str]) -> None:
    found = _found(pattern)
    assert not found, "\n".join(found)


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_file_grows_a_tail() -> None:
    long = [
        f"{house.named(p)}: {_lines(p)}"
        for p in house.source_files(".py", ".html", ".js")
        if _lines(p) > LONGEST_FILE
    ]
    long += [f"{house.named(p)}: {_lines(p)}" for p in house.test_files() if _lines(p) > LONGEST_TEST]
    assert not long, f"Split by noun: {long}"


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code, without its docstring; a call written one argument a line is data, and one line."""
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    lines = set(range(first.lineno, (function.end_lineno or 0) + 1))
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and node.keywords and not node.args:
            lines -= set(range(node.lineno + 1, (node.end_lineno or 0) + 1))
    return len(lines)


def _long_functions() -> Iterator[str]:
    for path in house.source_files(".py"):
        for function in house.functions(path):
            if _length(function) > LONGEST_FUNCTION:
                yield f"{house.named(path)}:{function.lineno} {function.name}: {_length(function)}"


def test_no_function_is_long() -> None:
    found = list(_long_functions())
    assert not found, "\n".join(found)


def test_only_the_clock_asks_the_time() -> None:
    asks = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|\butcnow\(|localdate\(\)|localtime\(\)")
    found = [house.named(p) for p in house.source_files(".py") if asks.search(p.read_text())]
    before_django = "src/breathingroom/config/demo/folder.py"  # decides whether Django need be loaded at all
    assert set(found) <= {"src/breathingroom/core/clock.py", before_django}


def test_only_actions_write() -> None:
    """Views, forms, queries and rules read; a write they make is a write without its audit line."""
    readers = {"views", "forms", "queries", "rules", "access", "choices"}
    found = [
        f"{house.named(path)}:{number}: {line.strip()}"
        for path in house.source_files(".py")
        if readers & {path.stem, path.parent.name}
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (write := WRITES.search(line)) and write.group(1) not in _actions(path)
    ]
    assert not found, "\n".join(found)


WRITES = re.compile(r"(\w*)\.(?:save|delete|create|bulk_create|update_or_create|get_or_create|bulk_update)\(")


def _actions(path: Path) -> set[str]:
    """The names under which a module knows modules of actions."""
    taken = re.findall(r"^from breathingroom\.\w+\.actions import ([\w, ]+)", path.read_text(), re.M)
    return {"actions"} | {name.split(" as ")[-1].strip() for names in taken for name in names.split(",")}
