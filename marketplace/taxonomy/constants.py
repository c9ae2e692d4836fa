"""Short fixed lists that are words, not codes of a standard."""

from django.utils.translation import gettext_lazy as _

# The value chain, from an idea to the money and people that carry it.
STEP_CHOICES = [
    ("research", _("Research")),
    ("design", _("Design")),
    ("inputs", _("Materials and inputs")),
    ("production", _("Production")),
    ("quality", _("Quality")),
    ("certification", _("Certificates and approvals")),
    ("packaging", _("Packaging")),
    ("storage", _("Storage")),
    ("transport", _("Transport")),
    ("export", _("Export and import")),
    ("marketing", _("Marketing and language")),
    ("sales", _("Sales")),
    ("service", _("Services to customers")),
    ("technology", _("Technology")),
    ("finance", _("Finance")),
    ("people", _("People and skills")),
    ("advice", _("Advice")),
]
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
# In which form money is given.
INSTRUMENT_CHOICES = [
    ("equity", _("equity")),
    ("loan", _("loan")),
    ("grant", _("grant")),
    ("guarantee", _("guarantee")),
    ("revenue_share", _("revenue share")),
    ("supplier_credit", _("supplier credit")),
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
# The codes alone, in the order above: of stages, neighbours stand side by side.
STEPS = tuple(code for code, _label in STEP_CHOICES)
STAGES = tuple(code for code, _label in STAGE_CHOICES)
INSTRUMENTS = tuple(code for code, _label in INSTRUMENT_CHOICES)
LANGUAGES = tuple(code for code, _label in LANGUAGE_CHOICES)
