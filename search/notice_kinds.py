"""What search tells: news for an investor's mandates."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from marketplace.mandates.models import InvestorMandate
from marketplace.notices.kinds import NoticeKind, register, register_topic
from marketplace.notices.models import Notice
from marketplace.notices.readers import register_reader
from marketplace.people.models import User

from .mandate_lines import lines_in
from .models import MandateLetter

register_topic("search", _("Matches and searches"))


def _readable(reader: User, ids: Collection[UUID]) -> Iterable[UUID]:
    """A letter is open while one of its mandates is still its reader's."""
    own = InvestorMandate.objects.of(reader).standing()
    letters = MandateLetter.objects.filter(
        reader=reader, public_id__in=ids, tellings__match__mandate__in=own
    )
    return letters.distinct().values_list("public_id", flat=True)


def _detail(notice: Notice) -> Mapping[str, object]:
    """The listings of a letter as they are when it is sent."""
    letter = MandateLetter.objects.get(public_id=notice.about_id)
    return {"lines": lines_in(letter)}


register_reader("search.mandateletter", _readable)

MANDATE_NEWS = register(
    NoticeKind(
        name="mandate_news",
        room="search",
        line=_("Listings that fit your mandates: %(number)s."),
        discreet_line=_("There is news about what you asked to be told of."),
        template="search/email/mandate_news.txt",
        detail=_detail,
    )
)

UNMATCHED = register(
    NoticeKind(
        name="unmatched",
        room="search",
        line=_(
            "“%(title)s” has met no match in three weeks. Its page of matches says what "
            "may help."
        ),
        discreet_line=_("There is a hint about a text of yours."),
    )
)

SEARCH_NEWS = register(
    NoticeKind(
        name="search_news",
        room="search",
        line=_("New listings in a search that you saved: %(number)s."),
        discreet_line=_("There is news about what you asked to be told of."),
    )
)
