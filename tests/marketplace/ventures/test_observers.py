"""A third party looks on by the will of all, reads what its page says, and can be ended."""

import pytest
from django.urls import reverse

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.introductions.actions import ask_introduction, close_introduction
from marketplace.introductions.models import Introduction, StageConsent
from marketplace.notices.models import Notice
from marketplace.organisations.models import Organisation
from marketplace.ventures.actions import (
    agree_to_observer,
    become_observer,
    end_observer,
    invite_observer,
    observers,
    write_dissent,
)
from marketplace.ventures.faces import venture_face
from marketplace.ventures.models import JointVenture, Observer
from tests.factories import make_listing, make_member, make_organisation
from tests.introducing import introduce
from tests.marketplace.ventures.test_actions import (
    FIVE,
    introduction,
    people,
    sides,
    sign,
    venture,
)

pytestmark = pytest.mark.django_db
__all__ = ["introduction", "people", "sides", "venture"]


@pytest.fixture
def third():
    return make_organisation(side="third")


@pytest.fixture
def guest(third):
    return make_member(third)


@pytest.fixture
def met(third, guest, sides, people):
    """The third party knows both sides' people."""
    asked = [
        ask_introduction(
            make_listing(side, owner=person), by=guest, asker=third, **FIVE
        )
        for side, person in zip(sides, people, strict=True)
    ]
    return [
        introduce(row, guest, person) for row, person in zip(asked, people, strict=True)
    ]


@pytest.fixture
def observer(venture, third, met, people) -> Observer:
    """Agreed by both, taken by the third party."""
    offered = invite_observer(venture, third, by=people[0])
    return become_observer(
        agree_to_observer(offered, by=people[1]), by=third.memberships.get().user
    )


def page_of(observer) -> str:
    return reverse("ventures:observing", args=[observer.public_id])


def test_it_learns_of_it_once_all_agree_and_reads_once_it_said_yes(
    client, venture, third, guest, met, people
):
    observer = invite_observer(venture, third, by=people[0])
    client.force_login(guest)
    assert client.get(page_of(observer)).status_code == 404
    assert not Notice.objects.to(guest).filter(kind="ventures.observer").exists()
    with pytest.raises(NotAllowed):
        become_observer(observer, by=guest)

    agree_to_observer(observer, by=people[1])
    assert Notice.objects.to(guest).get(kind="ventures.observer").url == page_of(
        observer
    )
    asked = client.get(page_of(observer)).content.decode()
    assert venture.purpose not in asked
    assert page_of(observer) in client.get(reverse("ventures:list")).content.decode()

    client.post(reverse("ventures:observer_join", args=[observer.public_id]))
    assert venture.purpose in client.get(page_of(observer)).content.decode()


def test_it_reads_text_signatures_and_dissent_and_nothing_else_of_the_venture(
    client, observer, venture, guest, people
):
    write_dissent(venture, by=people[1], text="We see the price otherwise.")
    client.force_login(guest)
    page = client.get(page_of(observer)).content.decode()
    assert "We see the price otherwise." in page
    for name in ("detail", "edit", "versions", "dissent", "export", "sign"):
        path = reverse(f"ventures:{name}", args=[venture.public_id])
        assert path not in page
        assert client.get(path).status_code in (404, 405)
        assert client.post(path).status_code in (404, 405)
    with pytest.raises(NotAllowed):
        sign(venture, guest)
    with pytest.raises(NotAllowed):
        write_dissent(venture, by=guest, text="And so do we.")


@pytest.mark.parametrize("status", JointVenture.OVER)
def test_it_reads_nothing_of_a_venture_that_is_over(client, observer, guest, status):
    client.force_login(guest)
    assert client.get(page_of(observer)).status_code == 200
    JointVenture.objects.filter(pk=observer.venture_id).update(status=status)
    assert client.get(page_of(observer)).status_code == 404


def test_one_whom_a_partner_no_longer_knows_leaves_room_for_the_next(
    venture, third, met, people, monkeypatch
):
    """The invitation and the end of an acquaintance met: nobody ended the invitation."""
    lost = invite_observer(venture, third, by=people[0])
    StageConsent.objects.filter(introduction=met[1]).delete()
    Introduction.objects.filter(pk=met[1].pk).update(status="closed")
    assert not Observer.objects.standing().exists()
    monkeypatch.setattr(
        observers, "possible_observers", lambda venture: Organisation.objects.all()
    )
    again = invite_observer(venture, third, by=people[0])
    assert list(Observer.objects.filter(ended_at=None)) == [again]
    assert again.pk != lost.pk


@pytest.mark.parametrize("who", [0, 1, 2])
def test_each_partner_and_the_third_party_end_it_alone(
    client, observer, venture, guest, people, who
):
    end_observer(observer, by=(*people, guest)[who])
    client.force_login(guest)
    assert client.get(page_of(observer)).status_code == 404
    with pytest.raises(DomainError):
        become_observer(observer, by=guest)


@pytest.mark.parametrize("who", [0, 1])
def test_it_ends_with_the_acquaintance_of_either_partner(
    client, observer, venture, guest, met, people, who
):
    for person in people:
        venture = sign(venture, person)
    close_introduction(met[who], by=people[who])
    client.force_login(guest)
    assert client.get(page_of(observer)).status_code == 404
    observer.refresh_from_db()
    assert observer.ended_at is not None
    venture.refresh_from_db()
    assert venture.status == JointVenture.Status.AGREED


def test_a_third_party_that_one_partner_does_not_know_is_not_invited(
    client, venture, third, guest, sides, people
):
    asked = ask_introduction(
        make_listing(sides[0], owner=people[0]), by=guest, asker=third, **FIVE
    )
    introduce(asked, guest, people[0])
    with pytest.raises(NotAllowed):
        invite_observer(venture, third, by=people[0])
    client.force_login(people[0])
    page = client.get(venture.get_absolute_url()).content.decode()
    assert reverse("ventures:observer_invite", args=[venture.public_id]) not in page


def test_there_is_one_and_no_stranger_invites_or_ends_it(
    observer, venture, third, people
):
    with pytest.raises(DomainError):
        invite_observer(venture, third, by=people[1])
    with pytest.raises(NotAllowed):
        end_observer(observer, by=make_member(make_organisation()))


def test_an_observer_is_in_no_signed_text_and_voids_nothing(
    venture, third, met, people
):
    before = sign(venture, people[0]).text_hash()
    invite_observer(venture, third, by=people[1])
    assert venture.text_hash() == before
    assert venture_face(venture, people[0]).parties[0].has_signed


def test_partners_invite_agree_and_end_it_on_their_page(
    client, venture, third, met, people
):
    page = venture.get_absolute_url()
    client.force_login(people[0])
    assert f'value="{third.public_id}"' in client.get(page).content.decode()
    offer = reverse("ventures:observer_invite", args=[venture.public_id])
    client.post(offer, {"organisation": str(third.public_id)})
    observer = Observer.objects.get()
    client.force_login(people[1])
    agree = reverse("ventures:observer_agree", args=[observer.public_id])
    assert agree in client.get(page).content.decode()
    client.post(agree)
    observer.refresh_from_db()
    assert observer.agreed_at is not None
    client.post(reverse("ventures:observer_end", args=[observer.public_id]))
    assert not Observer.objects.standing().exists()
