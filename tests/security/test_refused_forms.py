"""What a person typed is still there when a form comes back, and why stands beside it.

Every form of members' pages is sent in Hebrew with one wrong field. `tests/journeys`
looks at three of them in the browser, with focus and summary.
"""

import re

import pytest
from django import forms
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from marketplace.introductions.actions import ask_question
from tests.security.crawling import in_language
from tests.security.people import user_of
from tests.security.roles import address
from tests.security.test_double_submit import BODIES, row_of
from tests.security.test_pressed_twice import SCENES
from tests.security.world import World

pytestmark = pytest.mark.django_db

HEBREW = re.compile("[\u05d0-\u05ea]{2}")
LONG = "word " * 5_000
Form = tuple[str, str, dict[str, object]]

# The one wrong field of each form, and what stands in it; all else is as in `BODIES`.
WRONG: dict[str, tuple[str, object]] = {
    "people:settings": ("time_zone", "Nowhere"),
    "notices:habits": ("cadence", "never"),
    "organisations:register": ("side", "none"),
    "organisations:edit": ("place", "0"),
    "organisations:invite": ("role", "king"),
    "listings:create": ("kind", "gift"),
    "listings:report": ("reason", "none"),
    "listings:photos": ("photo", ""),
    "introductions:ask": ("why_you", ""),
    "introductions:decline": ("because", "none"),
    "introductions:question": ("text", LONG),
    "introductions:report": ("because", "none"),
    "meetings:propose": ("minutes", "7"),
    "meetings:note": ("text", LONG),
    "meetings:line": ("owner", "nobody"),
    "ventures:propose": ("fee_currency", "XXX"),
    "ventures:edit": ("fee_currency", "XXX"),
    "ventures:dissent": ("text", LONG),
    "ventures:milestone_add": ("owner", "nobody"),
    "ventures:milestone_edit": ("owner", "nobody"),
    "ventures:arrangement_add": ("repeats", "yearly"),
    "ventures:arrangement_edit": ("repeats", "yearly"),
    "ventures:arrangement_renew": ("repeats", "yearly"),
    "ventures:closing_write": ("ending", "none"),
    "ventures:restart": ("fee_currency", "XXX"),
    "payments:waiver": ("because", "none"),
}
# Forms of scenes: the wrong field.
WRONG_IN_SCENES: dict[str, tuple[str, object]] = {
    "matching:mandate_new": ("cadence", "never"),
    "matching:mandate_edit": ("cadence", "never"),
    "introductions:mandate": ("acts", "everything"),
    "introductions:context": ("text", LONG),
    "organisations:apart": ("places", "0"),
}
NOTHING_TYPED = {"notices:habits", "introductions:mandate", "organisations:apart"}


def texts_of(form: forms.BaseForm) -> dict[str, str]:
    """A word for each field that is written in freely."""
    free = (forms.TextInput, forms.EmailInput, forms.Textarea)
    closed = (forms.NumberInput, forms.DateInput, forms.HiddenInput)
    return {
        bound.html_name: f"zqtyped{number}qz"
        + ("@members.example" if isinstance(bound.field, forms.EmailField) else "")
        for number, bound in enumerate(form)
        if isinstance(bound.field.widget, free)
        and not isinstance(bound.field.widget, closed)
        and type(bound.field) is not forms.DateField
        and getattr(bound.field.widget, "input_type", "text") in ("text", "email")
        and not isinstance(bound.field, forms.DecimalField)
        and not re.match(r"amount_|share_", bound.html_name)
    }


def refuse(
    browser: Client, path: str, body: dict[str, object], wrong: tuple[str, object]
) -> tuple[str, dict[str, str]]:
    """The page that comes back, and what had been typed into the form of the first."""
    page = browser.get(path)
    name, value = wrong
    typed = texts_of(page.context["form"])
    typed.pop(name, None)
    answer = browser.post(path, {**body, **typed, name: value})
    assert answer.status_code == 422
    if value == LONG:
        typed[name] = LONG.strip()[:200]
    return answer.content.decode(), typed


