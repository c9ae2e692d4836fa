"""The control page: look inside the sandbox, and make it misbehave."""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from . import bank, rules, texts
from .clock import JUMPS, MovedClock
from .deliveries import Deliveries
from .events import Moment
from .faults import Fault, Faults
from .pages import Html, fill, html_response, see_other, tag
from .store import Store, Thing
from .wire import Request, Response

COOKIE = "sandbox_control"
MODES = {
    "normal": "Deliver at once",
    "hold": "Hold",
    "drop": "Drop",
    "double": "Deliver twice",
    "reorder": "Newest first",
}
FAULTS = {
    Fault.ANSWER_429: "Answer 429",
    Fault.ANSWER_500: "Answer 500",
    Fault.KEPT_500: "Answer 500, kept under its key",
    Fault.LOSE_ANSWER: "Lose the answer after the work",
}
KINDS = {
    "checkout.session": "Checkout sessions",
    "payment_intent": "Payment intents",
    "charge": "Charges",
    "refund": "Refunds",
    "dispute": "Disputes",
    "subscription": "Subscriptions",
    "invoice": "Invoices",
    "customer": "Customers",
    "balance_transaction": "Balance transactions",
}
SHOWN = 25


@dataclass(frozen=True, slots=True)
class Inside:
    """What the control page looks at and pulls on."""

    store: Store
    faults: Faults
    deliveries: Deliveries
    token: str
    moment: Callable[[], Moment]
    clock: MovedClock


def answer(inside: Inside, request: Request) -> Response:
    """Everything outside /v1/ and /c/pay/; only for who holds the token."""
    form = request.form()
    if request.path == "/" and _same(form.get("token", ""), inside.token):
        response = see_other("/")
        cookie = f"{COOKIE}={inside.token}; Path=/; HttpOnly; SameSite=Strict"
        response.headers.append(("Set-Cookie", cookie))
        return response
    if not _same(_cookie(request), inside.token):
        return _closed()
    if request.path == "/control" and request.method == "POST":
        if request.is_from_here():
            _act(inside, form)
        return see_other("/")
    if request.path.startswith("/objects/"):
        return _object(inside, request.path.removeprefix("/objects/"))
    if request.path != "/":
        return _page(404, "Nothing here", Html(""))
    return _overview(inside)


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())


