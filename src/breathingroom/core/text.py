"""Text that members write: shown as a safe subset of Markdown, searched without accents or case."""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LONGEST = 10_000
_GAPS = re.compile(r"[\W_]+")
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}


def render(source: str) -> str:
    """Markdown to HTML through an allow-list: no images, no raw HTML, links only to https and mailto."""
    import nh3

    return nh3.clean(
        _parser().render(source[:LONGEST]),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "mailto"},
        url_relative="deny",
        link_rel="nofollow noreferrer noopener",
    )


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # slow to read: a process that shows no text starts without it

    parser = MarkdownIt("zero", {"html": False, "breaks": True})
    return parser.enable(["emphasis", "list", "blockquote", "link", "newline", "escape"])


def plain(value: str) -> str:
    """Lower case, without accents, every run of other characters one space."""
    return _GAPS.sub(" ", value.lower() if value.isascii() else _unaccented(value)).strip()


def _unaccented(value: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", value).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
