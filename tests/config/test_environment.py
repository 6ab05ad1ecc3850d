"""Every variable: read with care, wrong ones named, secrets kept, the page about them in step."""

import pytest
from tools import configuration

from breathingroom.config.environment import VARIABLES, ConfigurationError, read

BAD = {
    "BASE_URL": ["rooms.example.org", "https://a.org/", "https://a.org/x", "ftp://a.org", "https://"],
    "DATABASE_URL": ["mysql://u:geheim@h/n", "postgres://", "x", "://"],
    "REDIS_URL": ["http://geheim@h"],
    "SECRET_KEY": ["geheim"],
    "FIELD_KEYS": ["geheim", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=,geheim"],
    "MAIL_URL": ["geheim://x", "smtp://", "x"],
    "HOME_COUNTRY": ["USA", "1!", "ÄÖ"],
    "TIME_ZONE": ["Mars/Olympus", "../etc/passwd", "x\0y"],
    "QUICK_EXIT_URL": ["javascript:alert(1)", "/", "https://"],
    "FACTS_LIMIT_DAYS": ["0", "-1", "1.5", "many", "9" * 5000, "٣"],
    "NPPES_URL": ["npiregistry.cms.hhs.gov", "file:///etc/passwd", "https://"],
    "TRUSTED_PROXIES": ["10", "one"],
    "BIND": ["8000", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:70000", ":8000", "h:٣"],
    "WORKERS": ["0", "65"],
    "LOG_LEVEL": ["LOUD"],
    "DEMO": ["perhaps"],
}
GOOD = {
    "BASE_URL": "https://rooms.example.org",
    "DATABASE_URL": "postgres://u:p%40ss@h:5433/n",
    "REDIS_URL": "redis://h:6379/0",
    "MAIL_URL": "smtp+tls://u:p@h:587",
    "BIND": "[::1]:8000",
    "HOME_COUNTRY": "ca",
    "LOG_LEVEL": "debug",
}


def test_nothing_set_is_a_whole_configuration() -> None:
    assert set(read({})) == {variable.name for variable in VARIABLES}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BAD.items() for text in texts])
def test_a_wrong_variable_is_named(name: str, text: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        read({name: text})
    said = str(error.value)
    assert f"\n  {name}" in said
    assert len(said.splitlines()) == 2
    if next(variable for variable in VARIABLES if variable.name == name).secret:
        assert "geheim" not in said


def test_all_wrong_variables_are_named_at_once() -> None:
    with pytest.raises(ConfigurationError) as error:
        read({name: texts[0] for name, texts in BAD.items()})
    said = [line.strip().split("=")[0].split(":")[0] for line in str(error.value).splitlines()[1:]]
    assert said == [variable.name for variable in VARIABLES if variable.name in BAD]


def test_good_values_are_read() -> None:
    values = read(GOOD)
    assert values["DATABASE_URL"]["PASSWORD"] == "p@ss"
    assert (values["HOME_COUNTRY"], values["LOG_LEVEL"]) == ("CA", "DEBUG")
    assert read({"DEMO": "Yes"})["DEMO"] is True
    assert values["MAIL_URL"]["EMAIL_USE_TLS"] is True


def test_a_demo_is_not_open_to_the_world() -> None:
    with pytest.raises(ConfigurationError, match="sign-in code to everybody"):
        read({"DEMO": "yes", "BASE_URL": "https://rooms.example.org"})


def test_spaces_around_and_emptiness_mean_the_default() -> None:
    assert read({"WORKERS": "  "})["WORKERS"] == 2
    assert read({"WORKERS": " 3 "})["WORKERS"] == 3


def test_the_page_is_in_step() -> None:
    assert configuration.PAGE.read_text() == configuration.page()
    assert all(f"`{variable.name}`" in configuration.page() for variable in VARIABLES)