def check(html: str, typed: dict[str, str], name: str) -> None:
    lost = {field for field, word in typed.items() if escape(word) not in html}
    assert lost == set()
    said = re.search(
        rf'id="id_{name}_error"><p class="field__error">(.*?)</p>', html, re.DOTALL
    )
    assert said, f"nothing is said beside {name}"
    assert HEBREW.search(said[1]), said[1]


@pytest.mark.parametrize("key", WRONG)
def test_a_refused_form_keeps_what_was_typed_and_says_why(world, key):
    viewer, body_of = BODIES[key]
    browser = Client()
    browser.force_login(user_of(world, viewer))
    path = in_language(address(row_of(key), world), "he")
    html, typed = refuse(browser, path, body_of(world), WRONG[key])
    assert typed or key in NOTHING_TYPED
    check(html, typed, WRONG[key][0])


@pytest.mark.parametrize("key", WRONG_IN_SCENES)
def test_so_does_a_form_whose_state_is_made_first(world, key):
    press = SCENES[key](world)
    browser = Client()
    browser.force_login(press.by)
    path = in_language(press.path, "he")
    html, typed = refuse(browser, path, press.body, WRONG_IN_SCENES[key])
    assert typed or key in NOTHING_TYPED
    check(html, typed, WRONG_IN_SCENES[key][0])


def test_a_wrong_choice_of_stages_is_said_beside_its_field(world, client):
    client.force_login(world.owner.user)
    args = [world.owner.organisation.public_id]
    path = in_language(reverse("organisations:stages", args=args), "he")
    form = client.get(path).context["form"]
    body = {each.html_name: each.value() for each in form}
    name = next(iter(body))
    answer = client.post(path, body | {name: "99"})
    assert answer.status_code == 422
    check(answer.content.decode(), {}, name)


def message(world: World) -> Form:
    path = reverse("introductions:message", args=[world.met.public_id])
    return "mutual", path, {"text": LONG}


def reply(world: World) -> Form:
    ask_question(world.asked, by=world.owner.user, text="How many pallets?")
    path = reverse("introductions:reply", args=[world.asked.public_id])
    return "interested", path, {"text": LONG}


@pytest.mark.parametrize("form", [message, reply])
def test_what_was_written_on_the_page_of_an_introduction_is_still_there(world, form):
    viewer, path, body = form(world)
    browser = Client()
    browser.force_login(user_of(world, viewer))
    answer = browser.post(in_language(path, "he"), body)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert LONG.strip()[:200] in html
    errors = re.findall(r'class="field__error">(.*?)</p>', html, re.DOTALL)
    assert errors
    assert all(HEBREW.search(each) for each in errors)


DOORS: dict[str, dict[str, str]] = {
    "account_login": {"login": "zqme@members.example", "password": "wrong words here"},
    "account_signup": {"email": "zqme@members.example", "password1": "1"},
    "account_reset_password": {"email": "zqme at home"},
}


@pytest.mark.parametrize("name", DOORS)
def test_the_doors_keep_the_address_and_never_the_password(client, name, site_tree):
    path = in_language(reverse(name), "he")
    answer = client.post(path, DOORS[name])
    assert answer.status_code == 422
    html = answer.content.decode()
    words = list(DOORS[name].values())
    assert f'value="{words[0]}"' in html
    assert not any(f'value="{word}"' in html for word in words[1:])
    assert "field__error" in html or "form-errors" in html


def test_every_form_with_words_of_ones_own_is_here():
    in_forms = {*BODIES} | {"matching:mandate_new", "matching:mandate_edit"}
    elsewhere = {"introductions:message", "listings:edit"}
    elsewhere |= {
        "meetings:pick",
        "meetings:decline",
        "meetings:withdraw",
        "meetings:cancel",
        "meetings:held",
        "meetings:confirm",
        "ventures:confirm",
        "ventures:pulse",
        "ventures:way_on",
        "ventures:milestone_say",
        "ventures:arrangement_agree",
        "ventures:arrangement_kept",
        "ventures:arrangement_leave",
        "ventures:closing_confirm",
    }  # choices alone
    assert in_forms - {*WRONG, *WRONG_IN_SCENES} - elsewhere == set()
