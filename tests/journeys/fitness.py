"""Whether a page is fit to use: axe finds nothing serious on it, and it is no wider than its window."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page, ViewportSize

from tests.journeys.windows import LAPTOP
from tests.plugins.depth import THOROUGH

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
PHONE: ViewportSize = {"width": 320, "height": 720}

OF_THE_FORM = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
# Rules that can only find something slight are not asked at all.
RUN = """async (rules) => {
  const grave = (rule) => rule.impact === "serious" || rule.impact === "critical";
  const usual = (rule) => rule.enabled && !rule.tags.includes("experimental") || rule.id === "target-size";
  const all = axe._audit.rules.filter((rule) => grave(rule) && usual(rule)).map((rule) => rule.id);
  const unasked = { preload: false, selectors: false, elementRef: false, performanceTimer: false };
  const options = { runOnly: rules.length ? rules : all, resultTypes: ["violations"], ...unasked };
  return (await axe.run(document, options)).violations }"""


@dataclass(frozen=True)
class Form:
    """How a page is looked at."""

    size: ViewportSize
    scheme: Literal["light", "dark"]

    def __str__(self) -> str:
        return f"{self.size['width']} px, {self.scheme}"


FORMS = (Form(PHONE, "light"), Form(LAPTOP, "dark"), Form(PHONE, "dark"), Form(LAPTOP, "light"))


def forms(turn: int) -> tuple[Form, ...]:
    """Every form when the run is thorough, else the one whose turn it is."""
    return FORMS if THOROUGH else (FORMS[turn % len(FORMS)],)


def faults(page: Page, turn: int) -> list[str]:
    """The faults of the page that is open, in each form that this run looks at.

    All rules once; then those that a width or a scheme can change: the document is the same.
    """
    wrong = []
    rules: tuple[str, ...] = ()
    for form in forms(turn):
        page.set_viewport_size(form.size)
        page.emulate_media(color_scheme=form.scheme)
        over = sideways(page)
        found = [f"{over} px too wide"] if over > 0 else []
        wrong += [f"{page.url} at {form}: {fault}" for fault in found + findings(page, *rules)]
        rules = OF_THE_FORM
    return wrong


def check_fit(page: Page, turn: int) -> None:
    """The page that is open has no faults; it is left as a laptop shows it, by light."""
    wrong = faults(page, turn)
    page.set_viewport_size(LAPTOP)
    page.emulate_media(color_scheme="light")
    assert not wrong, "\n".join(wrong)


def findings(page: Page, *rules: str) -> list[str]:
    """What axe finds serious or critical here, by all its rules of that weight or by some, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    return [
        f"{rule['id']}: {node['html'][:120]} {_reasons(node)}"
        for rule in page.evaluate(RUN, rules)
        for node in rule["nodes"]
    ]


@cache
def _axe() -> str:
    return AXE.read_text()


def _reasons(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for check in node["any"] + node["all"])[:160]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))
