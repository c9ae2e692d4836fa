"""The card form: what is to be paid, the fields, and the test cards to choose from."""

from urllib.parse import urlsplit

from . import rules
from .events import Moment
from .pages import Html, Screen, fill, tag
from .rules import TestCard
from .store import Thing
from .wire import Response


def card_page(
    moment: Moment,
    screen: Screen,
    session: Thing,
    form: dict[str, str],
    *,
    problems: dict[str, str] | None = None,
    declined: str = "",
    status: int = 200,
) -> Response:
    problems = problems or {}
    card = rules.card_of(form.get("number", ""))
    values = screen.words() | {
        "action": screen.link(),
        **_asked(screen, session),
        "lines": _lines(moment, session),
        "message": _message(screen, declined or form.get("declined", "")),
        "email": _email(screen, session, form),
        # A number that is not a test card is not even sent back to its page.
        "number": _grouped(card.number) if card else "",
        "valid": form.get("valid", "")[:7],
        "cvc": form.get("cvc", "")[:4] if card else "",
        "name": form.get("name", "")[:100],
        "cards": _cards(screen, card),
        "cancel": _cancel(screen, session),
    }
    for name in ("number", "valid", "cvc"):
        values |= _error(screen, name, problems.get(name, ""))
    return screen.show(status, fill("pay", **values), success_origin(session))


def _asked(screen: Screen, session: Thing) -> dict[str, str]:
    """The sum, above and on the button; where only a card is kept, no sum."""
    if session["mode"] == "setup":
        return {
            "amount": screen.say("nothing_now"),
            "press": screen.say("keep"),
            "sum": "",
        }
    amount = rules.as_text(session["amount_total"], session["currency"])
    return {"amount": amount, "press": screen.say("pay"), "sum": amount}


def _error(screen: Screen, name: str, key: str) -> dict[str, str]:
    if not key:
        return {f"{name}_error": Html(""), f"{name}_note": Html("")}
    return {
        f"{name}_error": tag(
            'aria-invalid="true" aria-describedby="{name}-error"', name=name
        ),
        f"{name}_note": tag(
            '<span class="field__error" id="{name}-error">{text}</span>',
            name=name,
            text=screen.say(key),
        ),
    }


def _message(screen: Screen, declined: str) -> Html:
    if not declined:
        return Html("")
    return tag(
        '<div class="notice" role="alert"><strong>{title}</strong><p>{text}</p></div>',
        title=screen.say("problem"),
        text=screen.say(declined),
    )


def _email(screen: Screen, session: Thing, form: dict[str, str]) -> Html:
    if session["customer_email"] or session["customer"]:
        return Html("")
    return tag(
        '<p class="field"><label for="email">{label}</label><input id="email"'
        ' name="email" type="email" value="{value}" dir="ltr" autocomplete="off"'
        ' maxlength="100"></p>',
        label=screen.say("email"),
        value=form.get("email", "")[:100],
    )


def _lines(moment: Moment, session: Thing) -> Html:
    return Html(
        "".join(
            tag(
                '<li><bdi dir="auto">{name}{times}</bdi><bdi dir="ltr">{sum}</bdi></li>',
                name=line["description"],
                times=f" × {line['quantity']}" if line["quantity"] > 1 else "",
                sum=rules.as_text(line["amount_total"], line["currency"]),
            )
            for line in moment.store.newest_first("item", session["id"])
        )
    )


def _cancel(screen: Screen, session: Thing) -> Html:
    if not session["cancel_url"]:
        return Html("")
    return tag(
        '<a class="btn btn--quiet" href="{href}">{text}</a>',
        href=session["cancel_url"],
        text=screen.say("cancel"),
    )


def _grouped(number: str) -> str:
    return " ".join(number[place : place + 4] for place in range(0, 16, 4))


def _cards(screen: Screen, chosen: TestCard | None) -> Html:
    pills = {"pay": "pill--pay", "challenge": "pill--ask"}
    return Html(
        "".join(
            tag(
                '<li><a href="{href}"{current}><span class="visually-hidden">{use}'
                ' </span><bdi class="cards__number" dir="ltr">{number}</bdi>'
                '<span class="pill {pill}">{label}</span></a></li>',
                href=screen.link(card=card.last4),
                current=Html(' aria-current="true"' if card is chosen else ""),
                use=screen.say("use_card"),
                number=_grouped(card.number),
                pill=pills.get(card.outcome, "pill--stop"),
                label=screen.say(
                    f"label_{card.aftermath or card.decline_code or card.outcome}"
                ),
            )
            for card in rules.CARDS.values()
        )
    )


def success_origin(session: Thing) -> str:
    parts = urlsplit(session["success_url"])
    return f"{parts.scheme}://{parts.netloc}"
