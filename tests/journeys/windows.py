"""The windows of the browser: lent to a test, swept after it and lent again, for each costs a process."""

from playwright.sync_api import Browser, Page, ViewportSize

from tests.journeys.served import Served
from tests.journeys.watch import Watch
from tests.plugins.depth import THOROUGH

SLOWEST = 10_000
LAPTOP: ViewportSize = {"width": 1280, "height": 900}


class Windows:
    """Each has cookies of its own: two that are lent at once are two people.

    A thorough run lends none a second time.
    """

    def __init__(self, browser: Browser, house: Served) -> None:
        self.browser, self.house = browser, house
        self.watch = Watch(house.address)
        self.lent: list[tuple[Page, bool]] = []
        self.free: dict[bool, list[Page]] = {True: [], False: []}

    def lend(
        self, role: str = "", *, scripts: bool = True, size: ViewportSize = LAPTOP, leaves_to: str = ""
    ) -> Page:
        """A window of somebody new, or of one of the demo's people, who is signed in."""
        if leaves_to:
            self.watch.allow(leaves_to)
        page = self.free[scripts].pop() if self.free[scripts] else self._open(scripts)
        self.lent.append((page, scripts))
        page.set_viewport_size(size)
        page.emulate_media(media="null", color_scheme="light", reduced_motion="reduce")
        if role:
            key = {"name": "session", "value": self.house.keys[role], "url": self.house.address}
            page.context.add_cookies([key])  # type: ignore[list-item]
        return page

    def take_back(self) -> None:
        """All that were lent. One that ended elsewhere is closed: what it keeps of us is out of reach."""
        while self.lent:
            page, scripts = self.lent.pop()
            if THOROUGH or page.is_closed() or not page.url.startswith(self.house.address):
                page.context.close()
            else:
                _sweep(page)
                self.free[scripts].append(page)

    def _open(self, scripts: bool) -> Page:
        context = self.browser.new_context(java_script_enabled=scripts, base_url=self.house.address)
        context.set_default_timeout(SLOWEST)
        self.watch.over(context)
        return context.new_page()


def _sweep(page: Page) -> None:
    """Nothing of one visitor is left for the next."""
    for other in page.context.pages[1:]:
        other.close()
    page.evaluate("sessionStorage.clear(); localStorage.clear()")
    page.context.clear_cookies()
    page.context.unroute_all()
    page.unroute_all()
