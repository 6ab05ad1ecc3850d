"""What is the same for everybody is rendered once."""

from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from breathingroom.core.templatetags.ui import MOST_KEPT


class Told:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __str__(self) -> str:
        self.asked += 1
        return "<told>"


def test_it_is_rendered_once_for_each_key_and_language() -> None:
    page, told = Template("{% steady here %}{{ here }}{{ told }}{% endsteady %}"), Told()
    for _ in range(3):
        for here in ("find", "account"):
            assert page.render(Context({"here": here, "told": told})) == f"{here}&lt;told&gt;"
    assert told.asked == 2
    with translation.override("es"):
        page.render(Context({"here": "find", "told": told}))
    assert told.asked == 3


def test_what_is_not_a_key_is_not_asked_again() -> None:
    """The control: whoever puts something else into it sees it stand still."""
    page = Template("{% steady %}{{ name }}{% endsteady %}")
    assert [page.render(Context({"name": name})) for name in "ab"] == ["a", "a"]


def test_it_keeps_a_bounded_number() -> None:
    page = Template("{% steady n %}{{ n }}{% endsteady %}")
    for n in range(3 * MOST_KEPT):
        assert page.render(Context({"n": n})) == str(n)
    node: Any = page.nodelist[0]
    assert len(node.kept) <= MOST_KEPT


@pytest.mark.parametrize("missing", ["here", "here.or.there"])
def test_a_key_that_is_not_there_is_no_fault(missing: str) -> None:
    assert Template("{% steady " + missing + " %}x{% endsteady %}").render(Context()) == "x"
