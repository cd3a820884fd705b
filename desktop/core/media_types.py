"""What kind of file some bytes are, told by the bytes themselves: a name may say anything."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import NamedTuple

from desktop.core.translation import mark

UNKNOWN = "application/octet-stream"


class MediaType(NamedTuple):
    """One kind: what people call it, the endings its files have (the usual one first), what may be done.

    `picture` is Qt's name of the format where the program shows it itself. Only what is `opened` is ever
    handed to another program: whatever could run, and what nobody knows, is saved at most.
    """

    name: str
    endings: tuple[str, ...]
    opened: bool = False
    picture: str = ""
    icon: str = "file-text"


KINDS: Mapping[str, MediaType] = {
    "image/png": MediaType(mark("Picture"), (".png",), True, "png", "image-down"),
    "image/jpeg": MediaType(mark("Picture"), (".jpg", ".jpeg", ".jpe"), True, "jpeg", "image-down"),
    "image/gif": MediaType(mark("Picture"), (".gif",), True, "gif", "image-down"),
    "image/webp": MediaType(mark("Picture"), (".webp",), True, "webp", "image-down"),
    "image/bmp": MediaType(mark("Picture"), (".bmp", ".dib"), True, "bmp", "image-down"),
    "image/tiff": MediaType(mark("Picture"), (".tif", ".tiff"), True, "tiff", "image-down"),
    "image/heic": MediaType(mark("Picture"), (".heic", ".heif"), True, "", "image-down"),
    "image/avif": MediaType(mark("Picture"), (".avif",), True, "", "image-down"),
    "application/pdf": MediaType(mark("PDF"), (".pdf",), True, "", "file-text"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": MediaType(
        mark("Document"), (".docx",), True
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": MediaType(
        mark("Workbook"), (".xlsx",), True, "", "file-spreadsheet"
    ),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": MediaType(
        mark("Presentation"), (".pptx",), True
    ),
    "application/vnd.oasis.opendocument.text": MediaType(mark("Document"), (".odt",), True),
    "application/vnd.oasis.opendocument.spreadsheet": MediaType(
        mark("Workbook"), (".ods",), True, "", "file-spreadsheet"
    ),
    "application/epub+zip": MediaType(mark("Book"), (".epub",), True, "", "book-open"),
    "application/zip": MediaType(mark("Archive"), (".zip",), False, "", "package"),
    "application/x-7z-compressed": MediaType(mark("Archive"), (".7z",), False, "", "package"),
    "application/vnd.rar": MediaType(mark("Archive"), (".rar",), False, "", "package"),
    "application/gzip": MediaType(mark("Archive"), (".gz", ".tgz"), False, "", "package"),
    # Old Office files and those with macros can run what somebody wrote into them.
    "application/x-ole-storage": MediaType(mark("Old Office file"), (".doc", ".xls", ".ppt")),
    "application/x-office-macros": MediaType(mark("Office file with macros"), (".docm", ".xlsm", ".pptm")),
    "application/rtf": MediaType(mark("Document"), (".rtf",), True),
    "text/html": MediaType(mark("Web page"), (".html", ".htm")),
    "image/svg+xml": MediaType(mark("Drawing"), (".svg",)),
    "text/xml": MediaType(mark("Text file"), (".xml", ".txt")),
    "text/csv": MediaType(mark("Table"), (".csv", ".tsv"), True, "", "table-2"),
    "text/plain": MediaType(mark("Text file"), (".txt", ".md", ".log"), True),
    "audio/mpeg": MediaType(mark("Sound"), (".mp3",), True, "", "phone"),
    "audio/mp4": MediaType(mark("Sound"), (".m4a",), True, "", "phone"),
    "audio/amr": MediaType(mark("Sound"), (".amr",), True, "", "phone"),
    "audio/wav": MediaType(mark("Sound"), (".wav",), True, "", "phone"),
    "audio/ogg": MediaType(mark("Sound"), (".ogg", ".opus", ".oga"), True, "", "phone"),
    "video/mp4": MediaType(mark("Film"), (".mp4", ".m4v", ".mov"), True, "", "eye"),
    "video/webm": MediaType(mark("Film"), (".webm", ".mkv"), True, "", "eye"),
    "application/x-executable": MediaType(mark("Program"), (".exe", ".dll", ".bin")),
    UNKNOWN: MediaType(mark("File"), ()),
}

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (6, b"\x00\x00\x00\x00", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"MZ", "application/x-executable"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"\xfe\xed\xfa", "application/x-executable"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (0, b"\xca\xfe\xba\xbe", "application/x-executable"),
    (0, b"#!", "application/x-executable"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "application/x-executable"),
)
_BRANDS = {
    b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"heim": "image/heic",
    b"avif": "image/avif", b"avis": "image/avif", b"M4A ": "audio/mp4",
}  # fmt: skip
_IN_ZIP = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xl/workbook.bin": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_LOOKED_AT = 4096
_NO_TEXT = frozenset(range(32)) - {9, 10, 12, 13}


def media_type(data: bytes, name: str = "") -> str:
    """The kind of some bytes, a key of KINDS; the name only tells texts apart, which look all the same."""
    for at, magic, kind in _MAGIC:
        if data[at : at + len(magic)] == magic and (kind != "image/bmp" or data[:2] == b"BM"):
            return kind
    if data[4:8] == b"ftyp":
        return _BRANDS.get(bytes(data[8:12]), "video/mp4")
    if data[:4] == b"PK\x03\x04":
        return _zipped(data)
    return _text(data, name)


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            declared = archive.read("mimetype")[:100].decode("ascii", "ignore") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError):
        return "application/zip"
    if any(one.endswith("vbaProject.bin") for one in names):
        return "application/x-office-macros"
    if "META-INF/MANIFEST.MF" in names:
        return "application/x-executable"
    if declared.strip() in KINDS:
        return declared.strip()
    return next((kind for inner, kind in _IN_ZIP.items() if inner in names), "application/zip")


def _text(data: bytes, name: str) -> str:
    head = data[:_LOOKED_AT]
    if not head:
        return "text/plain" if name.lower().endswith(".txt") else UNKNOWN
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide and not _NO_TEXT.isdisjoint(head):
        return UNKNOWN
    start = head.decode("utf-16" if wide else "utf-8", "ignore").lstrip("\ufeff \t\r\n").lower()
    if "<svg" in start[:1000]:
        return "image/svg+xml"
    if start.startswith("<?xml"):
        return "text/xml"
    if start.startswith(("<!doctype html", "<html")) or "<script" in start:
        return "text/html"
    ending = ending_of(name)
    if ending in KINDS["text/csv"].endings:
        return "text/csv"
    return "text/plain" if ending in ("", *KINDS["text/plain"].endings) else UNKNOWN


def kind_of(media: str) -> MediaType:
    """The kind of a stored media type; what is not known here is just a file."""
    return KINDS.get(media, KINDS[UNKNOWN])


def ending_of(name: str) -> str:
    """A name's ending with its dot, in small letters; "" when it has none."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and ending.isalnum() else ""


def fitting_name(name: str, media: str) -> str:
    """The name with an ending of its kind: what a system would run by its name gets that of its content."""
    endings = kind_of(media).endings
    return name if not endings or ending_of(name) in endings else f"{name}{endings[0]}"
