"""Contact files come in whole, broken ones as far as they go; hostile ones end soon."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.exchange.plan import make_plan
from desktop.exchange.reading.files import read_file
from desktop.exchange.reading.kinds import kind_of
from desktop.exchange.reading.table import SUFFIXES
from desktop.exchange.reading.vcard_lines import LONGEST, properties
from desktop.exchange.reading.vcard_reader import HEADERS, rows_of
from desktop.exchange.writers.contacts import write_contacts
from desktop.models.book import Book
from desktop.operations.importing import import_plan

SAMPLES = Path(__file__).parent.parent.parent / "data" / "vcards"
_SOON = 20.0
"""Seconds: what only a time that grows with the square would take, on a machine that others use, too."""


def _cards(path: Path) -> list[dict[str, str]]:
    headers, *rows = rows_of(path)
    return [{name: cell for name, cell in zip(headers, row, strict=True) if cell} for row in rows]


def _of(tmp_path: Path, text: str) -> list[dict[str, str]]:
    path = tmp_path / "a.vcf"
    path.write_bytes(text.encode())
    return _cards(path)


def _card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


# --- what programs write


def test_an_android_phone() -> None:
    one, two = _cards(SAMPLES / "android-2.1.vcf")
    assert one == {
        "vCard": "2.1", "Name": "王小茶", "Phone": "138-0000-0061 ::: 0571-80000062", "QQ": "100000061",
        "E-mail": "wang@example.com", "Address": "浙江省杭州市西湖区示例路 1 号 2 幢 301 室",
        "Birthday": "1990-05-17", "Notes": "喜欢龙井，少糖\n周末送货",
    }  # fmt: skip
    assert two == {
        "vCard": "2.1", "Name": "李大壶", "Phone": "13800000063", "Company": "示例茶具厂",
        "Job title": "经理",
    }  # fmt: skip


def test_an_iphone() -> None:
    ada, spa, wang = _cards(SAMPLES / "iphone-3.0.vcf")  # and a group, which is nobody
    assert ada == {
        "vCard": "3.0", "Name": "Dr. Ada M. Example", "Phone": "+1 (202) 555-0101 ::: +1 202-555-0161",
        "E-mail": "ada@example.com ::: ada@work.example.com", "WeChat": "ada_example", "QQ": "100000065",
        "Weibo": "AdaPots", "Region": "MA", "Birthday": "05-17", "Company": "Example Studio LLC",
        "Address": "1 Fictional Lane, Unit 4, Springfield, MA, 01101, United States", "Job title": "Potter",
        "Tags": "vip ::: Tea & pots",
        "Notes": 'Likes blue glaze; no lids\nAsk about "seconds", please, soon',
    }  # fmt: skip
    assert spa == {
        "vCard": "3.0", "Name": "Example Spa Ltd", "Kind": "company", "Phone": "+1 202-555-0163"
    }  # fmt: skip
    assert wang["Name"] == "王小茶"


def test_version_four() -> None:
    bo, mills, cy = _cards(SAMPLES / "modern-4.0.vcf")
    assert bo["Phone"] == "+1-202-555-0102 ::: +1-202-555-0162 ext. 17"
    assert (bo["WeChat"], bo["Birthday"], bo["Gender"]) == ("bo_wx", "1985-12-03", "male")
    assert bo["Notes"] == "First line\nsecond line"
    assert mills["Kind"] == "company"
    assert (cy["Name"], cy["Birthday"]) == ("Cy Example", "05-20")


def test_charsets() -> None:
    (zhang,) = _cards(SAMPLES / "outlook-gbk.vcf")
    assert zhang["Name"] == "张三丰收"
    assert zhang["Address"] == "四川省成都市示例街 3 号"
    assert zhang["Company"] == "示例百货有限公司"
    (ouyang,) = _cards(SAMPLES / "utf-16.vcf")
    assert (ouyang["Name"], ouyang["Notes"]) == ("欧阳娜", "从 Mac 导出")


def test_broken_cards_give_what_they_have(book: Book) -> None:
    plan = make_plan(book, SAMPLES / "broken.vcf")
    assert plan.mapping.layout == "vcard"
    assert [(one.row, one.column, one.value) for one in plan.problems] == [
        (4, "Birthday", "next spring"),
        (5, "Name", ""),
        (6, "E-mail", "cut@example"),
    ]
    assert [person.name for person in plan.records.people] == ["No End", "Big Boss"]
    assert [point.norm for person in plan.records.people for point in person.points] == [
        "+12025550171", "+12025550172"
    ]  # fmt: skip


def test_the_real_files_of_other_programs(shared_data: Path) -> None:
    folder = shared_data / "vcards" / "roundcube" / "src"
    assert _cards(folder / "thebat.vcf")[0]["E-mail"] == "piotr.iksinski@somedomain.com"
    john = _cards(folder / "johndoe.vcf")[0]
    assert john["Name"] == "John Doë"
    assert john["Address"] == "The street, Hometown, 5555, Cayman Islands"
    assert (
        _cards(folder / "apple.vcf")[0]["Address"] == "Birgistrasse 4a, Wallisellen-Zürich, 8304, Switzerland"
    )
    assert _cards(folder / "utf-16_sample.vcf")[0]["Name"] == "Ǽgean ĽdaMonté"
    assert len(_cards(folder / "Csv2vcard" / "email.vcf")) == 4
    gmail = _cards(folder / "Csv2vcard" / "gmail.vcf")[0]
    assert gmail["E-mail"].count("@") == 4
    assert "fax" not in gmail["Phone"]
    for path in sorted((shared_data / "vcards").rglob("*.vcf")):
        assert kind_of(path) == "vcf"
        assert all(len(row) == len(HEADERS) for row in rows_of(path))


# --- what a line may say


@pytest.mark.parametrize(
    ("lines", "header", "wanted"),
    [
        (("FN:A\\, B\\; C\\\\D",), "Name", "A, B; C\\D"),
        (("N:Doe;John;Q.;Dr.;Jr.",), "Name", "John Q. Doe"),
        (("FN:x", "CATEGORIES:a\\,b,c"), "Tags", "a,b ::: c"),
        (("FN:x", "TEL;HOMEFAX:1", "TEL;TYPE=pager:2", "TEL:3"), "Phone", "3"),
        (("FN:x", "TEL;TYPE=fax,voice:1"), "Phone", "1"),
        (("FN:x", "BDAY;VALUE=date:1975-12-12"), "Birthday", "1975-12-12"),
        (("FN:x", "BDAY:1975-12-12T00:00:00Z"), "Birthday", "1975-12-12"),
        (("FN:x", "BDAY:--1212"), "Birthday", "12-12"),
        (("FN:x", "BDAY:0000-12-12"), "Birthday", "12-12"),
        (("FN:x", "ADR:;;长安街 1 号;北京市;北京市;100000;中国"), "Address", "北京市长安街 1 号"),
        (("FN:x", "LABEL:1 Test St\\nTestville"), "Address", "1 Test St Testville"),
        (("FN:x", "IMPP;X-SERVICE-TYPE=WeChat:wx:abc"), "WeChat", "abc"),
        (("FN:x", 'X-SHUKE-ACCOUNT;X-CHANNEL="taobao":小茶'), "Channel", "taobao"),
        (("EMAIL:a@example.com",), "Name", "a@example.com"),
        (("NICKNAME:Addie,Ada",), "Name", "Addie"),
        (("FN:fold", "NOTE:one tw", " o three"), "Notes", "one two three"),
        (("fn:lower",), "Name", "lower"),
    ],
)
def test_a_line(tmp_path: Path, lines: tuple[str, ...], header: str, wanted: str) -> None:
    assert _of(tmp_path, _card(*lines))[0][header] == wanted


def test_version_two_folds_at_blanks(tmp_path: Path) -> None:
    assert _of(tmp_path, _card("FN:x", "NOTE:one", " two", version="2.1"))[0]["Notes"] == "one two"


def test_lines_may_end_in_any_way(tmp_path: Path) -> None:
    for end in ("\r\n", "\n", "\r"):
        text = _card("FN:Ada", "TEL:1").replace("\r\n", end)
        assert _of(tmp_path, text) == [{"vCard": "3.0", "Name": "Ada", "Phone": "1"}]


def test_our_own_cards_come_back(book: Book, tmp_path: Path) -> None:
    import_plan(book, make_plan(book, SAMPLES / "iphone-3.0.vcf"))
    import_plan(book, make_plan(book, SAMPLES / "android-2.1.vcf"))
    assert write_contacts(book, tmp_path / "all.vcf") == 5
    with Book.create(tmp_path / "other.shuke") as other:
        plan = make_plan(other, tmp_path / "all.vcf")
        assert not plan.problems
        import_plan(other, plan)
        for sql in (
            "SELECT c.name, p.kind, p.norm FROM contact_point p JOIN customer c ON c.id = p.customer_id"
            " WHERE p.kind <> 'address' ORDER BY 1, 2, 3",
            "SELECT name, kind, birthday, region, notes FROM customer ORDER BY name",
            "SELECT c.name, t.name FROM customer_tag x JOIN customer c ON c.id = x.customer_id"
            " JOIN tag t ON t.id = x.tag_id ORDER BY 1, 2",
        ):
            assert [tuple(row) for row in other.rows(sql)] == [tuple(row) for row in book.rows(sql)]


def test_the_same_file_again_changes_nothing(book: Book) -> None:
    for name in ("iphone-3.0.vcf", "android-2.1.vcf", "modern-4.0.vcf"):
        assert import_plan(book, make_plan(book, SAMPLES / name))
        again = make_plan(book, SAMPLES / name)
        assert not again.brings_something
        assert not import_plan(book, again)


def test_it_is_known_by_its_content(tmp_path: Path) -> None:
    assert ".vcf" in SUFFIXES
    path = tmp_path / "contacts.txt"
    for text in (
        b"\xef\xbb\xbfbegin:vcard\nFN:Ada\nend:vcard",
        "\ufeff\r\nBEGIN:VCARD\r\nFN:Ada".encode("utf-16-le"),
    ):
        path.write_bytes(text)
        table = read_file(path)
        assert (table.kind, table.text(1, 1)) == ("vcf", "Ada")
    path.write_bytes(b"Name,BEGIN:VCARD\nAda,1\n")
    assert kind_of(path) == "csv"


# --- whatever there is

_TORN = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "BEGIN:VCARD",
                    "END:VCARD",
                    "VERSION:2.1",
                    "AGENT:",
                    "N;ENCODING=QUOTED-PRINTABLE:=C4=",
                    " x",
                ),
                *(
                    "FN:a\\",
                    'TEL;TYPE="a:b',
                    "PHOTO;ENCODING=b:/9j",
                    "NOTE;CHARSET=idna:é",
                    ":",
                    ";",
                    "=",
                    "\t",
                ),
                *(
                    "BDAY:--99-99",
                    "N;ENCODING=B;CHARSET=utf-16:AA",
                    "ADR:;;;;;;;;;;;;;",
                    "ORG:;",
                    "item1.",
                    "\\",
                ),
            ]
        ),
        st.text(max_size=40),
    ),
    max_size=25,
)


@given(st.one_of(st.text(), _TORN.map("\n".join), st.binary()))
@example("BEGIN:VCARD\nN;CHARSET=punycode:--\n")
def test_any_text_gives_rows(tmp_path: Path, said: str | bytes) -> None:
    path = tmp_path / "any.vcf"
    path.write_bytes(said if isinstance(said, bytes) else said.encode("utf-8", "surrogatepass"))
    rows = list(rows_of(path))
    assert rows[0] == list(HEADERS)
    assert all(len(row) == len(HEADERS) and all(isinstance(cell, str) for cell in row) for row in rows)


_MEGABYTE = 1 << 20
_HOSTILE: dict[str, Callable[[], bytes]] = {
    "one endless line": lambda: b"BEGIN:VCARD\nNOTE:" + b"x" * 8 * _MEGABYTE,
    "no colon at all": lambda: b"BEGIN:VCARD\n" + b"x" * 8 * _MEGABYTE,
    "folded for ever": lambda: b"BEGIN:VCARD\nNOTE:a" + b"\n b" * (2 * _MEGABYTE),
    "soft breaks for ever": lambda: b"BEGIN:VCARD\nN;QUOTED-PRINTABLE:a" + b"=\n=41" * 200_000,
    "cards within cards": lambda: b"BEGIN:VCARD\nAGENT:\n" * 60_000,
    "never an end": lambda: b"BEGIN:VCARD\nFN:a\n" * 30_000,
    "semicolons": lambda: b"BEGIN:VCARD\nADR:" + b";" * 4 * _MEGABYTE,
    "backslashes": lambda: b"BEGIN:VCARD\nNOTE:" + b"\\" * 4 * _MEGABYTE,
    "quotation marks": lambda: b"BEGIN:VCARD\n" + b'TEL;X="' * _MEGABYTE,
    "many properties": lambda: b"BEGIN:VCARD\n" + b"TEL:1\n" * 150_000,
    "many names": lambda: b"BEGIN:VCARD\n" + b"".join(b"X-%d:1\n" % n for n in range(80_000)),
    "stars of parameters": lambda: b"BEGIN:VCARD\nTEL" + b";TYPE=a" * 300_000 + b":1",
}


@pytest.mark.parametrize("what", _HOSTILE)
def test_hostile_files_end_soon(tmp_path: Path, what: str) -> None:
    path = tmp_path / "hostile.vcf"
    path.write_bytes(_HOSTILE[what]())
    begun = time.monotonic()
    longest = max((len(cell) for row in rows_of(path) for cell in row), default=0)
    assert time.monotonic() - begun < _SOON
    assert longest <= LONGEST


def test_a_line_is_kept_as_far_as_it_is_read() -> None:
    line = b"NOTE:" + b"x" * (2 * LONGEST)
    (note,) = properties(BytesIO(line))
    assert len(note.value) < LONGEST
