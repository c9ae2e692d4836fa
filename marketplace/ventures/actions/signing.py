"""The text of a venture: propose, edit, sign, withdraw, activate, suspend."""

from collections import Counter
from collections.abc import Mapping
from itertools import permutations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError, MoveNotAllowed, NotAllowed
from marketplace.introductions.actions.parts import lock_both
from marketplace.introductions.models import Introduction
from marketplace.organisations.actions import open_disclosure
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.clock import clock_user
from marketplace.people.models import User
from marketplace.refusals import require
from marketplace.ventures import notice_kinds
from marketplace.ventures.limits import has_room_to_propose
from marketplace.ventures.models import JointVenture, Signature, VentureParty
from marketplace.ventures.permissions import (
    can_propose,
    can_suspend,
    can_take_part,
    party_of,
)
from marketplace.ventures.signals import (
    venture_activated,
    venture_agreed,
    venture_proposed,
)

from .telling import tell, tell_party
from .texts import VentureText, keep_version, put_beside

Status = JointVenture.Status
_TOO_MANY = _(
    "You have proposed several texts to this partner lately. Change one that stands, or wait some weeks."
)


@transaction.atomic
def propose_venture(
    introduction: Introduction, *, by: User, text: VentureText
) -> JointVenture:
    """A side of a standing introduction proposes a text for all to sign."""
    lock_both(introduction.asker_id, introduction.asked_id)
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_propose(by, introduction))
    if not has_room_to_propose(introduction, introduction.side_of(by)):
        raise DomainError(_TOO_MANY)
    text.check()
    require(all_introduced(text.ownership, introduction))
    venture = JointVenture.objects.create(
        introduction=introduction, proposed_by=by, **text.fields()
    )
    VentureParty.objects.bulk_create(
        VentureParty(
            venture=venture,
            organisation=organisation,
            ownership=share,
            signers=organisation.signers,
        )
        for organisation, share in text.ownership.items()
    )
    put_beside(venture, text)
    _keep_version(venture, by)
    log(venture, "ventures.propose", user=by)
    tell(venture, notice_kinds.PROPOSED, but=by)
    venture_proposed.send(sender=JointVenture, venture=venture)
    return venture


@transaction.atomic
def edit_venture(venture: JointVenture, *, by: User, text: VentureText) -> JointVenture:
    """A partner changes the text; every signature under the old one is void."""
    venture = JointVenture.objects.locked(venture.pk)
    require(can_take_part(by, venture))
    if venture.status != Status.PROPOSED:
        raise DomainError(_("A text that all have signed cannot be changed."))
    text.check()
    parties = {party.organisation_id: party for party in venture.parties.all()}
    require(set(parties) == {organisation.pk for organisation in text.ownership})
    before = venture.text_hash()
    for name, value in text.fields().items():
        setattr(venture, name, value)
    venture.save()
    for organisation, share in text.ownership.items():
        parties[organisation.pk].ownership = share
    VentureParty.objects.bulk_update(parties.values(), ["ownership"])
    put_beside(venture, text)
    if venture.text_hash() != before:
        _void_signatures(venture)
        _keep_version(venture, by)
        log(venture, "ventures.edit", user=by)
        tell(venture, notice_kinds.EDITED, but=by, paced=True)
    return venture


@transaction.atomic
def sign_venture(venture: JointVenture, *, by: User, text_hash: str) -> JointVenture:
    """A person signs for a partner the very text read; the last one agrees the venture.

    Raises `DomainError` where the text differs from the one behind `text_hash`.
    """
    venture = JointVenture.objects.locked(venture.pk)
    party = party_of(by, venture)
    if party is None:
        raise NotAllowed
    if venture.status != Status.PROPOSED:
        raise DomainError(_("This venture no longer waits for signatures."))
    if text_hash != venture.text_hash():
        raise DomainError(_("The text has changed. Read it again before you sign."))
    given = set(
        party.signatures.filter(voided_at=None).values_list("signed_by", flat=True)
    )
    if by.pk in given or len(given) >= party.signers:
        return venture
    Signature.objects.create(party=party, signed_by=by, text_hash=text_hash)
    log(venture, "ventures.sign", user=by)
    if _all_signed(venture, text_hash):
        _agree(venture, by)
    elif len(given) + 1 < party.signers:
        tell_party(venture, party, notice_kinds.COSIGN, but=by, paced=True)
    else:
        tell(venture, notice_kinds.SIGNED, but=by, paced=True)
    return venture


