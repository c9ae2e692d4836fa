"""A file travels with a message: clean, private, and gone with the consent."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from marketplace.attachments import PDF, CleanFile
from marketplace.introductions.actions import (
    accept_introduction,
    block_counterpart,
    close_introduction,
    send_message,
)
from marketplace.introductions.models import (
    Attachment,
    Introduction,
    Message,
    StageConsent,
)
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db
SHEET = CleanFile(PDF, b"%PDF-1.7 prices")


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def thread(introduction, asked) -> Introduction:
    accept_introduction(introduction, by=asked)
    return Introduction.objects.get(pk=introduction.pk)


@pytest.fixture
def address(thread, asker) -> str:
    sent = send_message(thread, by=asker, text="", file=SHEET)
    return reverse("introductions:attachment", args=[sent.attachment.public_id])


def picture(name: str = "our yard.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "olive").save(out, "JPEG", comment=b"CANARY")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def post(client, thread, **fields):
    return client.post(
        reverse("introductions:message", args=[thread.public_id]), fields
    )


def stored(settings) -> list[Path]:
    return [path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()]


def test_a_picture_alone_is_a_message_and_the_other_side_fetches_it(
    client, thread, asker, asked, settings
):
    client.force_login(asker)
    assert post(client, thread, text="", file=picture()).status_code == 302
    (file,) = stored(settings)
    assert "yard" not in file.name
    client.force_login(asked)
    page = client.get(thread.get_absolute_url()).content.decode()
    url = reverse("introductions:attachment", args=[Attachment.objects.get().public_id])
    assert url in page
    answer = client.get(url)
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"RIFF")
    assert b"CANARY" not in body
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_message_of_nothing_is_refused(client, thread, asker):
    client.force_login(asker)
    assert post(client, thread, text=" ").status_code == 422
    assert not Message.objects.exists()


def test_a_refused_file_sends_no_message_and_says_why(client, thread, asker, settings):
    client.force_login(asker)
    page = SimpleUploadedFile("a.html", b"<script>", "application/pdf")
    answer = post(client, thread, text="Look", file=page)
    assert answer.status_code == 422
    assert "Send a picture" in answer.content.decode()
    assert not Message.objects.exists()
    assert stored(settings) == []


def test_a_form_that_comes_back_asks_for_the_file_again(client, thread, asker):
    client.force_login(asker)
    answer = post(client, thread, text="Call 052-123-4567", file=picture())
    assert "Please choose the file again." in answer.content.decode()


def test_whoever_takes_no_part_finds_nothing(client, address, nablus):
    assert client.get(address).status_code == 302
    client.force_login(make_user())
    assert client.get(address).status_code == 404
    client.force_login(make_member(nablus, role="viewer"))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("end", [close_introduction, block_counterpart])
def test_the_next_request_after_a_withdrawal_finds_nothing(
    client, thread, address, asker, asked, end
):
    client.force_login(asked)
    assert client.get(address).status_code == 200
    end(thread, by=asker)
    assert client.get(address).status_code == 404
    client.force_login(asker)
    assert client.get(address).status_code == 404


def test_a_lost_row_leaves_no_file_behind(thread, asker, settings, monkeypatch):
    def lost(**fields):
        raise OSError

    monkeypatch.setattr(Attachment.objects, "create", lost)
    with pytest.raises(OSError):
        send_message(thread, by=asker, text="a", file=SHEET)
    assert stored(settings) == []
    assert not Message.objects.exists()


def forget() -> None:
    call_command("forget_attachments", verbosity=0)


def test_a_file_leaves_the_disk_thirty_days_after_the_end(
    thread, address, asker, settings
):
    forget()
    assert len(stored(settings)) == 1  # both still agree
    close_introduction(thread, by=asker)
    forget()
    assert len(stored(settings)) == 1
    ended = timezone.now() - timedelta(days=31)
    StageConsent.objects.filter(introduction=thread).update(withdrawn_at=ended)
    for _time in range(2):
        forget()
        assert stored(settings) == []
        assert not Attachment.objects.exists()
    assert Message.objects.count() == 1


def test_a_file_that_went_before_its_row_is_no_obstacle(
    thread, address, asker, settings
):
    close_introduction(thread, by=asker)
    ended = timezone.now() - timedelta(days=31)
    StageConsent.objects.filter(introduction=thread).update(withdrawn_at=ended)
    stored(settings)[0].unlink()
    forget()
    assert not Attachment.objects.exists()
