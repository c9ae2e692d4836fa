"""Values as the reader's language writes them, and the small pieces of a page."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.base import TextNode
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from cms.templatetags import site_tags
from marketplace.money import Money

BIDI_MARKS = str.maketrans(
    "", "", "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2069"
)


def _bare(text: str) -> str:
    return text.translate(BIDI_MARKS).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "shekels", "dinars"),
    [
        ("en", "₪12,500.00", "JOD 12.340"),
        ("he", "12,500.00 ₪", "12.340 JOD"),
        ("ar", "12,500.00 ₪", "12.340 د.أ."),
    ],
)
def test_money_keeps_its_digits_and_decimals(language, shekels, dinars):
    with override(language):
        assert _bare(site_tags.money(Money(12_500_00, "ILS"))) == shekels
        assert _bare(site_tags.money(Money(12_340, "JOD"))) == dinars


@pytest.mark.parametrize(
    ("language", "round_sum", "broken"),
    [
        ("en", "₪12,500", "₪12,500.50"),
        ("he", "12,500 ₪", "12,500.50 ₪"),
        ("ar", "12,500 ₪", "12,500.50 ₪"),
    ],
)
def test_a_round_sum_is_read_without_decimals_and_a_broken_one_with_all(
    language, round_sum, broken
):
    with override(language):
        assert _bare(site_tags.round_money(Money(12_500_00, "ILS"))) == round_sum
        assert _bare(site_tags.round_money(Money(12_500_50, "ILS"))) == broken
        assert site_tags.round_money(None) == ""


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("הטלפון +972 52-765-4321 שלי", "+972 52-765-4321"),
        ("رقمي 059 912 3456.", "059 912 3456"),
        ("من 10–20 وحدة، 6,000 عبوة، 2026-11-25", ""),
    ],
)
def test_telephone_numbers_keep_their_order_among_other_words(written, kept):
    held = site_tags.telephones(written)

    on_one_line = kept.replace(" ", "\u00a0")
    assert _bare(held) == written
    assert (f"\u2066{on_one_line}\u2069" in held) == bool(kept)
    assert held.count("\u2066") == bool(kept)


def test_numbers_and_days_have_western_digits_in_all_three():
    day = timezone.now().date().replace(year=2026, month=1, day=5)
    for language in ("en", "he", "ar"):
        with override(language):
            assert site_tags.number(1234567.5) == "1,234,567.5"
            assert "2026" in site_tags.day(day)
    with override("ar"):
        assert site_tags.day(day) == "5 كانون الثاني 2026"


@pytest.mark.parametrize(
    ("days", "english", "hebrew", "arabic"),
    [
        (0, "today", "היום", "اليوم"),
        (1, "yesterday", "אתמול", "أمس"),
        (2, "2 days ago", "לפני יומיים", "قبل يومين"),
        (3, "3 days ago", "לפני 3 ימים", "قبل 3 أيام"),
        (7, "1 week ago", "לפני שבוע", "قبل أسبوع"),
        (15, "2 weeks ago", "לפני שבועיים", "قبل أسبوعين"),
        (45, "1 month ago", "לפני חודש", "قبل شهر"),
        (335, "11 months ago", "לפני 11 חודשים", "قبل 11 شهرًا"),
    ],
)
def test_time_passed_is_told_in_days_and_in_the_right_plural(
    days, english, hebrew, arabic
):
    then = timezone.localdate() - timedelta(days=days)

    for language, words in (("en", english), ("he", hebrew), ("ar", arabic)):
        with override(language):
            assert site_tags.ago(then) == words


@pytest.mark.parametrize(
    ("days", "hebrew", "arabic"),
    [
        (0, "היום האחרון", "اليوم هو الأخير"),
        (1, "נותר יום אחד", "بقي يوم واحد"),
        (2, "נותרו יומיים", "بقي يومان"),
        (20, "נותרו 20 יום", "بقي 20 يومًا"),
        (100, "נותרו 100 יום", "بقي 100 يوم"),
        (-1, "", ""),
    ],
)
def test_time_left_is_told_in_the_right_plural(days, hebrew, arabic):
    then = timezone.localdate() + timedelta(days=days)

    for language, words in (("he", hebrew), ("ar", arabic)):
        with override(language):
            assert site_tags.until(then) == words


def test_an_icon_is_hidden_from_screen_readers_and_mirrors_only_when_told():
    assert 'aria-hidden="true"' in site_tags.icon("check")
    assert "icon--dir" not in site_tags.icon("check")
    assert "icon--dir" in site_tags.icon("arrow-right", dir=True)


class Sample(forms.Form):
    words = forms.CharField(label="Words", help_text="Two or three.")
    choice = forms.ChoiceField(label="Choice", choices=[("1", "One")], required=False)
    ticks = forms.MultipleChoiceField(
        label="Ticks",
        choices=[("1", "One"), ("2", "Two")],
        widget=forms.CheckboxSelectMultiple,
    )
    agree = forms.BooleanField(label="I agree")


def test_every_error_stands_at_its_field_and_in_the_summary_that_takes_the_focus():
    html = render_to_string("components/form.html", {"form": Sample({})})

    summary = html[html.index('id="form-errors"') : html.index("</div>")]
    assert "autofocus" in summary
    for name in ("words", "ticks", "agree"):
        assert f'href="#id_{name}' in summary
        assert f'id="id_{name}_error"' in html
    assert html.count('aria-invalid="true"') >= 3
    assert 'aria-describedby="id_words_helptext id_words_error"' in html


def test_fields_that_may_stay_empty_say_so_and_the_others_do_not():
    html = render_to_string("components/form.html", {"form": Sample()})

    assert html.count("(optional)") == 1
    assert '<label class="field__label" for="id_words">Words</label>' in html
    assert '<legend class="field__label">Ticks</legend>' in html


def test_the_pager_keeps_the_query_and_names_the_current_page():
    page = Paginator(range(100), 5).page(9)
    html = render_to_string("components/pager.html", {"page_obj": page, "query": "q=a"})

    assert 'href="?q=a&amp;page=10"' in html
    assert 'aria-current="page">9</a>' in html
    assert html.count("…") == 2


def test_one_page_alone_needs_no_pager():
    page = Paginator(range(3), 5).page(1)

    assert render_to_string("components/pager.html", {"page_obj": page}).strip() == ""


def test_an_empty_fact_says_so():
    html = render_to_string("components/facts.html", {"rows": [("Place", "")]})

    assert '<span class="empty-value">none</span>' in html


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "25 November 2026, 20:56"),
        ("he", "25 בנובמבר 2026, 20:56"),
        ("ar", "25 تشرين الثاني 2026، 20:56"),
    ],
)
def test_a_moment_is_the_day_and_the_time_as_each_language_joins_them(
    language, written
):
    when = datetime(2026, 11, 25, 20, 56, tzinfo=UTC)
    with override(language), timezone.override("UTC"):
        assert site_tags.moment(when) == written


def test_an_icon_named_in_the_template_is_part_of_its_text():
    drawn = Template("{% load site_tags %}{% icon 'plus' %}{% icon name %}")
    named, chosen = list(drawn.nodelist)[-2:]
    assert isinstance(named, TextNode)
    assert not isinstance(chosen, TextNode)
    assert chosen.render(Context({"name": "plus"})) == named.s
    assert "icon--dir" not in named.s
    turned = Template("{% load site_tags %}{% icon 'plus' dir=True %}").nodelist[-1]
    assert turned.s == named.s.replace('class="icon"', 'class="icon icon--dir"')
