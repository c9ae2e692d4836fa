"""What still reaches somebody, and whose words are looked for in it."""

from django.core import mail

from marketplace.notices.delivery import sweep
from marketplace.notices.faces import faces_of
from marketplace.notices.models import Notice
from tests.security.crawling import pages_of
from tests.security.people import user_of


def everything(world, reader: str, *, besides: object = None) -> str:
    """All that reaches one person from now on: pages, lines of news, waiting mail.

    Besides the public page of one organisation, where its alias stands for anybody.
    """
    public = besides.organisation.get_absolute_url() if besides else None
    user = user_of(world, reader)
    faces = faces_of(Notice.objects.to(user), user, "en")
    mail.outbox.clear()
    sweep(limit=1000)
    mails = [each for each in mail.outbox if user.email in each.to]
    return "\n".join(
        [
            *(page for path, page in pages_of(world, reader).items() if path != public),
            *(f"{face.line} {face.url}" for face in faces),
            *(f"{each.subject} {each.body}" for each in mails),
        ]
    )


def words_of(world, introduction) -> set[str]:
    """The words that were written in one introduction, and in no other of the two."""
    found = {
        word.text for word in world.words.values() if word.of == introduction.public_id
    }
    assert found, introduction
    return found


def private_of(party) -> set[str]:
    return {*party.canaries.values(), party.organisation.alias}


def shown(words: set[str], text: str) -> set[str]:
    return {word for word in words if word in text}
