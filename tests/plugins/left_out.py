"""What a run left out, said plainly at its end. With REQUIRE_ALL=1 anything left out fails the run."""

import os

import pytest
from django.db import connection

DATABASES = {
    "sqlite": "Ran on SQLite. PostgreSQL was left out: name one in DATABASE_URL to run on it.",
    "postgresql": "Ran on PostgreSQL. SQLite was left out: run without DATABASE_URL for it.",
}


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After the counts: the database that was used, then each reason and how many tests it cost."""
    left_out = _left_out(terminalreporter)
    terminalreporter.section("left out", sep="-")
    terminalreporter.line(DATABASES[connection.vendor])
    for reason, count in sorted(left_out.items()):
        tests = "test was" if count == 1 else "tests were"
        terminalreporter.line(f"{count} {tests} left out: {reason}")
    if not left_out:
        terminalreporter.line("No test was left out.")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that must be complete is a failure when it is not."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    required = os.environ.get("REQUIRE_ALL", "") not in {"", "0"}
    if required and reporter is not None and session.exitstatus == pytest.ExitCode.OK and _left_out(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _left_out(reporter: pytest.TerminalReporter) -> dict[str, int]:
    found: dict[str, int] = {}
    for report in reporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ").removeprefix("left out: ")
        found[reason] = found.get(reason, 0) + 1
    return found
