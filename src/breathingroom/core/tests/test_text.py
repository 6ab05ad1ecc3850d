"""Text from members: what a page shows of it, and what a search sees."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breathingroom.core import text


def _tags(shown: str) -> set[str]:
    return set(re.findall(r"</?(\w*)", shown))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("*calm* and **clear**", "<p><em>calm</em> and <strong>clear</strong></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("# not a heading", "<p># not a heading</p>"),
    ],
)
def test_a_little_markdown_is_shown(source: str, shown: str) -> None:
    assert text.render(source).strip() == shown


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<b onclick=alert(1)>x</b>",
        '<a href="https://a.example" style="position:fixed">x</a>',
        "![picture](https://a.example/x.png)",
        "<https://a.example>",
        "&lt;script&gt;",
    ],
)
def test_markup_stays_words(source: str) -> None:
    assert _tags(text.render(source)) <= {"p", "a"}


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "http://a.example", "//a.example", "/staff/", "vbscript:x"],
)
def test_other_links_lead_nowhere(address: str) -> None:
    assert "href" not in text.render(f"[words]({address})")


@pytest.mark.parametrize("address", ["https://a.example/", "mailto:a@b.example"])
def test_links_say_nothing_about_where_they_were(address: str) -> None:
    shown = text.render(f"[words]({address})")
    assert f'href="{address}"' in shown
    assert 'rel="nofollow noreferrer noopener"' in shown


@pytest.mark.parametrize("piece", ["[", "*", "[a](", "> ", "- ", "_a*"])
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    text.render(piece * text.LONGEST)
    assert time.process_time() - began < 2


@given(st.text())
def test_no_text_brings_a_tag_of_its_own(source: str) -> None:
    assert _tags(text.render(source)) <= {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("Überlastung & Müdigkeit", "uberlastung mudigkeit"),
        ("can’t   stop", "can t stop"),
        ("STRASSE straße", "strasse strasse"),
        ("𝑨𝑩 ﬁ ²", "ab fi 2"),
        ("\x00", ""),
    ],
)
def test_plain_forgets_case_accents_and_signs(value: str, plain: str) -> None:
    assert text.plain(value) == plain


@given(st.text())
def test_plain_is_its_own_plain(value: str) -> None:
    once = text.plain(value)
    assert text.plain(once) == once
