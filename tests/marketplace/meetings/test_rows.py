"""The page for offering times shows two rows; a button adds one, with or without script."""

import pytest
from django.urls import reverse

from marketplace.meetings.models import Meeting
from tests.marketplace.meetings.test_pages import post_times

pytestmark = pytest.mark.django_db


def rows_of(answer):
    return [field.name for field in answer.context["slots"]]


def test_two_rows_stand_ready_and_a_button_adds_one(client, met, asker):
    client.force_login(asker)
    path = reverse("meetings:propose", args=[met.public_id])
    answer = client.get(path)
    assert rows_of(answer) == ["time_1", "time_2"]
    for rows in (3, 4, 5):
        typed = {"rows": str(rows - 1), "add_row": "1", "time_1_1": "", "note": "Tea"}
        answer = post_times(client, asker, met, **typed)
        assert (answer.status_code, len(rows_of(answer))) == (200, rows)
        html = answer.content.decode()
        assert "field__error" not in html
        assert 'value="2027-02-04"' in html
        assert "Tea" in html
        assert html.count("autofocus") == 1
    assert 'name="add_row"' not in html
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("rows", ["", "9", "0", "-1", "٣", "12345", "x" * 5000])
def test_whatever_a_page_says_of_its_rows_all_that_was_typed_is_shown(
    client, met, asker, rows
):
    answer = post_times(client, asker, met, rows=rows, time_4_0="2027-02-05")
    assert answer.status_code == 422
    assert len(rows_of(answer)) == 4
    assert list(answer.context["form"].errors) == ["time_4"]
