"""What HTMX does with an answer, as far as ours need it: swap the target, then everything out of band."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "meta", "link", "img", "br", "hr", "path", "circle", "ellipse"}


@dataclass
class Node:
    """An element, or a text when it has no tag."""

    tag: str = ""
    given: dict[str, str | None] = field(default_factory=dict)
    inside: "list[Node]" = field(default_factory=list)
    text: str = ""

    def find(self, id: str) -> "Node | None":
        if self.given.get("id") == id:
            return self
        return next((found for child in self.inside if (found := child.find(id))), None)

    def become(self, other: "Node") -> None:
        given = {name: value for name, value in other.given.items() if name != "hx-swap-oob"}
        self.tag, self.given, self.inside = other.tag, given, other.inside

    def outline(self, skip: frozenset[str] = frozenset()) -> list[str]:
        """The page as lines, without the attributes to skip and without blank text."""
        if not self.tag:
            return [" ".join(self.text.split())] if self.text.strip() else []
        given = sorted((name, value) for name, value in self.given.items() if name not in skip)
        head = f"<{self.tag} {given}>"
        return [head, *(line for child in self.inside for line in child.outline(skip)), f"</{self.tag}>"]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack = [Node("root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.stack[-1].inside.append(node)
        if tag not in VOID:
            self.stack.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stack[-1].inside.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and tag in [node.tag for node in self.stack[1:]]:
            while self.stack.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.stack[-1].inside.append(Node(text=data))


def parse(html: str) -> Node:
    parser = _Parser()
    parser.feed(html)
    return parser.stack[0]


def applied(page: str, answer: str, target: str) -> Node:
    """The page after the answer was swapped into it. Raises AssertionError when a place is missing."""
    whole = parse(page)
    for node in parse(answer).inside:
        place = node.given.get("id") if "hx-swap-oob" in node.given else target
        if node.tag:
            found = whole.find(place or "")
            assert found is not None, f"nothing on the page has the id {place}"
            found.become(node)
    return whole
