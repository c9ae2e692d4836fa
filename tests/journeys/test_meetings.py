"""Two sides meet: times in one language, a pick in another, a file, and what came of it."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Page, expect

from marketplace.introductions.actions import accept_introduction, ask_introduction
from marketplace.introductions.models import Introduction
from marketplace.meetings.models import Meeting, SharedLine
from tests.factories import make_listing, make_organisation
from tests.journeys.looking import faults_of
from tests.journeys.person import PRESSER, SELLER, Part, Person
from tests.journeys.untranslated import english_on
from tests.marketplace.introductions.words import FIVE


class Looking:
    """What is wrong on the pages on the way."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def __call__(self, page: Page, name: str) -> None:
        self.faults += faults_of(page, name)
        self.faults += [f"{name}: in English: {each}" for each in english_on(page)]


def member(browsers, site, language: str, part: Part, looking: Looking) -> Person:
    """Somebody who speaks for an organisation of that side, where its clock hangs."""
    person = Person(browsers.open(site, language), language, part, looking)
    zone = "Asia/Hebron" if part is PRESSER else "Asia/Jerusalem"
    type(person.user).objects.filter(pk=person.user.pk).update(time_zone=zone)
    words = person.words
    organisation = make_organisation(
        side=part.side, alias=words.alias, descriptor=words.descriptor
    )
    organisation.memberships.create(user=person.user, role="owner")
    person.sign_in()
    return person


def acquaint(asking: Person, answering: Person) -> Introduction:
    """Both go by their aliases still, and may write to each other."""
    words = {name: asking.words.answers.get(name, FIVE[name]) for name in FIVE}
    listing = make_listing(
        answering.organisation, owner=answering.user, title=answering.words.title
    )
    introduction = ask_introduction(
        listing, by=asking.user, asker=asking.organisation, **words
    )
    return accept_introduction(introduction, by=answering.user)


def test_two_sides_agree_on_a_time_and_say_what_came_of_it(site, browsers):
    looking = Looking()
    shop = member(browsers, site, "he", SELLER, looking)
    press = member(browsers, site, "ar", PRESSER, looking)
    introduction = acquaint(shop, press)

    propose(shop, introduction)
    pick(press)
    load_the_file(press)
    call_to_mind(shop, press)

    assert not looking.faults, "\n".join(looking.faults)


def propose(person: Person, introduction: Introduction) -> None:
    """From the page of the introduction to three times, one of them mistyped at first."""
    person.go("introductions:detail", introduction.public_id)
    person.press("main a[href*='/meetings/']")
    person.look("meetings-none")
    person.press("main a[href$='/propose/']")
    today = timezone.localdate()
    person.press("main button[name=add_row]")
    for number in (1, 2, 3):
        day = str(today + timedelta(days=10 + number))
        person.fill(**{f"time_{number}_0": day, f"time_{number}_1": f"1{number}:00"})
    person.choose(way="video", minutes=45)
    person.fill(time_2_0=str(today - timedelta(days=9)), note=person.words.message)
    with person.page.expect_navigation():
        person.page.locator("main form.form .actions button[type=submit]").click()
    person.look("meetings-refused")
    expect(person.page.locator("main .field__error")).to_have_count(1)
    person.fill(time_2_0=str(today + timedelta(days=12)))
    person.press("main form.form .actions button[type=submit]")
    person.look("meetings-proposed")


def pick(person: Person) -> None:
    """From the start page, where it waits, to the second time."""
    person.go("dashboard")
    person.press("main a[href*='/meetings/']")
    person.look("meetings-to-pick")
    expect(person.page.locator("main form[action$='/pick/']")).to_have_count(3)
    person.press("main form[action$='/pick/'] >> nth=1 >> button")
    person.look("meetings-agreed")
    assert Meeting.objects.get().status == Meeting.Status.AGREED


def load_the_file(person: Person) -> None:
    with person.page.expect_download() as download:
        person.page.locator("main a[download]").first.click()
    (event,) = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk(
        "VEVENT"
    )
    assert event["DTSTART"].dt == Meeting.objects.get().begins_at
    assert str(event["SUMMARY"]) == "لقاء"


def call_to_mind(first: Person, second: Person) -> None:
    """The meeting is over: a word, a note, a line by one, a yes by the other."""
    ends_at = timezone.now() - timedelta(hours=1)
    begins_at = ends_at - timedelta(minutes=45)
    Meeting.objects.update(begins_at=begins_at, ends_at=ends_at)
    meeting = Meeting.objects.get()
    first.go("meetings:detail", meeting.introduction.public_id)
    first.press("main button[name='word'][value='yes']")
    first.press("main a[href$='/note/']")
    first.look("meeting-note")
    first.fill(text=first.words.summary)
    first.send()
    first.press("main a[href$='/line/']")
    first.look("meeting-line")
    first.fill(text=first.words.purpose, step=first.words.brings)
    first.choose(owner="them")
    first.fill(step_on=str(timezone.localdate() + timedelta(days=20)))
    first.send()
    second.go("meetings:detail", meeting.introduction.public_id)
    second.look("meeting-over")
    expect(second.page.locator("main")).to_contain_text(first.words.purpose)
    expect(second.page.locator("main")).not_to_contain_text(first.words.summary)
    second.press("main form[action$='/confirm/'] button")
    assert SharedLine.objects.get().yeses.count() == 2
