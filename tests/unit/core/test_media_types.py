"""What a file is, is told by its bytes, and nothing that could run is ever handed to another program."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.media_types import KINDS, UNKNOWN, ending_of, fitting_name, kind_of, media_type


def zipped(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), text)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", "x.txt", "image/png"),
        (b"\xff\xd8\xff\xe0....", "photo", "image/jpeg"),
        (b"%PDF-1.7", "a.exe", "application/pdf"),
        (b"MZ\x90\x00", "photo.jpg", "application/x-executable"),
        (b"#!/bin/sh\nrm -rf /", "notes.txt", "application/x-executable"),
        ("小票 第1号".encode(), "小票.txt", "text/plain"),
        (b"a,b\n1,2", "list.CSV", "text/csv"),
        (b"BMW 530 \xe7\xba\xa2", "car.txt", "text/plain"),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00....", "x", "image/bmp"),
        (b"echo hello", "run.bat", UNKNOWN),
        (b"[InternetShortcut]", "shop.url", UNKNOWN),
        (b"<html><script>alert(1)</script>", "x.txt", "text/html"),
        (b"<?xml version='1.0'?><svg xmlns='...'>", "x.svg", "image/svg+xml"),
        (zipped(word__document_DOT_xml="<w/>"), "a.docx",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (zipped(xl__vbaProject_DOT_bin="x", xl__workbook_DOT_xml="<w/>"), "a.xlsx",
         "application/x-office-macros"),
        (zipped(a_DOT_txt="x"), "a.zip", "application/zip"),
        (b"PK\x03\x04broken", "a.docx", "application/zip"),
        (b"\x00\x00\x00\x18ftypheic....", "IMG.HEIC", "image/heic"),
        (b"", "x.txt", "text/plain"),
    ],
)  # fmt: skip
def test_the_kind_by_content(data: bytes, name: str, kind: str) -> None:
    assert media_type(data, name) == kind


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_have_a_kind_and_any_name_an_ending_of_it(data: bytes, name: str) -> None:
    kind = media_type(data, name)
    assert kind in KINDS
    if kind_of(kind).opened:
        assert ending_of(fitting_name(name or "x", kind)) in kind_of(kind).endings


def test_a_name_gets_the_ending_of_its_content() -> None:
    assert fitting_name("cat.exe", "image/png") == "cat.exe.png"
    assert fitting_name("cat.PNG", "image/png") == "cat.PNG"
    assert fitting_name("小票", "application/pdf") == "小票.pdf"
    assert fitting_name("what", UNKNOWN) == "what"


def test_nothing_that_runs_is_opened() -> None:
    for kind in (
        "application/x-executable",
        "text/html",
        "image/svg+xml",
        "application/x-office-macros",
        UNKNOWN,
    ):
        assert not kind_of(kind).opened
