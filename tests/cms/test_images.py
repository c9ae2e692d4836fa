"""Editors' pictures keep their pixels and nothing else."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images.forms import get_image_form

from cms.images import EditorImage
from marketplace.photos import PhotoRefused

CANARY = b"canary-31.7683N-35.2137E"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def _upload(name: str = "street.jpg", kind: str = "JPEG") -> SimpleUploadedFile:
    picture = Image.new("RGB", (640, 480), "olive")
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    out = BytesIO()
    picture.save(out, kind, exif=exif)
    return SimpleUploadedFile(name, out.getvalue() + CANARY, "image/jpeg")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_p05_no_byte_of_an_upload_but_its_pixels_reaches_the_disk(db, media):
    image = EditorImage(title="Street", file=_upload())
    image.save()
    image.get_rendition("width-320|format-webp")

    files = _files(media)
    assert len(files) == 2
    for path in files:
        assert CANARY not in path.read_bytes()
        assert "street" not in path.name


def test_sizes_and_hash_are_those_of_the_file_that_is_kept(db, media):
    image = EditorImage(title="Street", file=_upload())
    image.save()

    stored = Path(image.file.path)
    assert stored.suffix == ".webp"
    assert (image.width, image.height) == (640, 480)
    assert image.file_size == stored.stat().st_size
    with Image.open(stored) as picture:
        assert picture.size == (image.width, image.height)


def test_the_editors_form_cleans_as_well(db, media):
    form = get_image_form(EditorImage)(
        {"title": "Street", "tags": "", "collection": "1"}, {"file": _upload()}
    )

    assert form.is_valid(), form.errors
    image = form.save()
    stored = Path(image.file.path)
    assert CANARY not in stored.read_bytes()
    assert image.file_size == stored.stat().st_size


def test_a_false_picture_is_refused_in_the_form(db):
    fake = SimpleUploadedFile("a.jpg", b"not a picture", "image/jpeg")
    form = get_image_form(EditorImage)({"title": "x"}, {"file": fake})

    assert not form.is_valid()
    assert "file" in form.errors


def test_a_false_picture_is_never_stored(db, media):
    fake = _upload(name="a.png")

    with pytest.raises(PhotoRefused):
        EditorImage(title="x", file=fake).save()

    assert _files(media) == []


def test_saving_a_stored_picture_again_leaves_its_file_alone(db, media):
    image = EditorImage(title="Street", file=_upload())
    image.save()
    name = image.file.name

    image = EditorImage.objects.get()
    image.title = "Road"
    image.save()

    assert EditorImage.objects.get().file.name == name


def test_a_size_of_a_picture_has_an_address_and_the_picture_itself_has_none(
    client, db, media
):
    image = EditorImage(title="Street", file=_upload())
    image.save()
    size = image.get_rendition("width-320|format-webp")

    answer = client.get(size.url)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert "immutable" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content) == Path(size.file.path).read_bytes()
    assert client.get(image.file.url).status_code == 404


def test_no_other_stored_file_has_an_address(client, db, media):
    (media / "photos").mkdir()
    (media / "photos" / "member.webp").write_bytes(b"of a member")

    for path in ("photos/member.webp", "images/../photos/member.webp", "images/x.webp"):
        assert client.get(f"/media/{path}").status_code == 404
