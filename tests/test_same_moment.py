"""R-10: two clicks in the very same moment have one effect; real transactions."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.introductions.models import Introduction, Message, StageConsent
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from tests.factories import make_listing, make_member, make_organisation, make_sector
from tests.security.test_double_submit import registration


def at_once(*works) -> None:
    barrier = threading.Barrier(len(works))

    def run(work) -> None:
        try:
            barrier.wait()
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_moment_write_one_message_and_one_organisation():
    haifa, nablus = make_organisation(side="il"), make_organisation(side="ps")
    asking, asked = make_member(haifa), make_member(nablus)
    met = Introduction.objects.create(
        asker=haifa,
        asked=nablus,
        asked_by=asking,
        listing=make_listing(nablus, owner=asked),
        status=Introduction.Status.ACCEPTED,
        asked_at=timezone.now(),
    )
    for side in met.both:
        StageConsent.objects.create(
            introduction=met, organisation=side, stage=Stage.PERSON, given_by=asking
        )
    make_sector("10", level="division")
    mark = {"once": "5a0f1e0c-3a63-4f5f-8e8e-0b6f5a3d9c11"}
    other = {"once": "5a0f1e0c-3a63-4f5f-8e8e-0b6f5a3d9c12"}
    browsers = [Client() for _ in range(4)]
    for browser in browsers:
        browser.force_login(asking)
    message = reverse("introductions:message", args=[met.public_id])
    register = reverse("organisations:register")
    before = Organisation.objects.count()
    at_once(
        *(lambda b=b: b.post(message, mark | {"text": "Once"}) for b in browsers[:2]),
        *(
            lambda b=b: b.post(register, other | registration(None))
            for b in browsers[2:]
        ),
    )
    assert Message.objects.count() == 1
    assert Organisation.objects.count() == before + 1
