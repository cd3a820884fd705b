"""Contacts written by Shuke: what phones and mail programs read, and nothing that was not asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.progress import Cancelled, Progress
from desktop.exchange.plan import make_plan
from desktop.exchange.writers.cells import without_controls
from desktop.exchange.writers.contacts import PARTS, card, split_name, write_contacts
from desktop.exchange.writers.content_lines import escaped, line
from desktop.models.book import Book
from desktop.operations.customers import add_customer
from desktop.operations.demo import make_demo
from desktop.operations.importing import import_plan
from desktop.queries.contacts import Contact, ContactPoint


def lines(text: str) -> list[str]:
    """The lines of a file, unfolded."""
    assert text.endswith("\r\n")
    assert all(len(one.encode()) <= 75 for one in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def somebody(name: str = "王芳", kind: str = "individual", **more: str) -> Contact:
    """A customer with everything."""
    found = Contact(
        7, name, kind, "1990-05-06", False, False, "杭州", "爱喝; 龙井,\n不加糖", "2026-01-02 03:04:05"
    )
    found.points = [
        ContactPoint("phone", "", "138 0013 8000", "13800138000"),
        ContactPoint("phone", "", "+1 415 555 0123", "+14155550123"),
        ContactPoint("wechat", "", "fang_w", "fang_w"),
        ContactPoint("qq", "", "10001", "10001"),
        ContactPoint("email", "", "Fang@example.com", "fang@example.com"),
        ContactPoint("account", "taobao", "fang88", "fang88"),
        ContactPoint("address", "", "西湖区文三路 1 号, 2 室", "x"),
    ]
    found.tags = ["VIP", "a,b"]
    for key, value in more.items():
        setattr(found, key, value)
    return found


def test_a_person_has_every_way_to_be_reached() -> None:
    found = lines(card(somebody()))
    assert found[:3] == ["BEGIN:VCARD", "VERSION:3.0", "PRODID:-//Shuke//Shuke//EN"]
    assert found[4:] == [
        "N:王;芳;;;", "FN:王芳", "TEL;TYPE=CELL,PREF:13800138000", "TEL;TYPE=CELL:+14155550123",
        "EMAIL;TYPE=INTERNET:Fang@example.com", "ADR;TYPE=HOME:;;西湖区文三路 1 号\\, 2 室;;杭州;;",
        "X-WECHAT:fang_w", "X-QQ:10001", 'X-SHUKE-ACCOUNT;X-CHANNEL="taobao":fang88', "BDAY:1990-05-06",
        "CATEGORIES:VIP,a\\,b", "NOTE:爱喝\\; 龙井\\,\\n不加糖", "END:VCARD",
    ]  # fmt: skip


def test_a_company_is_an_organisation() -> None:
    found = lines(card(somebody("蓝天, 贸易", "company"), frozenset({"phone"})))
    assert found[4:] == [
        "N:;;;;", "FN:蓝天\\, 贸易", "ORG:蓝天\\, 贸易", "TEL;TYPE=WORK,PREF:13800138000", "END:VCARD",
    ]  # fmt: skip


@pytest.mark.parametrize("part", sorted(PARTS))
def test_what_was_not_asked_for_is_not_in_it(part: str) -> None:
    whole, without = set(lines(card(somebody()))), set(lines(card(somebody(), PARTS - {part})))
    told = "ADR;TYPE=HOME:;;西湖区文三路 1 号\\, 2 室;;;;"
    assert whole - without or part == "weibo"
    assert without - whole <= {told, "ADR;TYPE=HOME:;;;;杭州;;"}
    assert [one for one in lines(card(somebody(), frozenset())) if ":" in one][4:] == [
        "N:王;芳;;;", "FN:王芳", "END:VCARD",
    ]  # fmt: skip


def test_birthdays_without_a_year_and_of_the_lunar_calendar() -> None:
    assert "BDAY:--05-06" in lines(card(somebody(birthday="05-06")))
    lunar = somebody()
    lunar.lunar = lunar.leap = True
    found = lines(card(lunar))
    assert "X-LUNAR-BDAY;LEAP=1:1990-05-06" in found
    assert not any(one.startswith("BDAY") for one in found)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王芳", ("王", "芳")), ("李红梅", ("李", "红梅")), ("欧阳娜娜", ("欧阳", "娜娜")),
        ("Ann Marie Lee", ("Lee", "Ann Marie")), ("Cher", ("", "Cher")), ("老王", ("", "老王")),
        ("乐乐", ("", "乐乐")), ("龙井茶叶商店", ("", "龙井茶叶商店")), ("", ("", "")), ("王", ("", "王")),
        ("Anna 王", ("王", "Anna")),
    ],
)  # fmt: skip
def test_names_fall_into_family_and_given_names(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


@given(st.text())
def test_a_line_is_folded_and_comes_back(text: str) -> None:
    told = line("NOTE", escaped(text))
    (found,) = lines(told)
    back = found.removeprefix("NOTE:").replace("\\\\", "\0")
    back = back.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\0", "\\")
    assert back == without_controls(text).replace("\t", " ")


def test_everybody_goes_out(book: Book, tmp_path: Path) -> None:
    for name in ("王芳", "Ann Lee"):
        add_customer(book, values={"name": name, "notes": "secret"})
    path = tmp_path / "all.vcf"
    assert write_contacts(book, path) == 2
    assert path.read_text("utf-8").count("NOTE:secret") == 2
    assert write_contacts(book, path, ids=[2, 99, 1], parts=frozenset({"phone"})) == 2
    text = path.read_text("utf-8")
    assert text.index("Ann Lee") < text.index("王芳")
    assert "secret" not in text


def test_contacts_come_back_as_they_were(book: Book, tmp_path: Path) -> None:
    make_demo(book, customers=80, today=date(2026, 11, 22), language="zh_CN")
    write_contacts(book, tmp_path / "all.vcf")
    with Book.create(tmp_path / "other.shuke") as other:
        plan = make_plan(other, tmp_path / "all.vcf")
        assert (plan.target, plan.customers_new, list(plan.problems)) == ("customers", 80, [])
        import_plan(other, plan)
        for sql in (
            "SELECT name, kind, notes, region FROM customer ORDER BY name, id",
            "SELECT name, birthday, birthday_calendar FROM customer ORDER BY name, birthday",
            "SELECT kind, channel, norm FROM contact_point ORDER BY kind, channel, norm",
            "SELECT name, count(*) FROM customer_tag JOIN tag ON tag.id = tag_id GROUP BY name ORDER BY name",
        ):
            assert other.rows(sql) == book.rows(sql)


class _Stopped(Progress):
    def report(self, done: int, total: int = 0, text: str = "") -> None:
        raise Cancelled


def test_cancelling_leaves_nothing(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.exchange.writers.contacts._EVERY", 1)
    add_customer(book, values={"name": "王芳"})
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(Cancelled):
        write_contacts(book, folder / "all.vcf", progress=_Stopped())
    assert not list(folder.iterdir())
