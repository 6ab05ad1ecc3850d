"""The command line: plain words, plain refusals, never a traceback."""

from pathlib import Path

import pytest

from breathingroom.config import cli
from tests.config.houses import House, built

NOWHERE = "postgres://nobody@127.0.0.1:1/nowhere"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--help"])
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert all(f"\n    {command} " in said for command in cli.COMMANDS)


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_helps(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([command, "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: breathingroom {command}")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"WORKERS": "many"}, "WORKERS='many'"),
        ({"BREATHINGROOM_HOME": "/dev/null/home"}, "BREATHINGROOM_HOME=/dev/null/home cannot be made"),
        ({"DATABASE_URL": NOWHERE}, "the database refuses"),
    ],
)
def test_a_refusal_is_plain(tmp_path: Path, more: dict[str, str], words: str) -> None:
    done = House(tmp_path, more=more).cold("migrate", "--quiet")
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_facts_come_from_a_folder_that_has_some(house: House, tmp_path: Path) -> None:
    again = house.run("import", "facts")
    assert (again.returncode, "0 created" in again.stdout) == (0, True), again
    for folder in (tmp_path / "absent", tmp_path):
        done = house.run("import", "facts", folder)
        assert (done.returncode, "Nothing was changed" in done.stderr) == (2, True), done
    (tmp_path / "crisis.json").write_text("[not json")
    done = house.run("import", "facts", tmp_path)
    assert (done.returncode, "changed nothing" in done.stderr) == (2, True), done


def test_check_names_what_is_wrong(settled: House, tmp_path: Path) -> None:
    wrong = {
        "MAIL_URL": "smtp://127.0.0.1:1",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "BASE_URL": "http://rooms.example.org",
    }
    with built(tmp_path / "house", like=settled, **wrong) as house:
        (house.home / "keys" / "field_keys").chmod(0o644)
        done = house.run("check")
    assert done.returncode == 1
    for words in ("mail server", "Redis does not answer", "demo’s sign-ins", "without https", "chmod 600"):
        assert words in done.stdout, words


def test_check_says_when_the_database_is_away(tmp_path: Path) -> None:
    done = House(tmp_path, more={"DATABASE_URL": NOWHERE}).cold("check")
    assert (done.returncode, "cannot be reached" in done.stdout) == (1, True), done


def test_a_house_that_is_not_ready_is_not_served(tmp_path: Path) -> None:
    house = House(tmp_path)
    done = house.cold("serve", "--bind", "127.0.0.1:0")
    assert (done.returncode, "BIND" in done.stderr) == (2, True), done
    done = house.cold("serve", "--bind", "127.0.0.1:8199")
    assert (done.returncode, "breathingroom migrate" in done.stderr) == (2, True), done
    house.more |= {"DEMO": "yes", "BASE_URL": "https://rooms.example.org"}
    done = house.cold("serve")
    assert (done.returncode, "sign-in code to everybody" in done.stderr) == (2, True), done
