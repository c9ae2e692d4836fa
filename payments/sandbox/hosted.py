"""The hosted card page: what a payer sees, and what the buttons do."""

import re
from datetime import UTC, datetime

from . import bills, collecting, paying, rules, texts
from .card_page import card_page, success_origin
from .events import Moment
from .pages import Html, Screen, fill, see_other, tag
from .rules import TestCard
from .store import Thing
from .wire import Request, Response

ADDRESS = re.compile(r"/c/pay/(cs_test_[A-Za-z0-9]{1,100})(/challenge)?$")
BILL = re.compile(r"/i/(in_[A-Za-z0-9]{1,100})$")
DECLINES = ("authentication",)


def answer(moment: Moment, request: Request) -> Response:
    """Any request under /c/pay/."""
    form = request.form()
    language = texts.preferred(
        form.get("lang", ""), request.headers.get("accept-language", "")
    )
    screen = Screen(language, request.path)
    match = ADDRESS.match(request.path)
    session = moment.store.find("checkout.session", match[1]) if match else None
    if session is None or match is None:
        return _ended(screen, 404, "missing", "")
    if session["status"] != "open":
        return _closed(screen, session)
    if request.method == "POST" and not request.is_from_here():
        return _ended(screen, 403, "missing", "")
    act = _challenge if match[2] else _pay
    return act(moment, screen, session, form, posted=request.method == "POST")


def _closed(screen: Screen, session: Thing) -> Response:
    if session["status"] == "complete":
        return _ended(screen, 200, "paid", _success_address(session))
    return _ended(screen, 410, "expired", session["cancel_url"] or "")


def _ended(screen: Screen, status: int, what: str, back: str) -> Response:
    link = tag(
        '<p><a class="btn btn--primary" href="{href}">{text}</a></p>',
        href=back,
        text=screen.say("back"),
    )
    main = fill(
        "ended",
        title=screen.say(what),
        hint=screen.say(f"{what}_hint"),
        back=link if back else Html(""),
    )
    return screen.show(status, main)


def _success_address(session: Thing) -> str:
    return session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"])


# -- the card ----------------------------------------------------------------


def _pay(
    moment: Moment,
    screen: Screen,
    session: Thing,
    form: dict[str, str],
    *,
    posted: bool,
) -> Response:
    if not posted:
        return card_page(moment, screen, session, _prefilled(form))
    card = rules.card_of(form.get("number", ""))
    valid = _month_and_year(form.get("valid", ""), moment.second)
    problems = _problems(card, valid, form.get("cvc", ""))
    if problems or card is None or valid is None:
        return card_page(moment, screen, session, form, problems=problems, status=422)
    who = {name: form.get(name, "").strip()[:100] or None for name in ("email", "name")}
    outcome = paying.submit_card(moment, session, card, valid, who)
    if outcome == "paid":
        return see_other(_success_address(session))
    if outcome == "challenge":
        return see_other(screen.link(f"{screen.path}/challenge"))
    return card_page(moment, screen, session, form, declined=outcome, status=402)


def _prefilled(form: dict[str, str]) -> dict[str, str]:
    """What a link to a test card, or a failed check by the bank, puts on the page."""
    card = next((c for c in rules.CARDS.values() if c.last4 == form.get("card")), None)
    kept = {"declined": form["declined"]} if form.get("declined") in DECLINES else {}
    if card is None:
        return kept
    return {"number": card.number, "valid": "12/34", "cvc": "123", **kept}


def _problems(
    card: TestCard | None, valid: tuple[int, int] | None, cvc: str
) -> dict[str, str]:
    problems = {}
    if card is None:
        problems["number"] = "unknown_card"
    if valid is None:
        problems["valid"] = "bad_valid"
    if not re.fullmatch(r"[0-9]{3,4}", cvc.strip()):
        problems["cvc"] = "bad_cvc"
    return problems


def _month_and_year(typed: str, now: int) -> tuple[int, int] | None:
    match = re.fullmatch(r"\s*(\d{1,2})\s*/\s*(?:20)?(\d{2})\s*", typed, re.ASCII)
    if not match:
        return None
    month, year = int(match[1]), 2000 + int(match[2])
    today = datetime.fromtimestamp(now, UTC)
    if not 1 <= month <= 12 or (year, month) < (today.year, today.month):
        return None
    return month, year


# -- the bank ----------------------------------------------------------------


def _challenge(
    moment: Moment,
    screen: Screen,
    session: Thing,
    form: dict[str, str],
    *,
    posted: bool,
) -> Response:
    page = screen.path.removesuffix("/challenge")
    if not paying.waits_for_bank(moment, session):
        return see_other(screen.link(page))
    if not posted:
        return screen.show(200, _asking(screen, session), success_origin(session))
    approved = form.get("answer") == "complete"
    if paying.answer_challenge(moment, session, approved=approved) == "paid":
        return see_other(_success_address(session))
    return see_other(screen.link(page, declined="authentication"))


def _asking(screen: Screen, session: Thing) -> Html:
    """What the bank asks about: a sum, or only that the card is kept."""
    amount = screen.say("nothing_now")
    if session["amount_total"]:
        amount = rules.as_text(session["amount_total"], session["currency"])
    return fill("challenge", **screen.words(), action=screen.link(), amount=amount)


# -- a subscription's bill -----------------------------------------------------


def answer_bill(moment: Moment, request: Request) -> Response:
    """Any request under /i/: a bill whose payer must answer the bank."""
    form = request.form()
    accepted = request.headers.get("accept-language", "")
    screen = Screen(texts.preferred(form.get("lang", ""), accepted), request.path)
    match = BILL.match(request.path)
    bill = moment.store.find("invoice", match[1]) if match else None
    posted = request.method == "POST"
    if bill is None or (posted and not request.is_from_here()):
        return _ended(screen, 404, "missing", "")
    if bill["status"] == "paid":
        return _ended(screen, 200, "paid", "")
    if not collecting.is_asked(moment, bill):
        return _ended(screen, 410, "expired", "")
    if not posted:
        asked = {"amount_total": bill["amount_due"], "currency": bill["currency"]}
        return screen.show(200, _asking(screen, asked))
    if form.get("answer") == "complete":
        bills.pay_as_asked(moment.later(), bill)
        return _ended(screen, 200, "paid", "")
    collecting.refuse(moment.later(), bill)
    return _ended(screen, 402, "refused", "")
