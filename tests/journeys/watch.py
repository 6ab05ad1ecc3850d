"""A browser that is watched: nothing off the site's origin, no script error, no refused resource."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

HARMLESS = ("blob:", "data:", "about:")
# What a browser or HTMX says of an answer that was expected, or of a search that a newer one replaced.
EXPECTED_ERRORS = (
    "status of 404", "status of 403", "status of 429", "status of 400", "htmx:sendAbort", "htmx:afterRequest",
)  # fmt: skip


@dataclass
class Watch:
    """What went wrong in one test so far, in words."""

    origin: str
    seen: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """Forget the test before."""
        self.seen.clear()
        self.allowed.clear()

    def allow(self, address: str) -> None:
        """The one address elsewhere that a journey goes to on purpose."""
        self.allowed.append(address)

    def over(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"script error: {error.error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin + "/", *HARMLESS, *self.allowed)):
            self.seen.append(f"request off the origin: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.seen.append(f"{response.status} from {urlsplit(response.url).path}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(known in message.text for known in EXPECTED_ERRORS):
            self.seen.append(f"console: {message.text}")
