"""The letter a row becomes: text first, and a small HTML part of the same words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from hashlib import sha256
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language_info, ngettext

from marketplace.people.models import Discretion, User

from .addresses import absolute, neutral_subject, sender
from .kinds import discreet_line_of, kind_of, line_of, topic_of
from .models import Notice, OutgoingMail
from .parameters import decode
from .stopping import stop_url

FOOTER = "\n--\n"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a letter; `kind` is text, button, link or foot."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail's words in one language; each address stands on its own line."""

    subject: str
    text: str
    language: str
    named: bool  # may the site's name show outside?
    stop_url: str = ""  # where its reader stops mails like it; empty for none

    @property
    def direction(self) -> str:
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"

    @property
    def blocks(self) -> list[Block]:
        """The paragraphs of the text; the first address is the one button."""
        body, _, foot = self.text.partition(FOOTER)
        blocks = [_block(part, "text") for part in _paragraphs(body)]
        buttons = [block for block in blocks if block.kind == "link"][:1]
        blocks = [
            Block("button", block.text) if block in buttons else block
            for block in blocks
        ]
        return blocks + [_block(part, "foot") for part in _paragraphs(foot)]

    @property
    def html(self) -> str:
        with translation.override(self.language):
            return render_to_string("notices/email/letter.html", {"letter": self})


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _block(part: str, kind: str) -> Block:
    is_link = part.startswith(("http://", "https://")) and len(part.split()) == 1
    return Block("link" if is_link else kind, part)


def render_text(template: str, context: Mapping[str, object]) -> str:
    """Render a text template as text: nothing in it is escaped for HTML."""
    rendered = get_template(template).template.render(  # type: ignore[attr-defined]
        Context(dict(context), autoescape=False)
    )
    return str(rendered).strip()


def letter_for(mail: OutgoingMail) -> Letter:
    """Write the letter in its reader's language, as discreet as the reader wishes."""
    if mail.notice is None:
        named = bool(mail.recipient and mail.recipient.discretion == Discretion.OPEN)
        return Letter(mail.subject, mail.body, mail.language, named)
    reader = mail.notice.recipient
    with translation.override(reader.language), timezone.override(reader.time_zone):
        return _about(mail.notice, reader)


def _about(notice: Notice, reader: User) -> Letter:
    kind = kind_of(notice.kind)
    url = absolute(notice.url or reverse("notices:list"), reader.language)
    context = {"url": url} | decode(notice.parameters)
    if reader.discretion >= Discretion.NEUTRAL:
        subject, body = neutral_subject(), str(kind.discreet_line)
    elif kind.template:
        detail = kind.detail(notice) if kind.detail else {}
        written = render_text(kind.template, context | dict(detail))
        subject, _, body = (part.strip() for part in written.partition("\n"))
    else:
        body = kind.line_for(notice.parameters)
        subject = body
    return _letter(body, url, subject, reader, topic=topic_of(notice.kind) or None)


def _letter(
    body: str, url: str, subject: str, reader: User, *, topic: str | None
) -> Letter:
    """The body with its foot; a topic of None is one that nobody can do without."""
    stop = "" if topic is None else stop_url(reader, topic)
    text = render_text(
        "notices/email/letter.txt",
        {
            "body": body,
            "url": "" if url in body else url,
            "habits_url": absolute(reverse("notices:habits"), reader.language),
            "stop_url": stop,
            "is_named": reader.discretion < Discretion.DISCREET,
        },
    )
    named = reader.discretion == Discretion.OPEN
    return Letter(" ".join(subject.split()), text, reader.language, named, stop)


def digest_for(notices: Sequence[Notice]) -> Letter:
    """One letter that tells several notices of one reader, a line and a link each.

    From discretion 2 on each discreet line stands once, and one link leads to all.
    """
    reader = notices[0].recipient
    with translation.override(reader.language), timezone.override(reader.time_zone):
        if reader.discretion >= Discretion.NEUTRAL:
            subject = neutral_subject()
            lines = dict.fromkeys(discreet_line_of(row.kind) for row in notices)
            url = absolute(reverse("notices:list"), reader.language)
        else:
            subject = ngettext(
                "%(count)s thing is new for you",
                "%(count)s things are new for you",
                len(notices),
            ) % {"count": len(notices)}
            lines = dict.fromkeys(_line_and_link(row, reader) for row in notices)
            url = ""
        return _letter("\n\n".join(lines), url, subject, reader, topic="")


def _line_and_link(notice: Notice, reader: User) -> str:
    line = line_of(notice.kind, notice.parameters)
    url = absolute(notice.url or reverse("notices:list"), reader.language)
    return f"{line}\n\n{url}"


class RepeatedMessage(EmailMultiAlternatives):
    """Written again after a crash it is the same to the byte: no boundary by chance."""

    def message(self, **policy: Any) -> EmailMessage:
        message = super().message(**policy)
        name = sha256(str(self.extra_headers["Message-ID"]).encode())
        message.set_boundary(f"=_{name.hexdigest()[:32]}")
        return message


def message_for(
    mail: OutgoingMail, riders: Sequence[OutgoingMail] = ()
) -> EmailMultiAlternatives:
    """The message of a row, with what rides along: one Message-ID and date for ever."""
    told = [row.notice for row in (mail, *riders) if row.notice]
    letter = digest_for(told) if len(told) > 1 else letter_for(mail)
    stop = {
        "List-Unsubscribe": f"<{letter.stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    message = RepeatedMessage(
        subject=letter.subject,
        body=letter.text,
        from_email=sender(named=letter.named),
        to=[mail.address],
        headers={
            "Message-ID": mail.message_id,
            "Date": mail.created_at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
            **(stop if letter.stop_url else {}),
        },
    )
    message.attach_alternative(letter.html, "text/html")
    return message
