"""Arabic words: light stemming and the particles written in front of a word.

The stemmer follows the rules of light10 (Larkey, Ballesteros, Connell: "Light
Stemming for Arabic Information Retrieval", 2007). Beside it two endings that it leaves
on: the alif of an indefinite object (`نظاما`, `نظام`) and the pronouns behind a noun
(`شركتهم`, `شركة`).
"""

_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_PARTICLES = (
    "ولل",
    "وبال",
    "فلل",
    "وب",
    "ول",
    "وس",
    "فس",
    "لي",
    "ل",
    "ب",
    "س",
    "ف",
    "ك",
)
_PRONOUNS = ("هما", "تها", "تهم", "تنا", "هم", "هن", "نا", "كم", "ته", "تي")
"""Behind a noun, the feminine ending before them included; the first that fits."""
_OBJECT = "ا"
_SHORTEST = 2
_SHORTEST_REST = 3


def arabic_forms(word: str) -> tuple[str, ...]:
    """The word, its light stem, both again for the rest after a particle, and each
    without the ending of an object or of a pronoun."""
    rest = _after_particle(word)
    wholes = (word, rest) if rest else (word,)
    candidates = [form for whole in wholes for form in (whole, light(whole))]
    for whole in wholes:
        candidates += _as_object(whole)
        candidates += _before_pronoun(whole)
    return tuple(dict.fromkeys(candidates))


def bare_forms(word: str) -> tuple[str, ...]:
    """The word, and what of it stands behind article, conjunction or particle."""
    forms = (word, _without_article(word), _after_particle(word))
    return tuple(dict.fromkeys(filter(None, forms)))


def _as_object(word: str) -> tuple[str, ...]:
    if not word.endswith(_OBJECT) or len(word) - 1 < _SHORTEST_REST:
        return ()
    bare = word[:-1]
    return bare, light(bare)


def _before_pronoun(word: str) -> tuple[str, ...]:
    stem = _without_article(word)
    for pronoun in _PRONOUNS:
        if stem.endswith(pronoun) and len(stem) - len(pronoun) >= _SHORTEST_REST:
            return (stem[: -len(pronoun)],)
    return ()


def light(word: str) -> str:
    """The word without article, conjunction and endings; two letters stay at least."""
    stem = _without_article(word)
    for ending in _ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= _SHORTEST:
            stem = stem[: -len(ending)]
    return stem


def _without_article(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST:
            return word[len(article) :]
    if word.startswith("و") and len(word) - 1 >= _SHORTEST_REST:
        return word[1:]
    return word


def _after_particle(word: str) -> str:
    for particle in _PARTICLES:
        if word.startswith(particle) and len(word) - len(particle) >= _SHORTEST_REST:
            return word[len(particle) :]
    return ""
