"""What each group of staff may do after the site is set up."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Page, WorkflowContentType

from cms.site_setup.staff import EDITORS, FINANCE, PERMISSIONS, REVIEWERS
from cms.staff.work import SOURCES
from marketplace.listings.models import Listing
from marketplace.listings.permissions import can_review
from marketplace.listings.review import READERS
from marketplace.organisations.permissions import can_verify
from tests.factories import make_user


def _member_of(group: str):
    user = make_user()
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.mark.parametrize("group", PERMISSIONS)
def test_every_named_right_exists_and_is_given(site_tree, group):
    given = {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Permission.objects.filter(group__name=group)
    }

    assert set(PERMISSIONS[group]) <= given


def test_reviewers_review_and_verify_and_nobody_else_does(site_tree):
    reviewer, editor, finance = map(_member_of, (REVIEWERS, EDITORS, FINANCE))

    assert can_review(reviewer)
    assert can_verify(reviewer)
    for other in (editor, finance):
        assert not can_review(other)
        assert not can_verify(other)


def test_editors_write_and_publish_pages_and_the_others_do_not(site_tree):
    page = Page.objects.get(slug="safety", locale__language_code="he")

    assert page.permissions_for_user(_member_of(EDITORS)).can_publish()
    assert not page.permissions_for_user(_member_of(REVIEWERS)).can_edit()
    assert not page.permissions_for_user(_member_of(FINANCE)).can_edit()


def test_every_listing_goes_through_the_review_of_the_reviewers(site_tree):
    attached = WorkflowContentType.objects.get(
        content_type__model=Listing._meta.model_name
    )

    tasks = attached.workflow.tasks
    assert len(tasks) == len(READERS) == 2
    for task in tasks:
        assert [group.name for group in task.specific.groups.all()] == [REVIEWERS]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.permission)
def test_every_heap_of_the_work_list_is_somebodys_work(site_tree, source):
    groups = Group.objects.filter(name__in=PERMISSIONS)
    users = [_member_of(group.name) for group in groups]
    assert any(user.has_perm(source.permission) for user in users)
