"""Pages are filled templates: plain HTML, everything escaped, nothing to run."""

import html
from dataclasses import dataclass
from pathlib import Path
from string import Template

from . import texts
from .wire import Response

HERE = Path(__file__).parent
STATIC = {
    "/static/sandbox.css": ("static/sandbox.css", "text/css; charset=utf-8"),
    "/static/mark.svg": ("static/mark.svg", "image/svg+xml"),
}
FONTS = {
    f"/static/rubik-{script}.woff2": f"rubik-{script}.woff2"
    for script in ("latin", "hebrew", "arabic")
}


class Html(str):
    """Text that is already HTML."""

    __slots__ = ()


def fill(name: str, /, **values: str) -> Html:
    """The template with its places filled; what is not Html is escaped."""
    template = Template((HERE / "html" / f"{name}.html").read_text(encoding="utf-8"))
    return Html(template.substitute({k: escaped(v) for k, v in values.items()}))


def escaped(value: str) -> Html:
    return value if isinstance(value, Html) else Html(html.escape(value))


def tag(pattern: str, /, **values: str) -> Html:
    """A small piece of HTML with escaped values: `tag("<p>{text}</p>", text=…)`."""
    return Html(pattern.format(**{k: escaped(v) for k, v in values.items()}))


@dataclass(frozen=True, slots=True)
class Screen:
    """One page in one language, at one address."""

    language: str
    path: str

    def say(self, key: str) -> str:
        return texts.TEXTS[self.language][key]

    def words(self) -> dict[str, str]:
        """All words of the language, as `t_…` places of a template."""
        return {f"t_{key}": text for key, text in texts.TEXTS[self.language].items()}

    def link(self, path: str = "", **query: str) -> str:
        extra = "".join(f"&{name}={value}" for name, value in query.items())
        return f"{path or self.path}?lang={self.language}{extra}"

    def show(self, status: int, main: Html, form_origin: str = "") -> Response:
        page = fill(
            "page",
            language=self.language,
            direction=texts.direction(self.language),
            title=self.say("sandbox"),
            heading=self.say("sandbox"),
            lead=self.say("warning"),
            tools=self._languages(),
            main=main,
            foot=self.say("foot"),
        )
        return html_response(status, page, form_origin, self.language)

    def _languages(self) -> Html:
        items = Html(
            "".join(
                tag(
                    '<li><a href="{path}?lang={code}" lang="{code}" hreflang="{code}"'
                    ' title="{name}"{current}><span class="visually-hidden">{name}'
                    '</span><span aria-hidden="true">{short}</span></a></li>',
                    path=self.path,
                    code=code,
                    name=name,
                    short=texts.SHORT[code],
                    current=Html(
                        ' aria-current="true"' if code == self.language else ""
                    ),
                )
                for code, name in texts.LANGUAGES.items()
            )
        )
        return tag(
            '<nav class="langs" aria-label="{label}"><ul>{items}</ul></nav>',
            label=self.say("language"),
            items=items,
        )


def html_response(
    status: int, page: Html, form_origin: str = "", language: str = "en"
) -> Response:
    # Chromium holds redirects after a form to form-action too, so the page names
    # the site that the payer returns to.
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self';"
        f" form-action 'self' {form_origin}".rstrip()
        + "; base-uri 'none'; frame-ancestors 'none'"
    )
    return Response(
        status,
        page.encode(),
        [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Language", language),
            ("Content-Security-Policy", policy),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "same-origin"),
            ("Vary", "Accept-Language"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )


def see_other(address: str) -> Response:
    return Response(303, b"", [("Location", address), ("Cache-Control", "no-store")])


def plain(status: int, text: str) -> Response:
    return Response(
        status, text.encode(), [("Content-Type", "text/plain; charset=utf-8")]
    )


def static(path: str, fonts: Path | None = None) -> Response | None:
    """The stylesheet, the mark, and the host's fonts where a folder of them is given."""
    name, kind = STATIC.get(path, ("", ""))
    if path in FONTS and fonts and (fonts / FONTS[path]).is_file():
        return _file((fonts / FONTS[path]).read_bytes(), "font/woff2")
    if not name:
        return None
    body = (HERE / name).read_bytes()
    if fonts and name.endswith(".css"):
        body = (HERE / "static/fonts.css").read_bytes() + body
    return _file(body, kind)


def _file(body: bytes, kind: str) -> Response:
    headers = [("Content-Type", kind), ("X-Content-Type-Options", "nosniff")]
    return Response(200, body, headers)
