"""Pictures: the one door to Pillow. Nothing of an upload survives but its pixels.

Decoding runs in a child process with a limit on memory and time: this module, run by
itself, reads a picture from its input and writes the renditions to its output.
"""

import json
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from marketplace.child_process import ChildFailed, limit_this_process, run_apart
from marketplace.exceptions import DomainError
from marketplace.private_files import UnservedStorage

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 16_000  # WebP ends at 16,383
WIDTHS = (480, 960, 1600)
FORMATS = {
    "JPEG": (".jpg", ".jpeg", ".jpe"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "AVIF": (".avif",),
}
QUALITY = 82

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class PhotoRefused(DomainError):
    """An upload that is not taken; the message says why and what would help."""

    user_message = _("This picture cannot be read. Save it anew as JPEG and try again.")


@dataclass(frozen=True, slots=True)
class Rendition:
    """One WebP of a picture, with its size in pixels."""

    width: int
    height: int
    data: bytes


def clean_photo(upload: IO[bytes], name: str) -> tuple[Rendition, ...]:
    """Turn an upload into its small, medium and large rendition.

    Raises `PhotoRefused` with a sentence for the person. The header is judged before
    anything is decoded.
    """
    data = upload.read(MOST_BYTES + 1)
    _check_header(data, name)
    return tuple(_read_renditions(_decode_apart(data)))


def _check_header(data: bytes, name: str) -> None:
    if len(data) > MOST_BYTES:
        raise PhotoRefused(_("This file is larger than 8 MB. Choose a smaller one."))
    if not data:
        raise PhotoRefused(_("This file is empty."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=tuple(FORMATS)) as picture:
                kind, (width, height) = picture.format or "", picture.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise PhotoRefused(
            _("This is not a picture we can take. Use JPEG, PNG, WebP or AVIF.")
        ) from None
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise _too_many_pixels()
    if Path(name).suffix.lower() not in FORMATS[kind]:
        raise PhotoRefused(
            _("The file's name and its content differ. Save it anew and try again.")
        )


def _too_many_pixels() -> PhotoRefused:
    return PhotoRefused(
        _("This picture has too many pixels. Make it smaller than 40 megapixels.")
    )


# -- the child process -----------------------------------------------------------


def _decode_apart(data: bytes) -> bytes:
    try:
        return run_apart("marketplace.photos", data)
    except ChildFailed:
        raise PhotoRefused from None


def _read_renditions(answer: bytes) -> Iterator[Rendition]:
    head, _newline, rest = answer.partition(b"\n")
    for width, height, length in json.loads(head):
        yield Rendition(width, height, rest[:length])
        rest = rest[length:]


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The picture's colours without the profile that described them."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(
                picture, source, srgb, outputMode="RGB"
            )
            picture = converted or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile: the plain numbers are near enough
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    return picture.convert("RGBA" if has_alpha else "RGB")


def _bare(data: bytes) -> Image.Image:
    """The pixels, upright, on white, in an image that knows nothing else."""
    with Image.open(BytesIO(data), formats=tuple(FORMATS)) as opened:
        opened.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
        upright = _in_srgb(ImageOps.exif_transpose(opened))
    bare = Image.new("RGB", upright.size, "white")
    bare.paste(upright, mask=upright if upright.mode == "RGBA" else None)
    return bare


def _renditions_of(data: bytes) -> Iterator[Rendition]:
    bare = _bare(data)
    for widest in WIDTHS:
        width = min(widest, bare.width)
        height = max(1, round(bare.height * width / bare.width))
        sized = bare.resize((width, height), Image.Resampling.LANCZOS)
        out = BytesIO()
        sized.save(out, "WEBP", quality=QUALITY, method=4)
        yield Rendition(width, height, out.getvalue())


def main() -> None:
    """Read a picture, write a line of sizes and then the renditions."""
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    limit_this_process()
    made = list(_renditions_of(data))
    head = json.dumps([[each.width, each.height, len(each.data)] for each in made])
    sys.stdout.buffer.write(head.encode() + b"\n" + b"".join(r.data for r in made))


# -- on the disk -------------------------------------------------------------------


class PhotoStorage(UnservedStorage):
    """The pictures of listings, among the media but without an address of their own."""

    def store(self, rendition: Rendition) -> str:
        """Write one rendition and return its name."""
        return self.write(rendition.data, folder="photos", suffix=".webp")


def photo_storage() -> PhotoStorage:
    """Where the domain keeps its pictures: the media folder of the settings."""
    return PhotoStorage()


if __name__ == "__main__":
    main()
