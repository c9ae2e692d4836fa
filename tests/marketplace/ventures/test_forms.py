"""The form of a venture says beside a field what keeps the text from being sent."""

import pytest

from marketplace.ventures.forms import VentureForm
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


def test_shares_that_are_not_a_whole_are_told_beside_the_last_of_them():
    organisations = [make_organisation(side=side) for side in ("il", "ps")]
    first, last = (VentureForm.share_field(each) for each in organisations)
    typed = {
        "governing_language": "en",
        "title_en": "Cold jars",
        "purpose_en": "We bottle and deliver.",
        "starts_on": "2027-01-01",
        "fee_currency": "USD",
        first: "60",
        last: "30.5",
    }

    form = VentureForm(typed, organisations=organisations)
    whole = VentureForm(typed | {last: "40"}, organisations=organisations)

    assert list(form.errors) == [last]
    assert whole.is_valid()
