"""Every word a person can read is marked for translation, and every mark has its Spanish."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tools import messages

from tests.laws import house

NAMES = {"Breathing Room", "en"}  # the house, and the code of a language
SPOKEN_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description", "label"}
SPOKEN_KEYWORDS = {
    "label", "help_text", "keep", "verbose_name", "verbose_name_plural", "empty_label", "placeholder",
    "short_description",
}  # fmt: skip
SPEAKING_CALLS = {
    "ValidationError", "success", "error", "warning", "info", "CharField", "TextField", "BooleanField",
    "DateField", "DateTimeField", "EmailField", "IntegerField", "SlugField", "URLField", "ImageField",
}  # fmt: skip

COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?endcomment\s*%\}", re.S)
TRANSLATED = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}", re.S)
INSIDE_A_TAG = [
    re.compile(rf"\{{%\s*block {name}\s*%\}}.*?\{{%\s*endblock.*?%\}}", re.S)
    for name in ("bodyclass", "coltype", "body_attributes")
]
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
BARE_ARGUMENT = re.compile(
    r"""(?<!_\()(?:\b(?:heading|label|summary)=|\|default:)["']([^"']*[^\W\d_]{2}[^"']*)["']"""
)


class _Words(HTMLParser):
    """Collects what would be read out: text, and attributes that speak."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        given = dict(attrs)
        spoken = [given.get(name) or "" for name in SPOKEN_ATTRIBUTES]
        if tag == "input" and given.get("type") in {"submit", "button", "reset"}:
            spoken.append(given.get("value") or "")
        self.found += spoken

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def unmarked(source: str, *, html: bool) -> list[str]:
    """What a template says outside a translation mark."""
    bare = source
    for pattern in (COMMENT, TRANSLATED, *INSIDE_A_TAG):
        bare = pattern.sub("", bare)
    spoken = (word for tag in TAG.findall(bare) for word in BARE_ARGUMENT.findall(tag))
    arguments = [word for word in spoken if word not in NAMES]
    said = TAG.sub("", bare)
    if not html:
        return arguments + [line.strip() for line in said.splitlines() if _is_word(line)]
    words = _Words()
    words.feed(said)
    return arguments + [" ".join(text.split()) for text in words.found if _is_word(text)]


def _is_word(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]", text)) and text.strip() not in NAMES


@pytest.mark.parametrize("path", house.templates(), ids=house.named)
def test_every_word_of_a_template_is_marked(path: Path) -> None:
    found = unmarked(path.read_text(), html=path.suffix == ".html")
    assert not found, f"Mark these with translate or blocktranslate: {found}"


def test_this_law_sees_a_bare_word() -> None:
    assert unmarked('<p title="Hello">{{ name|default:"nobody here" }}</p>', html=True) == [
        "nobody here",
        "Hello",
    ]
    assert unmarked("<p>Hello {{ name }}</p>", html=True) == ["Hello"]
    assert unmarked("{% blocktranslate %}Hello{% endblocktranslate %} {% translate 'x' %}", html=True) == []


def _bare_words(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield from _bare_in_call(node)
        elif isinstance(node, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in node.bases):
            yield from _bare_choices(node)
        elif isinstance(node, ast.Assign) and any(ast.unparse(t) in SPOKEN_KEYWORDS for t in node.targets):
            yield from _literal(node.value)


def _bare_in_call(node: ast.Call) -> Iterator[str]:
    for keyword in node.keywords:
        if keyword.arg in SPOKEN_KEYWORDS:
            yield from _literal(keyword.value)
    if ast.unparse(node.func).rpartition(".")[2] in SPEAKING_CALLS:
        for value in node.args:
            yield from _literal(value)


def _bare_choices(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple) and len(line.value.elts) == 2:
            yield from _literal(line.value.elts[1])


def _literal(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_word(node.value):
        yield f"{node.lineno}: {node.value!r}"
    if isinstance(node, ast.JoinedStr):
        yield f"{node.lineno}: {ast.unparse(node)}"


LOG = re.compile(r"\blog(ger)?\.")
SPEAKING_FILES = [p for p in house.source_files(".py") if p.parent.name not in {"config", "commands"}]


@pytest.mark.parametrize("path", SPEAKING_FILES, ids=house.named)
def test_every_word_of_a_form_or_model_is_marked(path: Path) -> None:
    logs = re.compile(r"\blog(ger)?\.")
    found = [
        word for word in _bare_words(path) if not logs.search(path.read_text().splitlines()[_line(word)])
    ]
    assert not found, f"Mark these with gettext or gettext_lazy: {found}"


def _line(found: str) -> int:
    return int(found.partition(":")[0]) - 1


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_catalogue_is_complete(language: str) -> None:
    found = messages.problems(language)
    assert not found, "python tools/messages.py extract, translate, compile:\n" + "\n".join(found[:40])
