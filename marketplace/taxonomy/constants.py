"""Short fixed lists that are words, not codes of a standard."""

from django.utils.translation import gettext_lazy as _

STAGE_CHOICES = [
    ("idea", _("idea")),
    ("pre_seed", _("pre-seed")),
    ("seed", _("seed")),
    ("series_a", _("series A")),
    ("series_b", _("series B")),
    ("series_c", _("series C")),
    ("growth", _("growth")),
    ("mature", _("mature")),
]
LANGUAGE_CHOICES = [
    ("ar", _("Arabic")),
    ("he", _("Hebrew")),
    ("en", _("English")),
    ("fr", _("French")),
    ("de", _("German")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
    ("el", _("Greek")),
    ("tr", _("Turkish")),
    ("am", _("Amharic")),
]
