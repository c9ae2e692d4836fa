"""Random acts of two partners: no signature outlives an edit, no label rises alone."""

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from marketplace.exceptions import DomainError
from marketplace.introductions.actions import ask_introduction
from marketplace.ventures.actions import (
    confirm_stand,
    edit_venture,
    propose_venture,
    sign_venture,
    signing,
    withdraw_dissent,
    withdraw_venture,
    write_dissent,
)
from marketplace.ventures.faces import venture_face
from marketplace.ventures.honesty import Stand
from marketplace.ventures.models import JointVenture, Signature
from tests.factories import make_listing, make_member, make_organisation, make_user
from tests.marketplace.introductions.acts import CALM, EXAMPLES
from tests.marketplace.introductions.words import FIVE
from tests.marketplace.ventures.test_actions import text_of
from tests.meeting import meet

pytestmark = pytest.mark.django_db
SHORT = settings(CALM, stateful_step_count=12)  # a text is signed in a few acts
WHO = st.sampled_from((0, 1, 0, 1, 0, 1, 2))  # the third is no partner


class Partners(RuleBasedStateMachine):
    """The model keeps who said yes to the text as it stands, and each one's last word."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.sides = [make_organisation(side=side) for side in ("il", "ps")]
        self.people = [*map(make_member, self.sides), make_user()]
        listing = make_listing(self.sides[1], owner=self.people[1])
        asked = ask_introduction(
            listing, by=self.people[0], asker=self.sides[0], **FIVE
        )
        self.introduction = meet(asked, *self.people[:2])
        self.venture = propose_venture(
            self.introduction, by=self.people[0], text=self.text("Jars")
        )
        self.signed: set[int] = set()
        self.words: dict[int, int] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def text(self, title):
        return text_of(dict.fromkeys(self.sides, 5_000), title=title)

    def try_to(self, act, who, **words):
        try:
            with transaction.atomic():
                act(self.venture, by=self.people[who], **words)
        except DomainError:
            return False
        finally:
            self.venture = JointVenture.objects.get(pk=self.venture.pk)
        return True

    @rule(who=WHO, title=st.sampled_from(("Jars", "Cold jars")))
    def edit(self, who, title):
        changes = title != self.venture.title
        if self.try_to(edit_venture, who, text=self.text(title)) and changes:
            self.signed = set()

    @rule(who=WHO)
    def sign(self, who):
        text_hash = self.venture.text_hash()
        if self.try_to(sign_venture, who, text_hash=text_hash):
            self.signed.add(who)

    @rule(who=WHO, title=st.sampled_from(("Jars", "Cold jars")))
    def sign_what_stood_before(self, who, title):
        """The page was open while the other changed the text."""
        if title != self.venture.title:
            old, self.venture.title = self.venture.title, title
            text_hash, self.venture.title = self.venture.text_hash(), old
            assert not self.try_to(sign_venture, who, text_hash=text_hash)

    @rule(who=WHO)
    def dissent(self, who):
        """Each note is named for its writer, who alone can take it back."""
        self.try_to(write_dissent, who, text=f"note of {who}")

    @rule(who=WHO)
    def take_a_note_back(self, who):
        note = self.venture.dissents.filter(withdrawn_at=None).first()
        if note is None:
            return
        try:
            with transaction.atomic():
                withdraw_dissent(note, by=self.people[who])
        except DomainError:
            return
        assert note.text == f"note of {who}"

    @rule(who=WHO, stand=st.sampled_from(Stand))
    def say(self, who, stand):
        if self.try_to(confirm_stand, who, stand=stand):
            self.words[who] = stand

    @rule(who=st.sampled_from((2, 2, 2, 0)))
    def withdraw(self, who):
        if self.try_to(withdraw_venture, who):
            self.signed = set()

    @invariant()
    def only_a_yes_to_this_very_text_counts(self):
        live = Signature.objects.filter(
            party__venture=self.venture, voided_at__isnull=True
        )
        assert {each.text_hash for each in live} <= {self.venture.text_hash()}
        by = {self.people.index(each.signed_by) for each in live}
        assert by == self.signed
        assert (self.venture.agreed_at is not None) == (self.signed == {0, 1})

    @invariant()
    def the_label_is_the_most_cautious_word_of_both(self):
        for person in self.people[:2]:
            pulse = venture_face(self.venture, person).pulse
            label = pulse.label if pulse else ""
            both = self.words.keys() >= {0, 1}
            stand = Stand(min(self.words.values())) if both else None
            assert label == (str(stand.label) if stand else "")


def test_random_acts_keep_no_signature_over_an_edit_and_raise_no_label_alone():
    run_state_machine_as_test(Partners, settings=SHORT)


def test_a_signature_that_outlives_an_edit_is_found(monkeypatch):
    """The test of the test."""
    monkeypatch.setattr(signing, "_void_signatures", lambda venture: None)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            Partners, settings=settings(SHORT, max_examples=max(EXAMPLES, 60))
        )
