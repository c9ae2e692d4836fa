"""What a world is made of: parties, listings, introductions, ventures, staff."""

from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from PIL import Image

from cms.site_setup.staff import set_up_groups
from marketplace.introductions.actions import (
    ask_introduction,
    send_message,
)
from marketplace.introductions.models import Introduction
from marketplace.listings.actions import (
    save_draft,
    submit_listing,
)
from marketplace.listings.models import Brings, Listing, Needs
from marketplace.listings.review import READERS, ensure_review
from marketplace.organisations.actions import register_organisation
from marketplace.organisations.models import Organisation
from marketplace.people.actions import open_or_close_account, seal_identity
from marketplace.people.models import Discretion, User
from payments.models import Currency, PaymentAttempt, Plan, Share, Subscription
from payments.modes import current_mode
from tests.factories import make_member, make_organisation, make_sector, make_user
from tests.reviewing import approve_by_both

# Two let their mails say as much as a mail may say.
DISCRETION = {"haifa": Discretion.OPEN, "nablus": Discretion.OPEN}
VENTURE_WORDS = ("title", "purpose", "beside")
STAFF_GROUPS = {"reviewer": "Reviewers", "finance": "Finance", "editor": "Editors"}


def canary(party: str, what: str) -> str:
    """A word of one party that stands nowhere else, the same under any analyser."""
    return f"zq{party}{what}qz"


@dataclass
class Party:
    """One organisation, the person who acts for it, and its canaries by field."""

    name: str
    organisation: Organisation
    user: User
    canaries: dict[str, str]


@dataclass(frozen=True)
class Word:
    """A canary of an introduction or venture, and the parties that may read it."""

    text: str
    readers: frozenset[str]
    of: UUID | None = None  # the introduction it was written in


def make_party(name: str, side: str) -> Party:
    canaries = {
        "legal_name": canary(name, "legal"),
        "registration": canary(name, "registration"),
        "contact_name": canary(name, "person"),
        "contact_phone": canary(name, "phone"),
        "contact_email": f"{canary(name, 'mail')}@members.example",
    }
    user = make_user(
        email=canaries["contact_email"],
        alias=f"Alias of {name}",
        discretion=DISCRETION.get(name, Discretion.NEUTRAL),
    )
    seal_identity(
        user, name=canaries["contact_name"], phone=canaries["contact_phone"], by=user
    )
    organisation = register_organisation(
        by=user,
        alias=f"House {name}",
        side=side,
        legal_name=canaries["legal_name"],
        registration=canaries["registration"],
        descriptor=f"What {name} does in one line",
    )
    return Party(name, organisation, user, canaries)


def make_picture(note: str = "", colour: str = "olive") -> BytesIO:
    """A photo as a camera writes it: the note stands in EXIF, in a comment and behind."""
    picture, exif = BytesIO(), Image.Exif()
    exif[0x010E] = exif[0x013B] = note
    picture_of = Image.new("RGB", (640, 480), colour)
    picture_of.save(picture, "JPEG", exif=exif, comment=note.encode())
    picture.write(note.encode())
    picture.seek(0)
    return picture


def make_draft(party: Party, title: str) -> Listing:
    draft = Listing(
        organisation=party.organisation,
        kind=Listing.Kind.OFFER,
        title=title,
        summary="Pressed within a day, filled in dark bottles.",
        details=f"{title}: the details for members.",
        written_in="en",
        anonymous=True,
    )
    draft.sectors = [make_sector()]
    draft.brings = [Brings(text="A press with room at night")]
    draft.needs = [Needs(text="Dark glass bottles")]
    return save_draft(draft, by=party.user)


def publish(draft: Listing, party: Party) -> Listing:
    return approve_by_both(submit_listing(draft, by=party.user))


def ask(
    listing: Listing, party: Party, asked: Party, words: dict[str, Word]
) -> Introduction:
    answers = {
        name: canary(party.name, name.replace("_", ""))
        for name in ("i_bring", "i_need", "why_you", "first_step", "constraints")
    }
    introduction = ask_introduction(
        listing, by=party.user, asker=party.organisation, **answers
    )
    readers, of = frozenset({party.name, asked.name}), introduction.public_id
    words |= {
        f"{party.name}.{name}": Word(word, readers, of)
        for name, word in answers.items()
    }
    return introduction


def write(
    introduction: Introduction, by: Party, to: Party, words: dict[str, Word]
) -> None:
    text = canary(by.name, f"message{len(words)}")
    readers = frozenset({by.name, to.name})
    words[f"{by.name}.message{len(words)}"] = Word(
        text, readers, introduction.public_id
    )
    send_message(introduction, by=by.user, text=text)


def make_staff() -> dict[str, User]:
    groups = set_up_groups()
    staff = {
        name: make_user(alias=f"Staff {name}", is_staff=True)
        for name in (*STAFF_GROUPS, "superuser")
    }
    for name, group in STAFF_GROUPS.items():
        staff[name].groups.add(groups[group])
    User.objects.filter(pk=staff["superuser"].pk).update(is_superuser=True)
    ensure_review(Group.objects.get(name="Reviewers"))
    staff["reviewer"].groups.add(Group.objects.get(name=READERS["il"]))
    return staff


def make_others(owner: Party, by: User) -> dict[str, User]:
    """Those who stand outside for a reason of their own."""
    former = make_member(owner.organisation, alias="Who has left")
    former.memberships.all().delete()
    closed = make_member(owner.organisation, alias="Whose account is closed")
    open_or_close_account(closed, by=by, is_active=False)
    colleague = make_member(owner.organisation, role="viewer", alias="Who only reads")
    unverified = make_user(alias="Who never confirmed")
    EmailAddress.objects.create(
        user=unverified, email=unverified.email, primary=True, verified=False
    )
    bystander = make_member(make_organisation(side="third"), alias="Who has met nobody")
    return {
        "former": former,
        "colleague": colleague,
        "closed": closed,
        "unverified": unverified,
        "bystander": bystander,
    }


def make_subscription(organisation: Organisation, by: User) -> Subscription:
    """A seat whose page was opened and left."""
    plan = Plan.objects.create(
        key="seat",
        name_en="Seat",
        name_he="מקום למשקיעים",
        name_ar="مقعد",
        currency=Currency.objects.get(code="USD"),
        amount_minor=30_00,
        interval="month",
    )
    return Subscription.objects.create(
        organisation=organisation,
        plan=plan,
        currency=plan.currency,
        amount_minor=plan.amount_minor,
        interval=plan.interval,
        trial_days=0,
        status=Subscription.ABANDONED,
        mode=current_mode().value,
        language="en",
        started_by=by,
    )


def make_attempt(share: Share, by: User) -> PaymentAttempt:
    return PaymentAttempt.objects.create(
        share=share,
        amount_minor=share.due_minor,
        currency=share.currency,
        state=PaymentAttempt.State.ABANDONED,
        language="en",
        mode=current_mode().value,
        started_by=by,
    )
