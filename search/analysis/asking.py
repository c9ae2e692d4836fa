"""Words that only ask: they stand in questions and in hardly any answer.

Being rare in texts they would weigh more than the words that tell. They are left out of
a question where anything else is asked.
"""

from collections.abc import Sequence

from .normal import surfaces

_ENGLISH = "what which who whom whose when where why how did do does"
_HEBREW = (
    "מי מה מתי איפה היכן כמה איזה איזו אילו אלו למה מדוע איך כיצד האם מאיפה מהיכן לאן "
    "מאין מהו מהי מהם מהן מיהו מיהי מיהם ממתי"
)
_BEHIND_PARTICLES = ("איזה", "איזו", "אילו", "כמה", "מי", "מה")
_PARTICLES = ("ב", "ה", "ו", "ל", "מ", "ש")
_ARABIC = (
    "من ما ماذا متى أين كم كيف لماذا لما أي أية هل بماذا لمن عم عما مم ممن فيم بكم "
    "ماهو ماهي بأي لأي"
)
ASKING = frozenset(
    [
        *surfaces(f"{_ENGLISH} {_HEBREW} {_ARABIC}"),
        *surfaces(" ".join(p + word for p in _PARTICLES for word in _BEHIND_PARTICLES)),
    ]
)


def without_asking(words: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Analysed words less those that only ask; all of them if nothing else is there."""
    telling = [tuple(forms) for forms in words if forms[0] not in ASKING]
    return telling or [tuple(forms) for forms in words]
