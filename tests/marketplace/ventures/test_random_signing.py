"""Random acts of two or three partners, one to three of each have to sign.

No signature outlives an edit, nobody is bound by fewer, no label rises alone.
"""

from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from marketplace.exceptions import DomainError
from marketplace.introductions.actions import ask_introduction
from marketplace.people.models import User
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
from tests.introducing import introduce
from tests.marketplace.introductions.acts import CALM, EXAMPLES
from tests.marketplace.introductions.words import FIVE
from tests.marketplace.ventures.test_actions import text_of

pytestmark = pytest.mark.django_db
SHORT = settings(CALM, stateful_step_count=20, max_examples=max(EXAMPLES, 10))
# How many of each partner sign; a text that few sign is agreed more often.
SHAPES = st.sampled_from(((1, 1), (1, 1), (2, 1), (1, 3), (2, 2), (1, 1, 1), (2, 1, 3)))
WHO = st.integers(0, 10)  # of all people; one of them belongs to no partner


class Partners(RuleBasedStateMachine):
    """The model keeps who said yes to the text as it stands, and each one's last word."""

    shapes = SHAPES

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    @initialize(data=st.data())
    def propose(self, data):
        """Each partner has one person more than have to sign."""
        self.signers = shape = data.draw(self.shapes)
        kinds = ("il", "ps", "third")[: len(shape)]
        self.sides = [
            make_organisation(side=kind, signers=number)
            for kind, number in zip(kinds, shape, strict=True)
        ]
        self.people = [
            (number, make_member(side))
            for number, side in enumerate(self.sides)
            for _person in range(shape[number] + 1)
        ]
        self.people.append((None, make_user()))
        met = [self.meeting_of(*pair) for pair in combinations(range(len(shape)), 2)]
        self.venture = propose_venture(
            met[0], by=self.first_of(0), text=self.text("Jars")
        )
        self.signed: set[User] = set()
        self.words: dict[int, int] = {}

    def first_of(self, number):
        return next(person for side, person in self.people if side == number)

    def meeting_of(self, one, other):
        asking, asked = self.first_of(one), self.first_of(other)
        listing = make_listing(self.sides[other], owner=asked)
        sent = ask_introduction(listing, by=asking, asker=self.sides[one], **FIVE)
        return introduce(sent, asking, asked)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def text(self, title):
        shares = dict.fromkeys(self.sides, 10_000 // len(self.sides))
        shares[self.sides[0]] += 10_000 - sum(shares.values())
        return text_of(shares, title=title)

    def known(self, who):
        """Which partner somebody belongs to, None for a stranger; and the person."""
        return self.people[who % len(self.people)]

    def try_to(self, act, who, **words):
        try:
            with transaction.atomic():
                act(self.venture, by=self.known(who)[1], **words)
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
        """One of more than have to sign adds nothing, nor does one who has signed."""
        text_hash = self.venture.text_hash()
        if self.try_to(sign_venture, who, text_hash=text_hash):
            side, person = self.known(who)
            if len(self.signed_of(side)) < self.signers[side]:
                self.signed.add(person)

    @rule(first=WHO, number=st.integers(2, 10))
    def several_sign(self, first, number):
        """One after the other; else a text of many signatures is hardly ever agreed."""
        for who in range(first, first + number):
            self.sign(who)

    def signed_of(self, number):
        return {person for side, person in self.people if side == number} & self.signed

    @rule(number=st.integers(0, 2), signers=st.integers(1, 3))
    def ask_for_other_signers(self, number, signers):
        """What a side asks from now on changes no text that is proposed."""
        side = self.sides[number % len(self.sides)]
        side.signers = signers
        side.save(update_fields=["signers"])

    @rule(who=WHO, title=st.sampled_from(("Jars", "Cold jars")))
    def sign_what_stood_before(self, who, title):
        """The page was open while the other changed the text."""
        if title != self.venture.title:
            old, self.venture.title = self.venture.title, title
            text_hash, self.venture.title = self.venture.text_hash(), old
            assert not self.try_to(sign_venture, who, text_hash=text_hash)

    @rule(who=WHO)
    def dissent(self, who):
        """Each note is named for its side, which alone can take it back."""
        self.try_to(write_dissent, who, text=f"note of {self.known(who)[0]}")

    @rule(who=WHO)
    def take_a_note_back(self, who):
        note = self.venture.dissents.filter(withdrawn_at=None).first()
        if note is None:
            return
        try:
            with transaction.atomic():
                withdraw_dissent(note, by=self.known(who)[1])
        except DomainError:
            return
        assert note.text == f"note of {self.known(who)[0]}"

    @rule(who=WHO, stand=st.sampled_from(Stand))
    def say(self, who, stand):
        if self.try_to(confirm_stand, who, stand=stand):
            self.words[self.known(who)[0]] = stand

    @rule(who=st.sampled_from((-1,) * 9 + (0,)))
    def withdraw(self, who):
        if self.try_to(withdraw_venture, who):
            self.signed = set()

    @invariant()
    def only_a_yes_to_this_very_text_counts(self):
        live = Signature.objects.filter(
            party__venture=self.venture, voided_at__isnull=True
        )
        assert {each.text_hash for each in live} <= {self.venture.text_hash()}
        assert {each.signed_by for each in live} == self.signed
        numbers = tuple(len(self.signed_of(each)) for each in range(len(self.sides)))
        assert (self.venture.agreed_at is not None) == (numbers == self.signers)

    @invariant()
    def the_label_is_the_most_cautious_word_of_all(self):
        for number in range(len(self.sides)):
            pulse = venture_face(self.venture, self.first_of(number)).pulse
            label = pulse.label if pulse else ""
            all_said = len(self.words) == len(self.sides)
            stand = Stand(min(self.words.values())) if all_said else None
            assert label == (str(stand.label) if stand else "")


class OneEach(Partners):
    """Two partners of whom one person each signs."""

    shapes = st.just((1, 1))


class TwoOfOne(Partners):
    """Two partners, and two people of the first have to sign."""

    shapes = st.just((2, 1))


def test_random_acts_keep_no_signature_over_an_edit_and_raise_no_label_alone():
    run_state_machine_as_test(Partners, settings=SHORT)


def test_a_signature_that_outlives_an_edit_is_found(monkeypatch):
    """The test of the test."""
    monkeypatch.setattr(signing, "_void_signatures", lambda venture: None)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            OneEach, settings=settings(SHORT, max_examples=max(EXAMPLES, 60))
        )


def test_a_side_bound_by_fewer_of_its_people_is_found(monkeypatch):
    """The test of the test."""

    def hasty(venture, text_hash):
        parties = venture.parties.all()
        return all(party.signatures.filter(voided_at=None) for party in parties)

    monkeypatch.setattr(signing, "_all_signed", hasty)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            TwoOfOne, settings=settings(SHORT, max_examples=max(EXAMPLES, 60))
        )
