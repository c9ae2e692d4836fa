"""Of a PDF only its pages stay; what is none, locked or endless is refused."""

import io

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from marketplace.attachments import PDF, PICTURE, FileRefused, clean_attachment
from marketplace.pdfs import PdfRefused, clean_pdf
from marketplace.photos import PhotoRefused

CANARY = "CANARY7d21legalname"


def jpeg(**options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG", **options)
    return out.getvalue()


def telling(pages: int = 1) -> PdfWriter:
    """A PDF that carries the canary wherever the format has a place for it."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 100)
    writer.add_metadata({"/Author": CANARY, "/Title": CANARY})
    writer.add_attachment(f"{CANARY}.txt", CANARY.encode())
    page = writer.pages[0]
    xmp = DecodedStreamObject()
    xmp.set_data(f"<x:xmpmeta>{CANARY}</x:xmpmeta>".encode())
    page[NameObject("/Metadata")] = writer._add_object(xmp)
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject(f"app.alert('{CANARY}')"),
        }
    )
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    page[NameObject("/PieceInfo")] = DictionaryObject(
        {NameObject("/Maker"): TextStringObject(CANARY)}
    )
    writer.add_uri(0, f"https://x.example/{CANARY}", (1, 1, 50, 50))
    picture = StreamObject()
    picture._data = jpeg(comment=CANARY.encode()) + CANARY.encode()
    names = {
        "/Type": "/XObject",
        "/Subtype": "/Image",
        "/Filter": "/DCTDecode",
        "/ColorSpace": "/DeviceRGB",
    }
    for name, value in names.items():
        picture[NameObject(name)] = NameObject(value)
    for name, number in {"/Width": 60, "/Height": 40, "/BitsPerComponent": 8}.items():
        picture[NameObject(name)] = NumberObject(number)
    content = DecodedStreamObject()
    content.set_data(b"q 60 0 0 40 10 10 cm /Im0 Do Q")
    page[NameObject("/Contents")] = writer._add_object(content)
    images = DictionaryObject({NameObject("/Im0"): writer._add_object(picture)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): images})
    return writer


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_no_byte_beside_the_pages_survives():
    upload = written(telling())
    assert upload.count(CANARY.encode()) >= 6  # the test must have something to lose
    clean = clean_pdf(upload)
    assert CANARY.encode() not in clean
    reader = PdfReader(io.BytesIO(clean))
    assert reader.metadata is None or not dict(reader.metadata)
    assert set(reader.root_object) <= {"/Type", "/Pages"}


def test_the_page_looks_as_before():
    before, after = (
        pypdfium2.PdfDocument(data)[0].render().to_pil().convert("RGB")
        for data in (written(telling()), clean_pdf(written(telling())))
    )
    assert before.getpixel((30, 60)) != (255, 255, 255)
    assert after.getpixel((30, 60)) == before.getpixel((30, 60))


def test_a_locked_pdf_is_refused():
    writer = telling()
    writer.encrypt("secret", algorithm="RC4-128")
    with pytest.raises(PdfRefused, match="password"):
        clean_pdf(written(writer))


def test_too_many_pages_are_refused():
    with pytest.raises(PdfRefused, match="200 pages"):
        clean_pdf(written(telling(pages=201)))


@pytest.mark.parametrize("data", [b"%PDF-1.7 nothing", b"%PDF-1.4\n%%EOF", b"%PDF-"])
def test_what_is_no_pdf_is_refused(data):
    with pytest.raises(PdfRefused, match="cannot be read"):
        clean_pdf(data)


def test_a_pdf_that_refers_to_itself_ends():
    loop = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    loop += b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>"
    with pytest.raises(PdfRefused):
        clean_pdf(loop)


def test_an_attachment_is_a_picture_or_a_pdf_by_name_and_content():
    assert clean_attachment(io.BytesIO(written(telling())), "a.pdf").kind == PDF
    assert clean_attachment(io.BytesIO(jpeg()), "a.jpg").kind == PICTURE
    for data, name in (
        (jpeg(), "a.exe"),
        (written(telling()), "a.html"),
        (b"<svg/>", "a.svg"),
    ):
        with pytest.raises(FileRefused):
            clean_attachment(io.BytesIO(data), name)
    for data in (written(telling()), b"<html>", b"MZ"):
        with pytest.raises(PhotoRefused):
            clean_attachment(io.BytesIO(data), "a.png")


def test_more_than_eight_megabytes_are_refused():
    with pytest.raises(FileRefused, match="8 MB"):
        clean_attachment(io.BytesIO(b"%PDF-" + b"x" * 8_400_000), "a.pdf")
