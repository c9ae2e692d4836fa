"""An arrangement stands by the yes of all, lapses by its dates, and ends by any."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.ventures.actions import (
    ArrangementText,
    agree_to_arrangement,
    edit_arrangement,
    leave_arrangement,
    propose_arrangement,
    say_kept,
)
from marketplace.ventures.arrangement_faces import arrangement_face
from marketplace.ventures.models import Arrangement
from tests.factories import make_user
from tests.marketplace.ventures.test_actions import introduction, people, sides
from tests.marketplace.ventures.test_pulse import proposal, venture

pytestmark = pytest.mark.django_db
__all__ = ["introduction", "people", "proposal", "sides", "venture"]
DAY = timedelta(days=1)


def text_of(first_in=-1, days=30, **changes) -> ArrangementText:
    first = timezone.localdate() + first_in * DAY
    values = {
        "what": "Crates at the gate",
        "who": "Dana brings, Omar fetches",
        "place": "The gate by the press",
        "first_on": first,
        "last_on": first + days * DAY,
        "from_time": time(7),
        "to_time": time(9),
        "repeats": "daily",
        "zone": "Asia/Hebron",
        "review_on": first + days * DAY,
    }
    return ArrangementText(**(values | changes))


@pytest.fixture
def arrangement(venture, people) -> Arrangement:
    for person, zone in zip(people, ("Asia/Jerusalem", "Asia/Hebron"), strict=True):
        type(person).objects.filter(pk=person.pk).update(time_zone=zone)
        person.time_zone = zone
    return propose_arrangement(venture, by=people[0], text=text_of())


@pytest.fixture
def agreed(arrangement, people) -> Arrangement:
    return agree_to_arrangement(arrangement, by=people[1], version=1)


def face(arrangement, person):
    arrangement = Arrangement.objects.get(pk=arrangement.pk)
    return arrangement_face(arrangement, person, arrangement.venture)


def test_it_stands_once_all_have_agreed_to_the_same_words(arrangement, people):
    one, other = people
    agree_to_arrangement(arrangement, by=one, version=1)  # the writer has already
    assert face(arrangement, other).state == "waiting"
    changed = text_of(place="The other gate")
    edit_arrangement(arrangement, by=other, text=changed)
    with pytest.raises(DomainError):
        agree_to_arrangement(arrangement, by=one, version=1)
    agree_to_arrangement(arrangement, by=one, version=2)
    assert face(arrangement, one).state == "in_force"
    with pytest.raises(DomainError):
        edit_arrangement(arrangement, by=one, text=text_of(place="A third"))


@pytest.mark.parametrize(
    ("first_in", "days", "state"),
    [(2, 3, "ahead"), (-1, 3, "in_force"), (-9, 3, "lapsed")],
)
def test_its_dates_say_where_it_stands_and_no_job_has_to_run(
    agreed, people, first_in, days, state
):
    first = timezone.localdate() + first_in * DAY
    last = first + days * DAY
    Arrangement.objects.update(first_on=first, last_on=last, review_on=last)
    seen = face(agreed, people[0])
    assert seen.state == state
    assert seen.may_leave == (state != "lapsed")
    assert seen.may_renew == (state != "ahead")


def test_nobody_agrees_to_days_that_are_over(arrangement, people):
    past = timezone.localdate() - 9 * DAY
    Arrangement.objects.update(first_on=past, last_on=past, review_on=past)
    with pytest.raises(DomainError):
        agree_to_arrangement(arrangement, by=people[1], version=1)
    assert face(arrangement, people[1]).state == "expired"


def test_any_side_ends_it_for_all_and_nothing_brings_it_back(agreed, people):
    leave_arrangement(agreed, by=people[1])
    assert face(agreed, people[0]).state == "left"
    for act in (
        lambda: leave_arrangement(agreed, by=people[0]),
        lambda: agree_to_arrangement(agreed, by=people[0], version=1),
        lambda: edit_arrangement(agreed, by=people[0], text=text_of()),
    ):
        with pytest.raises(DomainError):
            act()


def test_each_side_says_for_itself_whether_it_was_kept(agreed, people):
    one, other = people
    say_kept(agreed, by=one, kept=True)
    assert face(agreed, one).kept_label == ""
    say_kept(agreed, by=other, kept=False)
    assert "not kept" in face(agreed, one).kept_label
    for _again in range(2):
        say_kept(agreed, by=other, kept=True)
    assert face(agreed, one).kept_label == "kept, all sides say"
    assert agreed.words.filter(what="kept").count() == 2


def test_nothing_is_said_of_keeping_before_it_begins(agreed, people):
    first = timezone.localdate() + 2 * DAY
    Arrangement.objects.update(first_on=first, last_on=first, review_on=first)
    with pytest.raises(DomainError):
        say_kept(agreed, by=people[0], kept=True)
    assert face(agreed, people[0]).kept == ()


def test_a_renewal_is_a_new_one_that_all_agree_to(agreed, venture, people):
    anew = propose_arrangement(
        venture, by=people[1], text=text_of(first_in=30), renews=agreed
    )
    assert (anew.renews, anew.agreed_at) == (agreed, None)
    assert face(agreed, people[0]).state == "in_force"


def test_strangers_read_propose_and_agree_to_nothing(arrangement, venture):
    stranger = make_user()
    assert not Arrangement.objects.of(stranger).exists()
    for act in (
        lambda: propose_arrangement(venture, by=stranger, text=text_of()),
        lambda: agree_to_arrangement(arrangement, by=stranger, version=1),
        lambda: leave_arrangement(arrangement, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_every_time_stands_on_the_clock_of_each_side(agreed, people):
    on = date(2026, 3, 27)  # Jerusalem had set its clock, Hebron not yet
    Arrangement.objects.update(first_on=on, last_on=on, review_on=on)
    clocks = face(agreed, people[0]).clocks
    assert [(each.place, each.from_hour) for each in clocks] == [
        ("Hebron", "07:00"),
        ("Jerusalem", "08:00"),
    ]
    assert [each.is_mine for each in clocks] == [False, True]


# -- pages ---------------------------------------------------------------------------


def typed(**changes) -> dict:
    text = text_of(first_in=1)
    whole = {name: str(getattr(text, name)) for name in text.__dataclass_fields__}
    return whole | {"from_time": "07:00", "to_time": "09:00"} | changes


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_on": "2020-01-01"}, "last_on"),
        ({"to_time": "06:00"}, "to_time"),
        ({"review_on": "2020-01-01"}, "review_on"),
        ({"zone": "Europe/Paris"}, "zone"),
        ({"last_on": str(timezone.localdate() + 500 * DAY)}, "last_on"),
        ({"what": ""}, "what"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    client, venture, people, changes, field
):
    people[0].time_zone = "Asia/Hebron"
    people[0].save()
    client.force_login(people[0])
    path = reverse("ventures:arrangement_add", args=[venture.public_id])
    answer = client.post(path, typed(**changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert client.post(path, typed()).status_code == 302
    assert Arrangement.objects.get().what == "Crates at the gate"


def test_the_page_leads_from_agreeing_to_the_end(client, arrangement, people):
    client.force_login(people[1])
    page = arrangement.get_absolute_url()
    path = {
        name: reverse(f"ventures:arrangement_{name}", args=[arrangement.public_id])
        for name in ("agree", "kept", "renew", "leave", "edit")
    }
    assert client.get(path["renew"]).status_code == 404
    assert "Agree to it" in client.get(page).content.decode()
    for wrong in ("x", "9" * 5000):
        assert client.post(path["agree"], {"version": wrong}).status_code == 302
    assert "Agree to it" in client.get(page).content.decode()
    assert client.post(path["agree"], {"version": "1"}).status_code == 302
    assert client.get(path["edit"]).status_code == 404
    assert client.post(path["kept"], {"word": "kept"}).status_code == 302
    renewal = client.get(path["renew"])
    assert renewal.context["form"]["what"].value() == "Crates at the gate"
    assert client.get(path["leave"]).status_code == 200
    assert client.post(path["leave"]).status_code == 302
    assert client.get(path["leave"]).status_code == 404
    assert "ended by a partner" in client.get(page).content.decode()
