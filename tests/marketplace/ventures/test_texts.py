"""A text in several languages is one text: signed as a whole, void by any edit."""

from dataclasses import replace

import pytest
from django.urls import reverse

from marketplace.exceptions import DomainError
from marketplace.ventures.actions import Words, edit_venture, propose_venture
from marketplace.ventures.faces import venture_face
from marketplace.ventures.forms import VentureForm
from marketplace.ventures.models import JointVenture, TextVersion
from marketplace.ventures.text_faces import version_faces
from tests.marketplace.ventures.test_actions import (
    introduction,
    people,
    sides,
    sign,
    text_of,
    venture,
)

pytestmark = pytest.mark.django_db
__all__ = ["introduction", "people", "sides", "venture"]
ARABIC = Words("جرار باردة", "نعبّئ ونوزّع.")
HEBREW = Words("צנצנות קרות", "אנחנו ממלאים ומפיצים.")
PASSWORD = "correct horse"


@pytest.fixture
def three(sides):
    """One text in three languages; the Arabic one governs."""
    return text_of(
        dict(zip(sides, (6_000, 4_000), strict=True)),
        title=ARABIC.title,
        purpose=ARABIC.purpose,
        governing_language="ar",
        beside={"en": Words("Cold jars", "We bottle and deliver."), "he": HEBREW},
    )


@pytest.fixture
def proposal(introduction, people, three):
    return propose_venture(introduction, by=people[1], text=three)


EDITS = {
    "a word beside": lambda text: replace(
        text, beside={**text.beside, "he": replace(HEBREW, purpose="אחרת.")}
    ),
    "a title beside": lambda text: replace(
        text, beside={**text.beside, "he": replace(HEBREW, title="אחר")}
    ),
    "a language less": lambda text: replace(text, beside={"he": HEBREW}),
    "which one governs": lambda text: replace(
        text,
        title=HEBREW.title,
        purpose=HEBREW.purpose,
        governing_language="he",
        beside={"en": text.beside["en"], "ar": ARABIC},
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_of_any_language_voids_every_signature(proposal, people, three, edit):
    sign(proposal, people[0])
    proposal = edit_venture(proposal, by=people[1], text=edit(three))
    sign(proposal, people[1])
    proposal.refresh_from_db()
    assert proposal.status == JointVenture.Status.PROPOSED
    assert not venture_face(proposal, people[0]).parties[0].has_signed


def test_the_same_words_once_more_leave_signatures_and_versions_alone(
    proposal, people, three
):
    sign(proposal, people[0])
    rows = list(proposal.wordings.values())
    edit_venture(proposal, by=people[1], text=three)
    assert list(proposal.wordings.values()) == rows
    assert venture_face(proposal, people[0]).parties[0].has_signed
    assert proposal.versions.count() == 1


def test_both_sides_read_every_language_and_which_one_governs(proposal, people):
    for person in people:
        face = venture_face(proposal, person)
        assert [each.language for each in face.wordings] == ["ar", "en", "he"]
        assert [each.governs for each in face.wordings] == [True, False, False]
        assert face.title == "Cold jars"


def test_a_language_is_written_once_and_is_one_of_three(introduction, people, three):
    for wrong in (
        replace(three, governing_language="en"),
        replace(three, beside={"fr": HEBREW}),
    ):
        with pytest.raises(DomainError):
            propose_venture(introduction, by=people[0], text=wrong)


def test_each_version_stays_as_it_was_with_those_who_signed_it(proposal, people, three):
    sign(proposal, people[0])
    first = proposal.versions.get()
    edit_venture(proposal, by=people[1], text=EDITS["a language less"](three))
    newest, oldest = version_faces(proposal, people[0])
    assert (newest.number, newest.is_current, newest.signed_by) == (2, True, ())
    assert oldest.mark == first.text_hash[:12]
    assert len(oldest.signed_by) == 1
    assert {each.language for each in oldest.wordings} == {"ar", "en", "he"}
    assert TextVersion.objects.get(number=1).text == first.text


def test_words_that_stand_again_have_no_signature_until_they_are_signed_again(
    proposal, people, three
):
    sign(proposal, people[0])
    for text in (replace(three, title="Another"), three):
        edit_venture(proposal, by=people[1], text=text)
    newest = version_faces(proposal, people[0])[0]
    assert newest.is_current
    assert newest.signed_by == ()


def test_a_version_holds_the_very_bytes_whose_hash_is_signed(proposal):
    version = proposal.versions.get()
    assert version.text == proposal.signed_text()
    assert version.text_hash == proposal.text_hash()


def typed(sides, **words):
    first, last = (VentureForm.share_field(each) for each in sides)
    rest = {"starts_on": "2027-01-01", "fee_currency": "USD", first: "60", last: "40"}
    return rest | words


def test_the_form_wants_the_governing_text_and_nothing_half_written(sides):
    form = VentureForm(
        typed(sides, governing_language="ar", title_he="צנצנות"), organisations=sides
    )
    assert set(form.errors) == {"title_ar", "purpose_ar", "purpose_he"}


def test_the_form_shows_every_field_once(sides):
    form = VentureForm(organisations=sides, language="he")
    in_parts = [
        field.name for part in form.parts for field in (part.title, part.purpose)
    ]
    shown = [*in_parts, *(field.name for field in form.others)]
    assert sorted(shown) == sorted(form.fields)
    assert [part.code for part in form.parts if part.is_open] == ["he"]


def test_the_form_gives_back_what_was_written(sides, proposal, three):
    initial = VentureForm.initial_of(proposal)
    words = {name: str(value or "") for name, value in initial.items()}
    form = VentureForm(words, organisations=sides, language="he")
    assert form.is_valid(), form.errors
    assert form.text() == replace(three, ownership=form.text().ownership)
    assert form.text().ownership == three.ownership


def test_who_signs_is_asked_once_more_whether_it_is_they(client, proposal, people):
    person = people[0]
    client.force_login(person)
    path = reverse("ventures:sign", args=[proposal.public_id])
    asked = client.post(path, {"text_hash": proposal.text_hash()})
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert not venture_face(proposal, person).parties[0].has_signed
    client.post(asked.url, {"password": "wrong"})
    assert not venture_face(proposal, person).parties[0].has_signed

    signed = client.post(
        reverse("account_reauthenticate"), {"password": PASSWORD, "next": path}
    )

    assert signed.url == proposal.get_absolute_url()
    assert venture_face(proposal, person).parties[0].has_signed


def test_a_text_that_changed_while_somebody_was_asked_is_not_signed(
    client, proposal, people, three
):
    person = people[0]
    client.force_login(person)
    path = reverse("ventures:sign", args=[proposal.public_id])
    client.post(path, {"text_hash": proposal.text_hash()})
    edit_venture(proposal, by=people[1], text=EDITS["a word beside"](three))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": path})
    proposal.refresh_from_db()
    assert not any(each.has_signed for each in venture_face(proposal, person).parties)