def _cookie(request: Request) -> str:
    try:
        cookies = SimpleCookie(request.headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _act(inside: Inside, form: dict[str, str]) -> None:
    action, value = form.get("action"), form.get("value", "")
    if action == "mode" and value in MODES:
        inside.store.set_switch("deliveries", value)
    elif action == "fault" and value in {fault.value for fault in FAULTS}:
        inside.faults.add(value)
    elif action == "resend" and inside.store.find("event", value):
        inside.deliveries.resend(value)
    elif action == "clock" and value in JUMPS:
        inside.clock.move(int(value))
    elif action == "release":
        inside.deliveries.release()
    elif action in bank.ACTS:
        with inside.store.transaction():
            bank.act(inside.moment(), action, value)


# -- what it looks like ------------------------------------------------------


def _page(status: int, lead: str, main: Html) -> Response:
    page = fill(
        "page",
        language="en",
        direction="ltr",
        title=texts.ENGLISH["sandbox"],
        heading=texts.ENGLISH["sandbox"],
        lead=lead,
        tools=Html(""),
        main=main,
        foot=texts.ENGLISH["foot"],
    )
    return html_response(status, page)


def _closed() -> Response:
    lead = "To look inside, open the address with the token that was printed at start."
    return _page(403, lead, Html(""))


def _overview(inside: Inside) -> Response:
    mode = inside.store.switch("deliveries", "normal")
    waiting = ", ".join(FAULTS[Fault(value)] for value, _ in inside.faults.waiting())
    main = fill(
        "control",
        endpoint=inside.deliveries.url or "none: events are kept, not delivered",
        modes=_options(MODES, mode),
        faults=_options({k.value: v for k, v in FAULTS.items()}, ""),
        waiting=waiting or "none",
        jumps=_options(JUMPS, ""),
        ahead=str(inside.clock.ahead // rules.DAY),
        deliveries=_deliveries(inside),
        events=_events(inside),
        objects=Html(
            "".join(_kind(inside, kind, name) for kind, name in KINDS.items())
        ),
    )
    return _page(200, "Inside the development Stripe.", main)


def _options(choices: dict[str, str], chosen: str) -> Html:
    return Html(
        "".join(
            tag(
                '<option value="{value}"{mark}>{text}</option>',
                value=value,
                text=text,
                mark=Html(" selected" if value == chosen else ""),
            )
            for value, text in choices.items()
        )
    )


def _deliveries(inside: Inside) -> Html:
    rows = inside.store.rows("SELECT * FROM deliveries ORDER BY id DESC LIMIT ?", SHOWN)
    return Html(
        "".join(
            tag(
                "<tr><td>{type}</td><td>{link}</td><td>{state}</td><td>{tries}</td>"
                "<td>{last}</td></tr>",
                type=row["type"],
                link=_link(row["event"]),
                state=row["state"],
                tries=str(row["tries"]),
                last=row["last_answer"],
            )
            for row in rows
        )
    )


def _events(inside: Inside) -> Html:
    return Html(
        "".join(
            tag(
                '<tr><td>{type}</td><td>{link}</td><td><form method="post"'
                ' action="/control"><input type="hidden" name="action" value="resend">'
                '<button class="btn btn--quiet btn--small" type="submit" name="value" value="{id}">'
                'Send again<span class="visually-hidden"> {type} {id}</span></button>'
                "</form></td></tr>",
                type=event["type"],
                link=_link(event["id"]),
                id=event["id"],
            )
            for event in inside.store.newest_first("event")[:SHOWN]
        )
    )


def _kind(inside: Inside, kind: str, name: str) -> Html:
    things = inside.store.newest_first(kind)
    rows = Html("".join(_row(thing) for thing in things[:SHOWN]))
    return fill("kind", name=f"{name} ({len(things)})", rows=rows)


def _row(thing: Thing) -> Html:
    amount = thing.get("amount_total", thing.get("amount", thing.get("amount_due")))
    return tag(
        "<tr><td>{link}</td><td>{state}</td><td>{amount}</td><td>{acts}</td></tr>",
        acts=_acts(thing),
        link=_link(thing["id"]),
        state=str(thing.get("status") or ""),
        amount="" if amount is None else rules.as_text(amount, thing["currency"]),
    )


def _acts(thing: Thing) -> Html:
    """A button for each thing the payer's bank may do with it."""
    buttons = [
        tag(
            '<form method="post" action="/control"><input type="hidden" name="action"'
            ' value="{action}"><button class="btn btn--quiet btn--small" type="submit"'
            ' name="value" value="{id}">{label}<span class="visually-hidden"> {id}'
            "</span></button></form>",
            action=action,
            id=thing["id"],
            label=label,
        )
        for action, (kind, label) in bank.ACTS.items()
        if thing["object"] == kind and bank.may(thing, action)
    ]
    return Html("".join(buttons))


def _link(identifier: str) -> Html:
    short = identifier if len(identifier) < 40 else f"{identifier[:24]}…"
    return tag(
        '<a href="/objects/{path}"><code>{short}</code></a>',
        path=quote(identifier),
        short=short,
    )


def _object(inside: Inside, identifier: str) -> Response:
    thing = inside.store.any(identifier)
    if thing is None:
        return _page(404, "No such object.", Html(""))
    main = tag(
        '<div class="wrap layout layout--wide"><section class="sheet"><h2>{kind}</h2>'
        '<pre class="json">{text}</pre><p><a href="/">Back</a></p></section></div>',
        kind=thing["object"],
        text=json.dumps(thing, indent=2, ensure_ascii=False),
    )
    return _page(200, identifier, main)
