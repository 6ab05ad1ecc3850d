"""Components: what they show, and that a wrong argument does not compile."""

import datetime as dt

import pytest
import time_machine
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone

from breathingroom.core import clock, rings
from breathingroom.core.templatetags import ui


def _shown(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_a_block_holds_what_is_put_into_it() -> None:
    shown = _shown('{% card heading="Rest" kind="sage" %}<p>{{ words }}</p>{% endcard %}', words="<b>")
    assert '<section class="card card--sage">' in shown
    assert "<p>&lt;b&gt;</p>" in shown


@pytest.mark.parametrize(
    "source",
    [
        '{% card colour="red" %}{% endcard %}',
        "{% empty %}{% endempty %}",
        '{% notice kind="done" %}',
        "{% ring_picture %}",
    ],
)
def test_a_wrong_call_does_not_compile(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template(source)


def test_only_care_interrupts_a_screen_reader() -> None:
    assert 'role="alert"' in _shown('{% notice kind="care" %}x{% endnotice %}')
    assert 'role="status"' in _shown("{% notice %}x{% endnotice %}")


def test_the_current_step_is_no_link() -> None:
    shown = _shown('{% steps names "Two" %}', names=[("One", "/1/"), ("Two", "/2/"), ("Three", "")])
    assert '<a href="/1/">One</a>' in shown
    assert '<span aria-current="step">Two</span>' in shown
    assert "/2/" not in shown


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "today"), (0, "today"), (1, "yesterday"), (2, "2 days ago"), (60, "60 days ago")],
)
def test_days_are_told_from_today(days: int, words: str) -> None:
    assert ui.ago(clock.today() - dt.timedelta(days=days)) == words


def test_after_two_months_the_day_itself_is_told() -> None:
    then = clock.today() - dt.timedelta(days=61)
    assert ui.ago(then) == ui.day(then)
    assert str(then.year) in ui.day(then)


def test_no_day_is_no_words() -> None:
    assert (ui.ago(None), ui.day(None)) == ("", "")


def test_a_seed_gives_the_same_picture_for_ever() -> None:
    assert rings.picture("6271df48") == rings.picture("6271df48") != rings.picture("6271df49")
    assert rings.picture("").ground == "oklch(90% .045 319)"


@pytest.mark.parametrize("seed", [str(number) for number in range(50)])
def test_rings_narrow_inwards(seed: str) -> None:
    radii = [ring.rx for ring in rings.picture(seed).rings]
    assert radii == sorted(radii, reverse=True)


def test_yesterday_evening_is_not_today_where_one_lives() -> None:
    evening = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)  # 20:00 on the first in Los Angeles
    with timezone.override("America/Los_Angeles"), time_machine.travel("2026-03-02T20:00Z", tick=False):
        assert ui.ago(evening) == "yesterday"
