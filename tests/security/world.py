"""A small marketplace made by the actions, with words that may show only in places.

Every party has canaries: words that stand nowhere else, one for each private field.
Whoever finds one where the table says it is closed has found a leak.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.mail import EmailMessage
from django.test import TestCase

from cms.settings.base import LOGGING
from marketplace.attachments import PDF, CleanFile
from marketplace.introductions.actions import send_message
from marketplace.introductions.models import Attachment, Introduction
from marketplace.listings.actions import add_photo
from marketplace.listings.models import Listing, ListingPhoto
from marketplace.mandates.models import InvestorMandate
from marketplace.meetings.models import Meeting
from marketplace.organisations.actions import invite_colleague
from marketplace.organisations.models import Invitation
from marketplace.people.models import User
from marketplace.ventures.actions import (
    agree_to_arrangement,
    confirm_closing,
    sign_venture,
)
from marketplace.ventures.models import Arrangement, Dissent, JointVenture, Milestone
from payments.models import PaymentAttempt, Share, Subscription
from tests.factories import make_user
from tests.introducing import introduce
from tests.mandates import make_mandate
from tests.payments.rows import make_schedule
from tests.security import meetings, noting
from tests.security.building import (
    make_active,
    make_arrangement,
    make_milestone,
    make_venture,
)
from tests.security.making import (
    Party,
    Word,
    ask,
    canary,
    make_attempt,
    make_draft,
    make_others,
    make_party,
    make_picture,
    make_staff,
    make_subscription,
    publish,
    write,
)


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
    others: dict[str, User]
    listing: Listing
    draft: Listing
    photo: ListingPhoto
    waiting_photo: ListingPhoto
    asked: Introduction
    met: Introduction
    declined: Introduction
    introduction: Introduction
    attachment: Attachment
    softened: Introduction
    helper: User
    proposal: JointVenture
    dissent: Dissent
    venture: JointVenture
    active: JointVenture
    ended: JointVenture
    milestone: Milestone
    offered_arrangement: Arrangement
    arrangement: Arrangement
    share: Share
    attempt: PaymentAttempt
    subscription: Subscription
    offered_meeting: Meeting
    past_meeting: Meeting
    meeting: Meeting
    invitation: Invitation
    mandate: InvestorMandate
    words: dict[str, "Word"] = field(default_factory=dict)
    # By viewer, the cookies of a log-in that every test of the folder may begin with.
    logins: dict[str, dict[str, str]] = field(default_factory=dict)
    mails: list[EmailMessage] = field(default_factory=list)
    log_lines: list[str] = field(default_factory=list)

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
        return found | {key: word.text for key, word in self.words.items()}


class Lines(logging.Handler):
    """Keeps what was logged, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def log_lines() -> Iterator[list[str]]:
    """What any logger says meanwhile, down to its details.

    Only those are held back that the site's own settings hold back.
    """
    handler, root = Lines(), logging.getLogger()
    held = {logging.getLogger(name): row for name, row in LOGGING["loggers"].items()}
    before = {logger: logger.level for logger in (root, *held)}
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for logger, row in held.items():
        logger.setLevel(row["level"])
    try:
        yield handler.lines
    finally:
        for logger, level in before.items():
            logger.setLevel(level)
        root.removeHandler(handler)


