"""The mail that tells reviewers of a new listing."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from tests.factories import make_listing, make_user


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "A listing is waiting for your review"),
        ("he", "מודעה ממתינה לבדיקה שלכם"),
        ("ar", "إعلان ينتظر مراجعتكم"),
    ],
)
def test_it_is_in_the_readers_language_and_names_nothing(db, language, subject):
    listing = make_listing(title="Canary of olives")
    reader = make_user(language=language, is_superuser=True)
    context = {"object": listing, "user": reader, "task": None, "model_name": "listing"}

    with override("en"):
        head, body = (
            render_to_string(f"wagtailadmin/notifications/{name}.txt", context)
            for name in ("task_state_submitted_subject", "task_state_submitted")
        )

    assert head.strip() == subject
    assert "Canary" not in head + body
    assert (
        f"/staff/snippets/listings/listing/edit/{listing.pk}/" in body
        or "/staff/" in body
    )
