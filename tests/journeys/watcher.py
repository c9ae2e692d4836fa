"""Listens to every page of a browser, and keeps what no page of ours may do."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

# What the browser itself writes for a page that answers 4xx on purpose.
ANSWERED = "Failed to load resource: the server responded with a status of 4"
REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => window.reportViolation(
  `${event.violatedDirective} refused ${event.blockedURI} on ${location.pathname}`
));
"""


class Watcher:
    """The complaints of all pages of one person's browser, in order."""

    def __init__(self, context: BrowserContext, *own: str) -> None:
        self.own = {urlsplit(address).netloc for address in own}
        self.complaints: list[str] = []
        context.expose_binding("reportViolation", self._violation)
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _violation(self, source: object, sentence: str) -> None:
        self.complaints.append(sentence)

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and (
            parts.netloc not in self.own
        ):
            self.complaints.append(f"a foreign host was asked: {request.url}")

    def _response(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.complaints.append(f"{response.status} from {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(ANSWERED):
            self.complaints.append(f"console: {message.text} ({_page_of(message)})")


def _page_of(message: ConsoleMessage) -> str:
    page: Page | None = message.page
    return urlsplit(page.url).path if page else "no page"
