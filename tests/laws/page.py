"""An HTML page, judged: what every page of the house must have, and what none may."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

LEADING = {"href", "src", "action", "formaction"}
FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "video": "src"}


@dataclass
class _Form:
    posts: bool
    action: str
    has_token: bool = False


@dataclass
class Page:
    """What one document holds, in lists of words fit for a message."""

    faults: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: int = 0
    language: str = ""
    title: str = ""
    leaves: bool = False
    has_crisis_card: bool = False
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self._open = page, ""
        self._form: _Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._open = tag
        self._judge_attributes(tag, given)
        self._note(tag, given)
        if tag == "form":
            self._form = _Form(given.get("method", "").lower() == "post", given.get("action", ""))
        if tag == "input" and given.get("name") == "csrfmiddlewaretoken" and self._form:
            self._form.has_token = bool(given.get("value"))

    def _judge_attributes(self, tag: str, given: dict[str, str]) -> None:
        fault = self.page.faults.append
        for name, value in given.items():
            if name.startswith(("on", "hx-on")):
                fault(f"event handler {name} on <{tag}>")
            if name in {"href", "src", "action", "formaction"} and value.strip().lower().startswith(
                "javascript:"
            ):
                fault(f"javascript: in {name} of <{tag}>")
        if "style" in given:
            fault(f"style attribute on <{tag}>")
        if tag == "style" or (tag == "script" and "src" not in given):
            fault(f"inline <{tag}>")
        if tag in FETCHED and _is_foreign(given.get(FETCHED[tag], "")):
            fault(f"<{tag}> from elsewhere: {given[FETCHED[tag]]}")

    def _note(self, tag: str, given: dict[str, str]) -> None:
        page = self.page
        page.headings += tag == "h1"
        page.language = given.get("lang", "") if tag == "html" else page.language
        page.leaves |= tag == "a" and "data-leave" in given
        page.has_crisis_card |= "data-crisis" in given or "crisis" in given.get("class", "").split()
        if given.get("id"):
            page.ids.append(given["id"])
        if tag == "a" and "href" in given:
            page.links.append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form:
            if self._form.posts and not self._form.has_token:
                self.page.faults.append(f"form to {self._form.action or 'here'} without a CSRF token")
            self._form = None
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open == "title" and not self.page.title:
            self.page.title = data.strip()
        self.page.text += data


def _is_foreign(address: str) -> bool:
    return bool(urlsplit(address).netloc)


def read(html: str) -> Page:
    """Parse a document and collect its faults; a fragment has none of the faults of a whole page."""
    page = Page()
    reader = _Reader(page)
    reader.feed(html)
    reader.close()
    return page


def faults(html: str) -> list[str]:
    """Everything a whole page lacks or has too much."""
    page = read(html)
    lacking = {
        "no lang": not page.language,
        "no title": not page.title or page.title.startswith("·"),
        f"{page.headings} h1": page.headings != 1,
        "no way to leave quickly": not page.leaves,
        "no crisis card": not page.has_crisis_card,
        "no doctype": not html.lstrip().lower().startswith("<!doctype html>"),
    }
    twice = sorted({f"id {name} twice" for name in page.ids if page.ids.count(name) > 1})
    return page.faults + [fault for fault, found in lacking.items() if found] + twice
