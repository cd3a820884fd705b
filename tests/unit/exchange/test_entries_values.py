"""Words, scores and lengths of time are read in both languages, and nothing else is."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.translation import set_language, tr
from desktop.exchange.matching.mapping import match_columns
from desktop.exchange.reading.files import read_file
from desktop.exchange.reading.table import Cell, Column
from desktop.exchange.values.code_words import WORDS
from desktop.exchange.values.entry_values import KINDS
from desktop.exchange.values.reader import Reading, ValueFault, check
from desktop.exchange.vocabulary import fields, synonyms
from desktop.exchange.vocabulary.subjects import TARGETS

LANGUAGES = ("en", "zh_CN")


def value(kind: str, cell: Cell) -> object:
    checked = check(Column(values=[None, cell]), kind, Reading())
    assert not checked.faults
    return checked.values[1]


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        ("score5", 4.0, 4),
        ("score5", "5分", 5),
        ("score5", "4 / 5", 4),
        ("score5", "★★★☆☆", 3),
        ("score5", "五星", 5),
        ("score5", "非常满意", 5),
        ("score5", "差评", 1),
        ("score5", "-", None),
        ("score7", "7", 7),
        ("score10", "０", 0),
        ("score10", "10/10", 10),
        ("score100", "85", 85),
        ("yesno", "是", True),
        ("yesno", 0.0, False),
        ("yesno", "下架", False),
        ("points", "-1,200", -1200),
        ("points", "+50积分", 50),
        ("count", 2.0, 2),
        ("seconds", "1分30秒", 90),
        ("seconds", "00:01:30", 90),
        ("seconds", "2.4", 2),
        ("seconds", datetime(1900, 1, 1, 0, 2, 5), 125),
        ("minutes", "12", 12),
        ("minutes", "1小时5分", 65),
        ("minutes", "1 h 5 min", 65),
        ("minutes", "0:00:20", 1),
        ("minutes_of_seconds", "150", 3),
        ("stage", "售后服务", "after-sale"),
        ("severity", "紧急", "urgent"),
        ("complaint_status", "In Progress", "investigating"),
        ("complaint_status", "已完结", "closed"),
        ("complaint_subject", "快递问题", "delivery"),
        ("lead_status", "Closed Won", "converted"),
        ("points_reason", "签到", "gift"),
        ("shipment_status", "派送中", "underway"),
        ("direction", "退回", "back"),
    ],
)
def test_a_cell_is_read(kind: str, cell: Cell, expected: object) -> None:
    assert value(kind, cell) == expected


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("score5", "8/10"), ("score5", "4.5"), ("score5", "6"), ("score10", "十一"), ("score7", "好评"),
        ("yesno", "maybe"), ("points", "12.5"), ("count", "-1"), ("seconds", "soon"), ("seconds", "分"),
        ("seconds", "99999999"), ("severity", "3"), ("stage", "某处"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(kind: str, cell: Cell) -> None:
    checked = check(Column(values=[None, cell]), kind, Reading())
    assert "“" in checked.faults[1]


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("written", LANGUAGES)
def test_the_names_that_shuke_shows_are_read_whatever_is_spoken(spoken: str, written: str) -> None:
    for kind, known in WORDS.items():
        for code, name in known.codes.items():
            set_language(written)
            shown = tr(name)
            set_language(spoken)
            if code:
                assert value(kind, shown) == code


@given(kind=st.sampled_from(sorted(KINDS)), cell=st.text(max_size=30) | st.floats() | st.datetimes())
def test_every_cell_is_read_or_refused(kind: str, cell: Cell) -> None:
    with suppress(ValueFault):
        read = KINDS[kind](cell, Reading())
        assert read is None or isinstance(read, str | int | tuple)


@given(
    kind=st.sampled_from(sorted(WORDS)),
    data=st.data(),
    before=st.sampled_from(["", " ", "\t", "\ufeff", "\u3000"]),
    upper=st.booleans(),
)
def test_a_word_is_read_however_it_is_dressed(
    kind: str, data: st.DataObject, before: str, upper: bool
) -> None:
    word, code = data.draw(st.sampled_from(sorted(WORDS[kind].more.items())))
    dressed = before + (word.upper() if upper else word) + before
    # A shown name comes before a further word; none of ours is both and means two things.
    assert value(kind, dressed) == code


@given(seconds=st.integers(0, 359_999))
def test_a_length_is_the_same_in_every_form(seconds: int) -> None:
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    forms = f"{seconds}", f"{hours}:{minutes:02}:{rest:02}", f"{hours}小时{minutes}分{rest}秒", f"{seconds} s"
    assert {value("seconds", form) for form in forms} == {seconds}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_heading_of_its_own(language: str) -> None:
    set_language(language)
    for target in TARGETS:
        headings = {fields.heading(target, field.key): field.key for field in fields.fields_of(target)}
        for heading, key in headings.items():
            told = fields.headers(target).get(synonyms.folded(heading))
            assert (told and told[0] == key) or key == fields.CUSTOM


def test_subjects_speak_of_fields_they_have() -> None:
    for subject in TARGETS.values():
        had = {field.key for field in fields.fields_of(subject.key)}
        assert subject.tells <= had
        assert all(set(group) <= had for group in subject.needs)


def test_a_column_of_own_words_is_not_taken_for_a_code(tmp_path: Path) -> None:
    rows = "2026-11-07,漏液,甲类,高,五成\n2026-11-08,错发,乙类,低,\n2026-11-09,少发,丙类,中,一般般\n"
    path = tmp_path / "list.csv"
    path.write_text(f"投诉时间,投诉内容,投诉类型,程度,满意度\n{rows}", encoding="utf-8")
    mapping = match_columns(read_file(path))
    assert [column.field for column in mapping.columns] == [
        "complaint.received_at", "complaint.text", "complaint.detail", "complaint.severity", "",
    ]  # fmt: skip
