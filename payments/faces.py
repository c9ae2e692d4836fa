"""What a payer sees of a share, and of the partners' shares: settled or open."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from marketplace.money import Money
from marketplace.organisations.faces import face_of
from marketplace.organisations.stages import Stage
from marketplace.organisations.stricter import Choices, choices_of
from marketplace.people.models import User
from payments import ledger
from payments.instalments import Instalment, instalments, payable_now
from payments.models import (
    Adjustment,
    Discrepancy,
    Fee,
    PaymentAttempt,
    Share,
)
from payments.permissions import organisations_paid_by
from payments.screening import is_screened
from payments.standing import ShareTotals, share_standing


@dataclass(frozen=True, slots=True)
class PartnerFace:
    """Another partner of the same venture: its name and one word, nothing more."""

    name: str
    is_settled: bool


@dataclass(frozen=True, slots=True)
class ShareFace:
    """A share as the people of its own partner see it; amounts as `Money`."""

    public_id: UUID
    url: str
    venture: str
    venture_url: str
    due: Money
    open: Money
    payable: Money
    instalments: tuple[Instalment, ...]
    choices: tuple[int, ...]
    due_on: date
    state: str
    state_label: str
    is_settled: bool
    is_overdue: bool
    is_overpaid: bool
    is_screened: bool
    may_pay: bool
    may_ask_back: bool
    takes_card: bool
    takes_transfer: bool
    is_being_checked: bool
    partners: tuple[PartnerFace, ...]

    @property
    def is_last(self) -> bool:
        """Nothing is open any more: this share and those of all partners are settled."""
        return self.is_settled and all(each.is_settled for each in self.partners)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a payer has asked finance for, and is waiting to hear about."""

    waiver: bool
    transfer: bool
    refund: bool
    screening: bool


def share_faces(user: User) -> list[ShareFace]:
    """The shares of this person's organisations, those to be paid first."""
    faces = _faces(Share.objects.of(user).distinct(), user)
    return sorted(faces, key=lambda face: (face.is_settled, face.due_on))


def share_face(share: Share, user: User) -> ShareFace:
    """One share; what is open is read from the ledger, not from a column."""
    (face,) = _faces(Share.objects.filter(pk=share.pk), user)
    return face


def _faces(shares: QuerySet[Share], user: User) -> list[ShareFace]:
    """The same number of queries for one share and for many."""
    rows = list(
        shares.select_related(
            "fee__venture", "currency", "party__organisation"
        ).prefetch_related(
            "attempts",
            "fee__shares__party__organisation__place",
            "fee__shares__party__organisation__sectors",
        )
    )
    sums = ledger.sums_by_share(*{row.fee for row in rows})
    own = organisations_paid_by(user)
    parties = {
        each.party.organisation_id for row in rows for each in row.fee.shares.all()
    }
    choices = choices_of(parties)
    return [_face(row, sums.get(row.pk, {}), own, choices) for row in rows]


def _face(
    share: Share, sums: dict[str, int], own: set[int], choices: Choices
) -> ShareFace:
    fee = share.fee
    standing = share_standing(share.due_minor, ShareTotals.of_accounts(sums))
    remaining = Money(standing.open_minor, share.currency_id)
    parts = instalments(
        share.due, remaining, count=share.instalments, first_on=fee.due_on
    )
    payable = payable_now(parts)
    return ShareFace(
        public_id=share.public_id,
        url=share.get_absolute_url(),
        venture=fee.venture.title,
        venture_url=fee.venture.get_absolute_url(),
        due=share.due,
        open=remaining,
        payable=payable,
        instalments=tuple(parts) if len(parts) > 1 else (),
        choices=_choices(share),
        due_on=fee.due_on,
        state=standing.state.value,
        state_label=str(Share.State(standing.state.value).label),
        is_settled=standing.is_settled,
        is_overdue=not standing.is_settled and fee.due_on < timezone.localdate(),
        is_overpaid=standing.is_overpaid,
        is_screened=is_screened(share.party.organisation),
        may_pay=not standing.is_settled and share.party.organisation_id in own,
        may_ask_back=(
            sums.get("bank_clearing", 0) + sums.get("stripe_clearing", 0) > 0
            and share.party.organisation_id in own
        ),
        takes_card=share.currency.takes_card(payable),
        takes_transfer=share.currency.transfer_enabled,
        is_being_checked=_has_receipt(share),
        partners=_partners(fee, share, choices),
    )


def _choices(share: Share) -> tuple[int, ...]:
    """Into how many parts this share may be divided, itself left out."""
    counts = range(1, share.fee.most_instalments + 1) if share.may_divide else ()
    return tuple(count for count in counts if count != share.instalments)


def _partners(fee: Fee, own: Share, choices: Choices) -> tuple[PartnerFace, ...]:
    return tuple(
        PartnerFace(
            name=face_of(share.party.organisation, Stage.ORGANISATION, choices).name,
            is_settled=share.is_settled,
        )
        for share in fee.shares.all()
        if share.pk != own.pk
    )


def _has_receipt(share: Share) -> bool:
    """Whether money that one person saw waits for the word of another."""
    return any(
        attempt.is_live and attempt.method != PaymentAttempt.Method.STRIPE_CHECKOUT
        for attempt in share.attempts.all()
    )


def asked_for(share: Share) -> Asked:
    """Which requests about a share are waiting for finance."""
    about = f"share:{share.public_id}"
    matters = Discrepancy.objects.unresolved().filter(about=about)
    return Asked(
        waiver=share.adjustments.filter(state=Adjustment.State.REQUESTED).exists(),
        transfer=matters.filter(kind=Discrepancy.Kind.TRANSFER_ASKED).exists(),
        refund=matters.filter(kind=Discrepancy.Kind.REFUND_ASKED).exists(),
        screening=matters.filter(kind=Discrepancy.Kind.SCREENING).exists(),
    )