def build_world() -> World:
    """Everything through actions; tasks run at once, as after a commit."""
    ContentType.objects.clear_cache()
    before = len(mail.outbox)
    with log_lines() as lines, TestCase.captureOnCommitCallbacks(execute=True):
        world = _build()
        _confirm_addresses()
    world.mails, world.log_lines = mail.outbox[before:], list(lines)
    return world


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
        make_picture(canary("haifa", "exif")),
        name=f"{canary('haifa', 'file')}.jpg",
        by=owner.user,
    )
    words["haifa.exif"] = Word(canary("haifa", "exif"), frozenset())
    words["haifa.file"] = Word(canary("haifa", "file"), frozenset())
    listing = publish(photographed, owner)
    waiting_photo = add_photo(
        listing, make_picture(colour="teal"), name="other.jpg", by=owner.user
    )
    asked = ask(listing, interested, owner, words)
    met = introduce(ask(listing, mutual, owner, words), mutual.user, owner.user)
    introduction = introduce(
        ask(listing, partner, owner, words), partner.user, owner.user
    )
    write(met, mutual, owner, words)
    write(met, owner, mutual, words)
    write(introduction, partner, owner, words)
    sheet = CleanFile(PDF, b"%PDF-1.7 a sheet of prices")
    message = send_message(introduction, by=partner.user, text="", file=sheet)
    declined = noting.decline(owner, mutual, words)
    helper = noting.help_on(met, mutual, owner, words)
    softened = noting.soften(listing, stranger, helper, words)
    noting.report(listing, stranger, words)
    noting.report_thread(met, owner, words)
    noting.verify(partner, staff["reviewer"], words)
    offered_meeting = meetings.offer(met, mutual, owner, words, "offered")
    past_meeting = meetings.look_back(introduction, partner, owner, words)
    make_schedule()
    proposal = make_venture(introduction, owner, partner, words)
    noting.rewrite(proposal, owner, partner, words)
    venture = make_venture(introduction, owner, partner, words)
    for party in (owner, partner):
        sign_venture(venture, by=party.user, text_hash=venture.text_hash())
    share, other_share = (
        Share.objects.get(fee__venture=venture, party__organisation=party.organisation)
        for party in (owner, partner)
    )
    noting.ask_for_waiver(other_share, partner, words)
    return World(
        owner=owner,
        stranger=stranger,
        interested=interested,
        mutual=mutual,
        partner=partner,
        loner=make_user(alias="Somebody without an organisation"),
        staff=staff,
        others=make_others(owner, User.objects.get(is_superuser=True)),
        listing=listing,
        draft=draft,
        photo=ListingPhoto.objects.get(pk=photo.pk),
        waiting_photo=waiting_photo,
        asked=asked,
        met=met,
        declined=declined,
        introduction=introduction,
        attachment=message.attachment,
        softened=softened,
        helper=helper.user,
        proposal=JointVenture.objects.get(pk=proposal.pk),
        dissent=noting.dissent(proposal, owner, partner, words),
        venture=JointVenture.objects.get(pk=venture.pk),
        active=make_active(introduction, owner, partner, words),
        ended=_end(make_active(introduction, owner, partner, words), owner),
        milestone=make_milestone(venture, partner, owner, words),
        offered_arrangement=make_arrangement(venture, partner, owner, words),
        arrangement=agree_to_arrangement(
            make_arrangement(venture, partner, owner, words), by=owner.user, version=1
        ),
        share=share,
        attempt=make_attempt(share, owner.user),
        subscription=make_subscription(owner.organisation, owner.user),
        offered_meeting=offered_meeting,
        past_meeting=past_meeting,
        meeting=meetings.agree(introduction, partner, owner, words, "agreed"),
        mandate=_state_mandate(owner, words),
        invitation=invite_colleague(
            owner.organisation,
            email="colleague@members.example",
            role="editor",
            by=owner.user,
        ),
        words=words,
    )


def _confirm_addresses() -> None:
    """Everybody came in by the link of a mail, but who has an address unconfirmed."""
    for user in User.objects.filter(emailaddress=None):
        EmailAddress.objects.create(
            user=user, email=user.email, primary=True, verified=True
        )


def _end(venture: JointVenture, by: Party) -> JointVenture:
    """The other partner confirms what was written, and it is over."""
    confirm_closing(venture.closing, by=by.user, version=1)
    return JointVenture.objects.get(pk=venture.pk)


def _state_mandate(owner: Party, words: dict[str, "Word"]) -> InvestorMandate:
    """What the owner looks for to fund is read by its own people alone."""
    own = {name: canary(owner.name, name) for name in ("mandate_name", "mandate_words")}
    for name, word in own.items():
        words[f"{owner.name}.{name}"] = Word(word, frozenset({owner.name}))
    return make_mandate(
        owner.organisation,
        name=f"Plan {own['mandate_name']}",
        words=f"Wells and {own['mandate_words']}",
    )