@transaction.atomic
def withdraw_venture(venture: JointVenture, *, by: User) -> JointVenture:
    """Any partner may end a proposal that not all have signed."""
    venture = JointVenture.objects.locked(venture.pk)
    require(can_take_part(by, venture))
    return _withdraw(venture, by)


@transaction.atomic
def withdraw_proposals(introduction: Introduction) -> None:
    """Two sides know each other no more: what was proposed with both of them ends."""
    proposals = JointVenture.objects.filter(status=Status.PROPOSED)
    for side in introduction.both:
        proposals = proposals.filter(parties__organisation=side)
    for pk in list(proposals.values_list("pk", flat=True)):
        _withdraw(JointVenture.objects.locked(pk), clock_user())


@transaction.atomic
def activate_venture(venture: JointVenture, *, by: User | None = None) -> bool:
    """The venture starts, once: True where this call made it active."""
    venture = JointVenture.objects.locked(venture.pk)
    if venture.status == Status.ACTIVE:
        return False
    JointVenture.lifecycle.advance(venture, to=Status.ACTIVE)
    venture.activated_at = timezone.now()
    venture.save(update_fields=["activated_at"])
    log(venture, "ventures.activate", user=by or clock_user())
    tell(venture, notice_kinds.ACTIVE)
    venture_activated.send(sender=JointVenture, venture=venture)
    return True


@transaction.atomic
def suspend_venture(venture: JointVenture, *, by: User) -> JointVenture:
    """Staff pause an active venture; its partners are told, and no reason is given."""
    venture = JointVenture.objects.locked(venture.pk)
    require(can_suspend(by))
    JointVenture.lifecycle.advance(venture, to=Status.SUSPENDED)
    log(venture, "ventures.suspend", user=by)
    tell(venture, notice_kinds.SUSPENDED)
    return venture


@transaction.atomic
def resume_venture(venture: JointVenture, *, by: User) -> JointVenture:
    """Staff let a suspended venture go on."""
    venture = JointVenture.objects.locked(venture.pk)
    require(can_suspend(by))
    if venture.status != Status.SUSPENDED:
        raise MoveNotAllowed
    JointVenture.lifecycle.advance(venture, to=Status.ACTIVE)
    log(venture, "ventures.resume", user=by)
    tell(venture, notice_kinds.RESUMED)
    return venture


def all_introduced(
    organisations: Mapping[Organisation, int], introduction: Introduction
) -> bool:
    """Whether every two of these have met by both wills, the introduction's among them."""
    keys = {organisation.pk for organisation in organisations}
    if not {introduction.asker_id, introduction.asked_id} <= keys:
        return False
    known = Introduction.objects.known().filter(asker__in=keys, asked__in=keys)
    pairs = known.values_list("asker_id", "asked_id")
    met = {frozenset(pair) for pair in pairs}
    return all(frozenset(pair) in met for pair in permutations(keys, 2))


def _keep_version(venture: JointVenture, by: User) -> None:
    party = party_of(by, venture)
    if party is None:
        raise NotAllowed
    keep_version(venture, party, by)


def _void_signatures(venture: JointVenture) -> None:
    Signature.objects.filter(party__venture=venture, voided_at__isnull=True).update(
        voided_at=timezone.now()
    )


def _all_signed(venture: JointVenture, text_hash: str) -> bool:
    """Each required person of each partner, one and the same text."""
    live = Signature.objects.filter(text_hash=text_hash, voided_at__isnull=True)
    signed = Counter(
        live.filter(party__venture=venture).values_list("party", flat=True)
    )
    return all(signed[each.pk] >= each.signers for each in venture.parties.all())


def _agree(venture: JointVenture, by: User) -> None:
    JointVenture.lifecycle.advance(venture, to=Status.AGREED)
    venture.agreed_at = timezone.now()
    venture.save(update_fields=["agreed_at"])
    for one, other in permutations(venture.parties.select_related("organisation"), 2):
        open_disclosure(
            of=one.organisation,
            to=other.organisation,
            scope=venture.public_id,
            stage=Stage.VENTURE,
            consents=[],
            by=by,
        )
    log(venture, "ventures.agree", user=by)
    tell(venture, notice_kinds.AGREED)
    venture_agreed.send(sender=JointVenture, venture=venture)


def _withdraw(venture: JointVenture, by: User) -> JointVenture:
    JointVenture.lifecycle.advance(venture, to=Status.WITHDRAWN)
    _void_signatures(venture)
    log(venture, "ventures.withdraw", user=by)
    # The list, not the page: with a closed introduction the page is gone too.
    tell(venture, notice_kinds.WITHDRAWN, but=by, url=reverse("ventures:list"))
    return venture
