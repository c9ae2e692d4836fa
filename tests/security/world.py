"""A small marketplace made by the actions, with words that may show only in places.

Every party has canaries: words that stand nowhere else, one for each private field.
Whoever finds one where the table says it is closed has found a leak.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import TestCase
from django.utils import timezone
from PIL import Image

from cms.site_setup.staff import set_up_groups
from marketplace.introductions.actions import (
    accept_introduction,
    ask_introduction,
    send_message,
)
from marketplace.introductions.models import Introduction
from marketplace.listings.actions import (
    add_photo,
    approve_listing,
    save_draft,
    submit_listing,
)
from marketplace.listings.models import Listing, ListingPhoto
from marketplace.listings.review import ensure_review
from marketplace.organisations.actions import invite_colleague, register_organisation
from marketplace.organisations.models import Invitation, Organisation
from marketplace.people.actions import seal_identity
from marketplace.people.models import User
from marketplace.ventures.actions import VentureText, propose_venture, sign_venture
from marketplace.ventures.models import JointVenture
from payments.models import PaymentAttempt, Share
from payments.modes import current_mode
from tests.factories import make_sector, make_user
from tests.payments.rows import make_schedule

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


@dataclass
class World:
    """A owns the listing; each other party stands one rung nearer to it."""

    owner: Party
    stranger: Party
    interested: Party
    mutual: Party
    partner: Party
    loner: User
    staff: dict[str, User]
    listing: Listing
    draft: Listing
    photo: ListingPhoto
    waiting_photo: ListingPhoto
    asked: Introduction
    met: Introduction
    introduction: Introduction
    proposal: JointVenture
    venture: JointVenture
    share: Share
    attempt: PaymentAttempt
    invitation: Invitation
    words: dict[str, str] = field(default_factory=dict)

    @property
    def parties(self) -> tuple[Party, ...]:
        return (
            self.owner,
            self.stranger,
            self.interested,
            self.mutual,
            self.partner,
        )

    @property
    def canaries(self) -> dict[str, str]:
        """Every canary, by who and what."""
        found = {
            f"{party.name}.{what}": word
            for party in self.parties
            for what, word in party.canaries.items()
        }
        return found | self.words


def make_party(name: str, side: str) -> Party:
    canaries = {
        "legal_name": canary(name, "legal"),
        "registration": canary(name, "registration"),
        "contact_name": canary(name, "person"),
        "contact_phone": canary(name, "phone"),
        "contact_email": f"{canary(name, 'mail')}@members.example",
    }
    user = make_user(email=canaries["contact_email"], alias=f"Alias of {name}")
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


def make_picture() -> BytesIO:
    picture = BytesIO()
    Image.new("RGB", (640, 480), "olive").save(picture, "JPEG")
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
    return save_draft(draft, by=party.user)


def publish(draft: Listing, party: Party, reviewer: User) -> Listing:
    return approve_listing(submit_listing(draft, by=party.user), by=reviewer)


def ask(listing: Listing, party: Party, words: dict[str, str]) -> Introduction:
    answers = {
        name: canary(party.name, name.replace("_", ""))
        for name in ("i_bring", "i_need", "why_you", "first_step", "constraints")
    }
    words |= {f"{party.name}.{name}": word for name, word in answers.items()}
    return ask_introduction(listing, by=party.user, asker=party.organisation, **answers)


def write(introduction: Introduction, party: Party, words: dict[str, str]) -> None:
    text = canary(party.name, f"message{len(words)}")
    words[f"{party.name}.message{introduction.pk}"] = text
    send_message(introduction, by=party.user, text=text)


def make_venture(
    introduction: Introduction, one: Party, other: Party, words: dict[str, str]
) -> JointVenture:
    title, purpose = (
        canary(other.name, f"{what}{len(words)}") for what in ("title", "purpose")
    )
    words |= {f"venture{len(words)}.title": title}
    words |= {f"venture{len(words)}.purpose": purpose}
    text = VentureText(
        title=title,
        purpose=purpose,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=365),
        fee_currency="USD",
        ownership={one.organisation: 5000, other.organisation: 5000},
    )
    return propose_venture(introduction, by=one.user, text=text)


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
    return staff


def build_world() -> World:
    """Everything through actions; tasks run at once, as after a commit."""
    ContentType.objects.clear_cache()
    with TestCase.captureOnCommitCallbacks(execute=True):
        return _build()


def _build() -> World:
    staff, words = make_staff(), {}
    owner = make_party("haifa", "il")
    stranger, interested, mutual, partner = (
        make_party(name, "ps") for name in ("gaza", "jenin", "hebron", "nablus")
    )
    draft = make_draft(owner, "Green olives in brine")
    photographed = make_draft(owner, "Olive oil from the coast")
    photo = add_photo(
        photographed,
        make_picture(),
        name=f"{canary('haifa', 'file')}.jpg",
        by=owner.user,
    )
    words["haifa.file"] = canary("haifa", "file")
    listing = publish(photographed, owner, staff["reviewer"])
    waiting_photo = add_photo(listing, make_picture(), name="other.jpg", by=owner.user)
    asked = ask(listing, interested, words)
    met = accept_introduction(ask(listing, mutual, words), by=owner.user)
    introduction = accept_introduction(ask(listing, partner, words), by=owner.user)
    for pair in ((met, mutual), (met, owner), (introduction, partner)):
        write(*pair, words)
    make_schedule()
    proposal = make_venture(introduction, owner, partner, words)
    venture = make_venture(introduction, owner, partner, words)
    for party in (owner, partner):
        sign_venture(venture, by=party.user, text_hash=venture.text_hash())
    share = Share.objects.get(
        fee__venture=venture, party__organisation=owner.organisation
    )
    return World(
        owner=owner,
        stranger=stranger,
        interested=interested,
        mutual=mutual,
        partner=partner,
        loner=make_user(alias="Somebody without an organisation"),
        staff=staff,
        listing=listing,
        draft=draft,
        photo=ListingPhoto.objects.get(pk=photo.pk),
        waiting_photo=waiting_photo,
        asked=asked,
        met=met,
        introduction=introduction,
        proposal=proposal,
        venture=JointVenture.objects.get(pk=venture.pk),
        share=share,
        attempt=make_attempt(share, owner.user),
        invitation=invite_colleague(
            owner.organisation,
            email="colleague@members.example",
            role="editor",
            by=owner.user,
        ),
        words=words,
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
