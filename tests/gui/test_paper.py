"""Pages of text: everything once, headers again, headings with their rows, nothing over the edge."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.core.progress import Cancelled, Progress
from desktop.views.kit.paper import (
    A4,
    DPI,
    LETTER,
    MARGIN,
    Page,
    Paper,
    cell,
)
from desktop.views.kit.paper_drawing import Running, draw_page

RUNNING = Running(("Shop", "Customer"), "Printed", lambda page, pages: f"{page}/{pages}")


def lines(page: Page) -> list[str]:
    """The texts of a page's lines, as they stand on it."""
    said = []
    for placed in page.placed:
        for line in placed.row.lines:
            if placed.start <= line.top and line.bottom <= placed.end + 0.5:
                said.append(line.text)
    return said


@pytest.fixture(autouse=True)
def _app(qapp: QApplication) -> None:
    """Faces need an application."""


@pytest.mark.parametrize("size", [A4, LETTER])
def test_a_long_table_repeats_its_header_and_says_each_row_once(size: object) -> None:
    paper = Paper(A4 if size == A4 else LETTER)
    paper.section("Orders", "300 orders")
    paper.table(cell("Day"), cell("Number"))
    for number in range(300):
        paper.row(cell("day"), cell(f"number {number}"), rule=True)
    pages = paper.pages()
    assert len(pages) > 4
    for page in pages:
        assert "Day" in lines(page)[:3]
        assert (
            max(placed.y + placed.end - placed.start for placed in page.placed) < paper.size.height() - MARGIN
        )
    said = [text for page in pages for text in lines(page) if text.startswith("number ")]
    assert said == [f"number {number}" for number in range(300)]


@pytest.mark.parametrize("above", [0, 20, 33, 40])
def test_a_picture_is_whole_and_stands_below_its_heading(above: int) -> None:
    drawn: list[QRectF] = []
    paper = Paper()
    for number in range(above):
        paper.row(cell(f"row {number}"))
    paper.section("Trend")
    paper.picture(lambda _, area: drawn.append(area), 300, before=4, after=6)
    paper.text("below")
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    for page in paper.pages():
        painter = QPainter(image)
        before = len(drawn)
        draw_page(painter, page, A4, RUNNING, 0, 1)
        painter.end()
        if len(drawn) > before:
            assert "Trend" in lines(page)
    (area,) = drawn
    assert area.height() == 3000
    assert area.width() == A4.width() - 2 * MARGIN
    assert area.top() >= MARGIN
    assert area.bottom() < A4.height() - MARGIN


def test_a_heading_never_ends_a_page() -> None:
    for before in range(30, 70):
        paper = Paper()
        for number in range(before):
            paper.row(cell(f"row {number}"))
        paper.section("Heading")
        paper.table(cell("Head"))
        paper.row(cell("first"))
        for page in paper.pages():
            said = lines(page)
            assert "Heading" not in said or "first" in said


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 4_000), st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_every_word_is_on_some_page_once(rows: list[tuple[int, bool, bool]]) -> None:
    paper = Paper()
    for place, (words, keep, rule) in enumerate(rows):
        text = " ".join(f"{place}.{word}" for word in range(words))
        paper.row(cell(text, 2), cell(f"beside{place}", 1), keep=keep, rule=rule)
    pages = paper.pages()
    said = [word for page in pages for text in lines(page) for word in text.split()]
    wanted = [f"{place}.{word}" for place, (words, _, _) in enumerate(rows) for word in range(words)]
    assert [word for word in said if not word.startswith("beside")] == wanted
    assert sorted(word for word in said if word.startswith("beside")) == sorted(
        f"beside{place}" for place in range(len(rows))
    )
    for page in pages[1:]:
        assert page.placed


def test_words_without_blanks_are_broken() -> None:
    paper = Paper()
    paper.row(cell("x" * 3_000), cell("龙井" * 1_500))
    said = "".join(text for page in paper.pages() for text in lines(page))
    assert said.count("x") == 3_000
    assert said.count("龙") == 1_500


def test_signs_beyond_the_first_plane_are_whole() -> None:
    paper = Paper()
    paper.row(cell("🍵𠮷好茶 " * 400))
    said = "".join(text for page in paper.pages() for text in lines(page))
    assert said.replace(" ", "") == "🍵𠮷好茶" * 400


def test_nothing_is_one_empty_page() -> None:
    assert [page.placed for page in Paper().pages()] == [[]]


def test_a_page_is_drawn_with_its_running_lines() -> None:
    paper = Paper()
    paper.text("Hello")
    images = []
    for number in (0, 1):
        image = QImage(595, 842, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.scale(72 / DPI, 72 / DPI)
        draw_page(painter, paper.pages()[0], A4, RUNNING, number, 2)
        painter.end()
        images.append(image)

    def dark(image: QImage, top: int, bottom: int) -> int:
        return sum(image.pixelColor(x, y).lightness() < 200 for x in range(595) for y in range(top, bottom))

    margin = round(MARGIN / 10)
    assert dark(images[0], margin, margin + 20) > 10
    assert dark(images[0], 842 - margin - 20, 842 - margin + 20) > 10
    assert dark(images[1], margin - 12, margin + 4) > dark(images[0], margin - 12, margin + 4)


def test_laying_out_can_be_stopped() -> None:
    class Stopped(Progress):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        Paper(progress=Stopped()).text("Hello")
