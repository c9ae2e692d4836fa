"""Arabic words: light stemming and the particles written in front of a word.

The stemmer follows the rules of light10 (Larkey, Ballesteros, Connell: "Light
Stemming for Arabic Information Retrieval", 2007).
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
_SHORTEST = 2
_SHORTEST_REST = 3


def arabic_forms(word: str) -> tuple[str, ...]:
    """The word, its light stem, and both again for the rest after a particle."""
    rest = _after_particle(word)
    candidates = (word, light(word)) + ((rest, light(rest)) if rest else ())
    return tuple(dict.fromkeys(candidates))


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
