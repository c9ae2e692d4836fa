"""What people add in their own words: where they say no, ask, help, dissent or decide."""

from dataclasses import replace
from uuid import UUID

from marketplace.facilitation.actions import give_mandate
from marketplace.facilitation.models import Act, Facilitator
from marketplace.introductions.actions import (
    add_context,
    answer_question,
    ask_question,
    decline_introduction,
    soften_draft,
)
from marketplace.introductions.actions import report_thread as tell_staff
from marketplace.introductions.actions import save_draft as draft_request
from marketplace.introductions.models import Introduction
from marketplace.listings.actions import report_listing, withdraw_listing
from marketplace.listings.models import Listing
from marketplace.organisations.actions import verify_organisation
from marketplace.people.models import User
from marketplace.ventures.actions import VentureText, edit_venture, write_dissent
from marketplace.ventures.models import Dissent, JointVenture
from payments.actions.adjustments import request_waiver
from payments.models import Share
from tests.factories import make_user
from tests.security.making import Party, Word, ask, canary, make_draft, publish

Words = dict[str, Word]


def keep(
    words: Words, by: Party, what: str, *readers: Party, of: UUID | None = None
) -> str:
    """A word of one party for exactly these readers; nobody on pages without any."""
    text = canary(by.name, what)
    names = frozenset(each.name for each in readers)
    words[f"{by.name}.{what}"] = Word(text, names, of)
    return text


def decline(asker: Party, asked: Party, words: Words) -> Introduction:
    """Another listing, asked about, questioned and declined with a note.

    After it both read why, the question and its answer are gone, and the one that asked
    alone keeps what it wrote. The listing is taken back, so that nothing else stands by
    it. The reason is a word of its own too, where the form would offer a choice.
    """
    listing = publish(make_draft(asked, "Cold rooms at the press"), asked)
    declined = ask(listing, asker, asked, words)
    of = declined.public_id
    for key, word in list(words.items()):
        if word.of == of:
            words[key] = replace(word, readers=frozenset({asker.name}))
    ask_question(declined, by=asked.user, text=keep(words, asked, "question", of=of))
    answer_question(declined, by=asker.user, text=keep(words, asker, "reply", of=of))
    reason, note = (
        keep(words, asked, what, asked, asker, of=of) for what in ("no", "note")
    )
    decline_introduction(declined, by=asked.user, because=reason, note=note)
    withdraw_listing(listing, by=asked.user)
    return declined


def report(listing: Listing, by: Party, words: Words) -> None:
    """Staff alone read why."""
    note = keep(words, by, "report")
    report_listing(listing, because="untrue", note=note, by=by.user)


def report_thread(introduction: Introduction, by: Party, words: Words) -> None:
    """Of this, too, the other side learns nothing."""
    note = keep(words, by, "concern")
    tell_staff(introduction, because="money", note=note, by=by.user)


def ask_for_waiver(share: Share, by: Party, words: Words) -> None:
    note = keep(words, by, "waiver")
    request_waiver(share, by=by.user, because="means", note=note)


def verify(party: Party, reviewer: User, words: Words) -> None:
    note = keep(words, party, "verification", party)
    verify_organisation(
        party.organisation,
        state="verified",
        because="documents_checked",
        note=note,
        by=reviewer,
    )


def help_on(
    introduction: Introduction, client: Party, other: Party, words: Words
) -> Facilitator:
    """A facilitator adds a line that both sides of an introduction read."""
    helper = Facilitator.objects.create(
        user=make_user(alias="Who brokers"), side=client.organisation.side
    )
    of = introduction.public_id
    give_mandate(
        client.organisation, helper, by=client.user, about=of, acts=[Act.CONTEXT]
    )
    text = keep(words, client, "context", client, other, of=of)
    add_context(introduction, by=helper.user, text=text)
    return helper


def soften(
    listing: Listing, writer: Party, helper: Facilitator, words: Words
) -> Introduction:
    """A request not sent yet, put more gently: its own side reads both wordings."""
    harsh, gentle = (keep(words, writer, what, writer) for what in ("harsh", "gentle"))
    five = dict.fromkeys(("i_bring", "i_need", "why_you", "first_step"), "Forty jars")
    draft = draft_request(
        listing,
        by=writer.user,
        asker=writer.organisation,
        **five | {"constraints": harsh},
    )
    about = draft.public_id
    give_mandate(
        writer.organisation, helper, by=writer.user, about=about, acts=[Act.SOFTEN]
    )
    return soften_draft(draft, by=helper.user, **five | {"constraints": gentle})


def rewrite(venture: JointVenture, by: Party, other: Party, words: Words) -> None:
    """A proposal changes; what stood before is read by its partners alone."""
    key = next(key for key, word in words.items() if word.text == venture.purpose)
    words[f"{key}.before"] = words.pop(key)
    text = VentureText(
        title=venture.title,
        purpose=keep(words, by, "rewritten", by, other),
        starts_on=venture.starts_on,
        ends_on=venture.ends_on,
        fee_currency="USD",
        ownership={by.organisation: 4000, other.organisation: 6000},
        governing_language="he",
    )
    edit_venture(venture, by=by.user, text=text)


def dissent(venture: JointVenture, by: Party, other: Party, words: Words) -> Dissent:
    text = keep(words, by, "dissent", by, other)
    return write_dissent(venture, by=by.user, text=text)
