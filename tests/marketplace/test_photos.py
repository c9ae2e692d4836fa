"""Of an upload only the pixels stay; what is no picture is refused with a reason."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from marketplace.photos import (
    PhotoRefused,
    PhotoStorage,
    Rendition,
    clean_photo,
)

CANARY = b"CANARY-9f3a-home-address"
GPS, MAKE, DESCRIPTION, ARTIST = 0x8825, 0x010F, 0x010E, 0x013B


def noisy(size=(700, 500), mode="RGB"):
    return Image.effect_noise(size, 60).convert(mode)


def exif():
    data = Image.Exif()
    data[MAKE] = data[DESCRIPTION] = data[ARTIST] = CANARY.decode()
    data.get_ifd(GPS)[29] = CANARY.decode()
    return data


def saved(kind, image=None, **options):
    out = io.BytesIO()
    (image or noisy()).save(out, kind, **options)
    return out.getvalue()


def with_canaries(kind):
    """A picture of this format that carries the canary wherever the format can."""
    xmp = b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>"
    options = {"exif": exif().tobytes(), "icc_profile": profile()}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", CANARY.decode())
        text.add_itxt("XML:com.adobe.xmp", CANARY.decode())
        options["pnginfo"] = text
    elif kind == "JPEG":
        options |= {"xmp": xmp, "comment": CANARY}
    else:
        options["xmp"] = xmp
    return saved(kind, **options) + CANARY


def profile():
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return bytes(made) + CANARY


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_byte_of_what_a_camera_or_hand_added_survives(kind):
    upload = with_canaries(kind)
    assert upload.count(CANARY) >= 3  # the test must have something to lose
    suffix = {"JPEG": "jpg"}.get(kind, kind.lower())
    for rendition in clean_photo(io.BytesIO(upload), f"photo.{suffix}"):
        assert CANARY not in rendition.data
        with Image.open(io.BytesIO(rendition.data)) as picture:
            assert picture.format == "WEBP"
            assert not picture.getexif()
            assert set(picture.info) <= {"loop", "background", "timestamp", "duration"}


def test_three_sizes_come_out_and_small_pictures_are_not_blown_up():
    large = clean_photo(io.BytesIO(saved("JPEG", noisy((2000, 1000)))), "a.jpg")
    assert [(r.width, r.height) for r in large] == [(480, 240), (960, 480), (1600, 800)]
    small = clean_photo(io.BytesIO(saved("PNG", noisy((300, 200)))), "a.png")
    assert [r.width for r in small] == [300, 300, 300]


def test_a_picture_taken_sideways_stands_upright():
    data = Image.Exif()
    data[0x0112] = 6
    upload = saved("JPEG", noisy((600, 300)), exif=data.tobytes())
    first = clean_photo(io.BytesIO(upload), "a.jpg")[0]
    assert first.height > first.width


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "1", "I;16"])
def test_every_kind_of_colour_becomes_plain_rgb(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = noisy((200, 100), "L").convert("I;16" if mode == "I;16" else mode)
    name = "a.jpg" if kind == "JPEG" else "a.png"
    made = clean_photo(io.BytesIO(saved(kind, image)), name)[0]
    with Image.open(io.BytesIO(made.data)) as picture:
        assert picture.mode == "RGB"


def png_of(width, height):
    """A small file whose header promises a huge picture."""

    def chunk(kind, data):
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [9_000, 30_000, 100_000])
def test_a_bomb_is_refused_from_its_header_alone(side):
    with pytest.raises(PhotoRefused, match="too many pixels"):
        clean_photo(io.BytesIO(png_of(side, side)), "a.png")


def test_a_broken_picture_with_a_good_header_is_refused():
    with pytest.raises(PhotoRefused, match="cannot be read"):
        clean_photo(io.BytesIO(png_of(500, 500)), "a.png")
    cut = saved("JPEG")[:2000]
    with pytest.raises(PhotoRefused, match="cannot be read"):
        clean_photo(io.BytesIO(cut), "a.jpg")


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.jpg", "empty"),
        (b"x" * (8 * 1024 * 1024 + 1), "a.jpg", "larger than 8 MB"),
        (b"<svg onload='alert(1)'/>", "a.svg", "not a picture"),
        (b"plain text", "a.jpg", "not a picture"),
        (b"PK\x03\x04" + b"\0" * 100, "a.docx", "not a picture"),
        (saved("GIF"), "a.gif", "not a picture"),
        (saved("BMP"), "a.bmp", "not a picture"),
        (saved("PNG"), "a.jpg", "name and its content differ"),
        (saved("JPEG"), "a.php", "name and its content differ"),
        (saved("JPEG"), "photo", "name and its content differ"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_picture_is_refused_with_its_reason(data, name, reason):
    with pytest.raises(PhotoRefused) as refusal:
        clean_photo(io.BytesIO(data), name)
    assert reason in str(refusal.value)


def test_a_stored_rendition_has_a_random_name_and_no_url(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    storage = PhotoStorage()
    one, other = (storage.store(Rendition(1, 1, b"same")) for _time in range(2))
    assert one != other
    with pytest.raises(ValueError):
        storage.url(one)


def test_a_full_disk_leaves_no_file_behind(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError):
        PhotoStorage().store(Rendition(1, 1, b"half"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
