"""The card page: three languages, both directions, nothing to run."""

import re

import pytest

from payments.sandbox import texts
from payments.sandbox.app import SandboxApp
from tests.payments.wsgi_http_client import BASE_URL, Payer, call

TITLES = {
    "en": "SANDBOX – no real money",
    "he": "בלי כסף אמיתי",
    "ar": "بلا أموال حقيقية",
}
PLACES = {"title", "h1"}


def parts(page):
    return {
        name: re.search(rf"<{name}[^>]*>(.*?)</{name}>", page, re.DOTALL)[1]
        for name in PLACES
    }


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("he", "rtl"), ("ar", "rtl")]
)
def test_the_page_says_in_each_language_that_no_money_is_real(
    app, open_session, language, direction
):
    page = Payer(app, language).look(open_session().url).text

    assert f'<html lang="{language}" dir="{direction}">' in page
    for text in parts(page).values():
        assert "SANDBOX" in text
        assert TITLES[language] in text
    assert texts.TEXTS[language]["warning"] in page
    assert texts.TEXTS[language]["real_page"] in page


def test_three_links_choose_the_language_and_the_choice_is_kept(app, open_session):
    session = open_session()
    hebrew_browser = Payer(app, "he-IL,he;q=0.9,en;q=0.5")

    page = hebrew_browser.look(f"{session.url}?lang=ar").text

    assert '<html lang="ar"' in page
    for language in texts.TEXTS:
        assert f'href="/c/pay/{session.id}?lang={language}"' in page
    assert f'action="/c/pay/{session.id}?lang=ar"' in page
    asked = hebrew_browser.pay(f"{session.url}?lang=ar", "4000002760003184")
    assert '<html lang="ar"' in hebrew_browser.look(BASE_URL + asked.location).text


@pytest.mark.parametrize(
    ("asked", "wishes", "language"),
    [
        ("", "ar-PS,ar;q=0.9", "ar"),
        ("", "fr,he;q=0.4,en;q=0.2", "he"),
        ("", "en;q=0.2, ar;q=0.7", "ar"),
        ("", "he;q=0", "en"),
        ("", "fr", "en"),
        ("", "ar;q=nonsense", "en"),
        ("he", "ar", "he"),
        ("fr", "ar", "ar"),
    ],
)
def test_the_language_follows_the_link_then_the_browser(asked, wishes, language):
    assert texts.preferred(asked, wishes) == language


def test_every_word_is_there_in_every_language():
    english, hebrew, arabic = texts.ENGLISH, texts.HEBREW, texts.ARABIC

    assert english.keys() == hebrew.keys() == arabic.keys()
    for key, text in english.items():
        assert len({text, hebrew[key], arabic[key]}) == 3
        assert re.search(r"[\u0590-\u05ff]", hebrew[key])
        assert re.search(r"[\u0600-\u06ff]", arabic[key])


def test_the_page_runs_nothing_and_loads_nothing_from_elsewhere(app, open_session):
    answer = Payer(app).look(open_session().url)

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self' http://127.0.0.1:8000;" in policy
    assert "unsafe" not in policy
    assert "<script" not in answer.text
    assert not re.search(r"\s(on\w+|style)=", answer.text)
    assert not re.search(r'(src|href)="(?!/|#|http://127\.0\.0\.1:8000/)', answer.text)
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_others_wrote_is_shown_and_never_run(app, api, open_session):
    session = open_session(cancel_url='http://127.0.0.1:8000/"><script>')
    page = Payer(app).pay(session.url, '"><script>', name="<b>N</b>").text

    assert "<script>" not in page
    assert "<b>" not in page


def test_every_field_has_a_label(app, open_session):
    page = Payer(app).look(open_session().url).text

    for identifier in re.findall(r'<input id="([a-z]+)"', page):
        assert f'<label for="{identifier}">' in page
    assert len(re.findall(r"<h1", page)) == 1


def test_a_test_card_link_fills_the_form(app, open_session):
    session = open_session()

    page = Payer(app).look(f"{session.url}?card=9995").text

    assert 'value="4000 0000 0000 9995"' in page
    assert 'value="12/34"' in page


@pytest.mark.parametrize("valid", ["", "13/34", "12/20", "1234", "١٢/٣٤"])
def test_a_card_needs_a_month_that_is_not_past(app, api, open_session, valid):
    answer = Payer(app).pay(open_session().url, valid=valid)

    assert answer.status == 422
    assert texts.ENGLISH["bad_valid"] in answer.text
    assert api.payment_intents.list().data == []


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_a_decline_is_explained_in_the_payers_language(app, open_session, language):
    answer = Payer(app, language).pay(open_session().url, "4000000000009995")

    assert texts.TEXTS[language]["problem"] in answer.text
    assert texts.TEXTS[language]["insufficient_funds"] in answer.text


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_the_banks_page_has_two_buttons_in_the_payers_language(
    app, open_session, language
):
    payer = Payer(app, language)
    asked = payer.pay(open_session().url, "4000002500003155")

    page = payer.look(BASE_URL + asked.location).text

    assert texts.TEXTS[language]["complete"] in page
    assert texts.TEXTS[language]["fail"] in page


def test_the_ends_of_a_session_are_told_truly(app, api, payer, open_session):
    paid, expired = open_session(), open_session()
    payer.pay(paid.url)
    api.checkout.sessions.expire(expired.id)

    def said(address):
        page = payer.look(address)
        return page.status, page.text

    assert said(paid.url)[0] == 200
    assert texts.ENGLISH["paid"] in said(paid.url)[1]
    assert said(expired.url)[0] == 410
    assert texts.ENGLISH["expired_hint"] in said(expired.url)[1]
    assert said(f"{BASE_URL}/c/pay/cs_test_none")[0] == 404


def test_the_cancel_link_leads_back(app, payer, open_session):
    assert 'href="http://127.0.0.1:8000/fees"' in payer.look(open_session().url).text


def test_the_stylesheet_is_served_and_uses_logical_properties_only(app):
    answer = call(app, "GET", f"{BASE_URL}/static/sandbox.css")

    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    physical = r"(margin|padding|border|inset)-(left|right)|text-align: (left|right)"
    assert not re.search(physical, answer.text)
    assert call(app, "GET", f"{BASE_URL}/static/../app.py").status == 403


def test_the_hosts_fonts_are_served_where_there_are_any(tmp_path, clock):
    (tmp_path / "rubik-latin.woff2").write_bytes(b"wOF2")
    dressed = SandboxApp(":memory:", clock=clock, fonts=tmp_path)
    plain = SandboxApp(":memory:", clock=clock)
    css, font = (f"{BASE_URL}/static/{n}" for n in ("sandbox.css", "rubik-latin.woff2"))

    assert "@font-face" in call(dressed, "GET", css).text
    assert call(dressed, "GET", font).body == b"wOF2"
    assert "@font-face" not in call(plain, "GET", css).text
    assert call(plain, "GET", font).status == 403
