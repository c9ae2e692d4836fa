"""Which terms an engine is asked for."""

from collections.abc import Mapping

from search.frequencies import Frequencies
from search.models import Field
from search.names import RARE
from search.needs import Need
from search.queries import LEAST_BUDGET, LEAST_TERMS, Query, query_for
from search.vectors import FieldStatistics, key_of


def asked(words: list[tuple[str, ...]], df: Mapping[str, int], **need) -> Query:
    few = FieldStatistics(9_000, 50.0, {key_of(t): n for t, n in df.items()})
    known = Frequencies({Field.OFFER_WORDS: few, Field.OFFER_CODES: few})
    return query_for(Need(tuple(words), **need), known)


def test_each_word_is_asked_for_by_its_commonest_form():
    words = [("presses", "press"), ("oils", "oil"), ("ripe",)]
    df = {"presses": 2, "press": 9, "oils": 30, "oil": 70, "ripe": 4}
    assert asked(words, df).terms == ("ripe", "press", "oil")


def test_a_single_word_is_asked_for_by_all_its_forms():
    df = {"presses": 2, "press": 9}
    assert asked([("presses", "press")], df).terms == ("presses", "press")
    # So is one whose neighbours nobody ever wrote.
    assert asked([("presses", "press"), ("qqq",)], df).terms == ("presses", "press")


def test_a_word_whose_commonest_form_is_too_dear_is_asked_for_by_a_rarer_one():
    words = [("rare",), ("presses", "press"), ("seldom",), ("unusual",)]
    df = {"rare": 1, "seldom": 2, "unusual": 3, "presses": 5}
    assert asked(words, {**df, "press": LEAST_BUDGET}).terms == (
        *("rare", "seldom", "unusual", "presses"),
    )


def test_a_question_of_common_words_alone_asks_for_a_few_in_their_rarest_forms():
    words = [(f"{name}s", name) for name in ("aa", "bb", "cc", "dd")]
    df = dict.fromkeys(("aa", "bb", "cc", "dd"), 2 * LEAST_BUDGET)
    rarer = {f"{name}s": LEAST_BUDGET + 1 for name in df}
    assert asked(words, {**df, **rarer}).terms == ("aas", "bbs", "ccs")
    assert len(asked(words, df).terms) == LEAST_TERMS


def test_equal_words_are_asked_for_once_and_codes_beside_them():
    words = [("oils", "oil"), ("oils", "oil"), ("oil",), ("ripe",)]
    query = asked(
        words,
        {"oil": 3, "oils": 1, "ripe": 2, "isic_c104": 5},
        codes=("isic_c104", "isic_c", "con_unknown"),
    )
    assert query.terms == ("ripe", "oil")
    assert query.codes == ("isic_c104",)


def test_what_many_listings_sound_like_is_asked_of_no_engine():
    sounds = (("snd_kml", "snd_rsnplm"), ("snd_npls",))
    df = {"rosenblum": 3, "snd_kml": RARE + 1, "snd_rsnplm": RARE, "snd_npls": 1}
    query = asked([("rosenblum",)], df, sounds=sounds)
    assert query.codes == ("snd_npls", "snd_rsnplm")
    # A concept may be as common as it likes.
    assert asked([], {"con_oil": RARE + 1}, codes=("con_oil",)).codes == ("con_oil",)
