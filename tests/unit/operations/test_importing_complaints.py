"""Complaints from files as shops have them: their own words, days without times, promises and remedies."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from desktop.core.errors import UserError
from desktop.core.translation import set_language
from desktop.exchange.checking.complaint_entries import promises_of
from desktop.exchange.checking.entries import Entries
from desktop.exchange.matching.mapping import match_columns
from desktop.exchange.plan import ImportPlan, Mode, make_plan
from desktop.exchange.reading.files import read_file
from desktop.exchange.values.base import NOTHING
from desktop.exchange.vocabulary import own_layouts
from desktop.exchange.whole_book.book import export_book
from desktop.models.book import Book
from desktop.models.complaints import ComplaintAlias, ComplaintSubject
from desktop.operations.importing import import_plan
from desktop.safekeeping.checks import check_book

LEDGER = (
    "投诉编号,投诉时间,客户姓名,手机号,订单号,商品,投诉标题,投诉内容,诉求,投诉类型,紧急程度,处理状态,首次回复时间,解决时间,"
    "结案时间,驳回理由,其他途径,原因,预防措施,处理结果,纠纷编号,补救,补救费用,承诺,承诺期限,是否兑现,处理后评分,客服\n"
    "T-01,2026-11-02 10:00,王丽华,13800138421,A1001,龙井茶,茶罐凹了,到手就凹了,换一罐,质量问题：包装破损,"
    "高,已结案,10:20,2026-11-03,2026-11-05,,,分拣粗暴,加气泡膜,补寄一罐,TB-889,换货,68.00,"
    "两天内补寄,2026-11-04 18:00,已兑现,5,小陈\n"
    "T-02,2026/11/3 23:50,赵敏,,,,等太久,,道歉,服务,低,已解决,0:10,2026-11-04 09:00,,,,,,,,道歉,,,,,,小陈\n"
    "T-03,2026-11-06,,,,,还没处理,,,送得太晚,普通,待处理,,,,,,,,,,,,周五前回电,2026-11-13 18:00,,,\n"
    "T-04,2026-11-06,李雷,,,,无理要求,,,价格,中,驳回,,,2026-11-08,不属实,可向平台申诉,,,,,,,,,,,\n"
)  # fmt: skip


def write(folder: Path, text: str, name: str = "complaints.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def bring(book: Book, path: Path, mode: Mode | None = None) -> ImportPlan:
    plan = make_plan(book, path, mode=mode)
    assert list(plan.problems) == []
    assert plan.target == "complaints"
    import_plan(book, plan)
    return plan


def test_a_shops_own_ledger_comes_in_whole(book: Book, tmp_path: Path) -> None:
    plan = bring(book, write(tmp_path, LEDGER, encoding="gb18030"))
    assert {column.header: column.field for column in plan.mapping.columns if not column.field} == {}
    assert plan.entries_new == 4
    rows = book.rows(
        "SELECT number, received_at, replied_at, settled_at, closed_at, subject, detail, severity, status, "
        "reply_due_at IS NULL, settle_due_at IS NULL FROM complaint ORDER BY number"
    )
    assert rows == [
        ("T-01", "2026-11-02 10:00:00", "2026-11-02 10:20:00", "2026-11-03 00:00:00", "2026-11-05 00:00:00",
         "quality", "包装破损", "high", "closed", 1, 1),
        # Ten past midnight is the next day's.
        ("T-02", "2026-11-03 23:50:00", "2026-11-04 00:10:00", "2026-11-04 09:00:00", None,
         "service", "", "low", "settled", 1, 1),
        # What stands below a subject tells the subject.
        ("T-03", "2026-11-06 00:00:00", None, None, None,
         "delivery", "Late parcel", "medium", "received", 0, 0),
        ("T-04", "2026-11-06 00:00:00", None, None, "2026-11-08 00:00:00",
         "contract", "Price or discount", "medium", "rejected", 1, 1),
    ]  # fmt: skip
    assert book.row(
        "SELECT cause, prevention, settlement, dispute, wants FROM complaint WHERE number = 'T-01'"
    ) == ("分拣粗暴", "加气泡膜", "补寄一罐", "TB-889", "换一罐")
    assert book.row("SELECT rejected_because, alternatives FROM complaint WHERE number = 'T-04'") == (
        "不属实", "可向平台申诉",
    )  # fmt: skip
    assert book.rows("SELECT complaint_id, kind, cost, given_at, state FROM remedy ORDER BY id") == [
        (1, "replacement", 6800, "2026-11-03 00:00:00", "given"),
        (2, "apology", 0, "2026-11-04 09:00:00", "given"),
    ]
    assert book.rows("SELECT complaint_id, text, made_at, due_at, outcome, ended_at FROM promise") == [
        (1, "两天内补寄", "2026-11-02 10:20:00", "2026-11-04 18:00:00", "kept", "2026-11-03 00:00:00"),
        (3, "周五前回电", "2026-11-06 00:00:00", "2026-11-13 18:00:00", "", None),
    ]
    assert book.rows("SELECT complaint_id, perceived, rated_at, ended_at FROM rating") == [
        (1, 5, "2026-11-05 00:00:00", "2026-11-03 00:00:00")
    ]
    kinds = "SELECT kind FROM complaint_step WHERE complaint_id = 1 ORDER BY at, id"
    assert [kind for (kind,) in book.rows(kinds)] == [
        "received", "reply", "promise", "settled", "promise-kept", "remedy", "closed",
    ]  # fmt: skip
    people = "SELECT name FROM customer ORDER BY id"
    assert [name for (name,) in book.rows(people)] == ["王丽华", "赵敏", "李雷"]


@pytest.mark.parametrize("update", ["", "fill", "newest", "ask"])
def test_the_same_file_twice_changes_nothing(book: Book, tmp_path: Path, update: str) -> None:
    path = write(tmp_path, LEDGER)
    bring(book, path)
    step = book.next_undo()
    again = make_plan(book, path, mode=Mode(update=update))
    assert (again.entries_new, again.entries_known, len(again.updates)) == (0, 4, 0)
    assert not import_plan(book, again)
    assert book.next_undo() == step
    book.undo()
    for table in ("complaint", "complaint_step", "promise", "remedy", "rating", "customer", "product"):
        assert book.value(f"SELECT count(*) FROM {table}") == 0, table


def test_what_hangs_on_a_complaint_comes_later(book: Book, tmp_path: Path) -> None:
    head = "投诉编号,投诉时间,标题,承诺,承诺期限,是否兑现,补救,补救费用,处理后评分\n"
    bring(book, write(tmp_path, head + "K1,2026-11-02 10:00,迟到,回电,2026-11-03 18:00,,,,\n"))
    later = write(tmp_path, head + "K1,2026-11-02 10:00,迟到,回电,2026-11-03 18:00,未兑现,退款,12.5,2\n")
    assert len(make_plan(book, later, mode=Mode(update="")).updates) == 0
    plan = make_plan(book, later)
    assert [(one.field, one.new) for one in plan.updates.preview(0, 9)] == [
        ("whether it was kept", "Broken: 回电"), ("remedy", "Refund · ¥12.50"), ("rating after (1–5)", "2"),
    ]  # fmt: skip
    import_plan(book, plan)
    assert book.rows("SELECT text, outcome, ended_at FROM promise") == [
        ("回电", "broken", "2026-11-03 18:00:00")
    ]
    assert book.rows("SELECT kind, cost FROM remedy") == [("refund", 1250)]
    assert book.value("SELECT perceived FROM rating") == 2
    assert not import_plan(book, make_plan(book, later, mode=Mode(update="newest")))
    book.undo()
    assert book.rows("SELECT outcome FROM promise") == [("",)]
    assert book.value("SELECT count(*) FROM remedy") == 0


def test_several_promises_and_remedies_stand_below_each_other(book: Book, tmp_path: Path) -> None:
    text = (
        "complaint no,received at,title,promise,promise due at,whether it was kept,remedy,remedy cost\n"
        'K1,2026-11-02,Late,"Call back\nSend a tin","2026-11-03 18:00\n2026-11-05 12:00","kept\n-",'
        '"apology\nrefund","-\n12.50"\n'
        'K2,2026-11-02,Torn,"Call her,\nthen her sister",2026-11-04,kept,,3\n'
    )
    bring(book, write(tmp_path, text))
    assert book.rows("SELECT complaint_id, text, due_at, outcome FROM promise ORDER BY id") == [
        (1, "Call back", "2026-11-03 18:00:00", "kept"), (1, "Send a tin", "2026-11-05 12:00:00", ""),
        (2, "Call her,\nthen her sister", "2026-11-04 00:00:00", "kept"),
    ]  # fmt: skip
    assert book.rows("SELECT complaint_id, kind, cost FROM remedy ORDER BY id") == [
        (1, "apology", 0), (1, "refund", 1250), (2, "partial-refund", 300),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_list_comes_back_as_it_went_out(book: Book, tmp_path: Path, language: str, suffix: str) -> None:
    bring(book, write(tmp_path, LEDGER))
    more = (
        "complaint no,received at,title,promise,promise due at,remedy,remedy cost,waiting since,status\n"
        'K1,2026-11-02 10:00,Late,"Call back\nSend","2026-11-03 18:00\n2026-11-05 12:00","gift\nrefund",'
        '"4\n12.50",2026-11-03 09:00,in progress\n'
    )
    bring(book, write(tmp_path, more, "more.csv"))
    set_language(language)
    path = tmp_path / f"out{suffix}"
    export_book(book, path, what="complaints")
    step = book.next_undo()
    for mode in (Mode(update="fill"), Mode(update="newest")):
        assert not import_plan(book, make_plan(book, path, mode=mode))
    assert book.next_undo() == step
    columns = (
        "number, received_at, title, text, subject, detail, status, cause, prevention, settlement, dispute, "
        "alternatives, rejected_because, waiting_since, replied_at, settled_at, closed_at"
    )
    with Book.create(tmp_path / "other.shuke") as other:
        bring(other, path)
        for table, what in (
            ("complaint", columns), ("promise", "text, due_at, outcome, ended_at, made_at"),
            ("remedy", "kind, cost, text, given_at, state"),
        ):  # fmt: skip
            whole = f"SELECT {what} FROM {table} ORDER BY {what}"
            assert other.rows(whole) == book.rows(whole), table


def test_words_of_the_shops_own_are_asked_about_and_remembered(book: Book, tmp_path: Path) -> None:
    text = (
        "投诉编号,投诉时间,标题,投诉类型,程度,处理状态\n"
        "K1,2026-11-02,一,物流,中,处理中\nK2,2026-11-02,二,玄学问题,火烧眉毛,躺平\n"
        "K3,2026-11-02,三,物流,火烧眉毛,处理中\nK4,2026-11-02,四,质量,低,已结案\nK5,2026-11-02,五,质量,高,已结案\n"
    )
    path = write(tmp_path, text)
    table = read_file(path)
    mapping = match_columns(table)
    plan = make_plan(book, table, mapping=mapping)
    assert [(one.field, one.word, one.rows, one.code) for one in plan.unknown_words] == [
        ("complaint.subject", "玄学问题", 1, None), ("complaint.severity", "火烧眉毛", 2, None),
        ("complaint.status", "躺平", 1, None),
    ]  # fmt: skip
    assert {problem.row for problem in plan.problems} == {3, 4}
    mapping = mapping.with_word("complaint.subject", "玄学问题", "incident")
    mapping = mapping.with_word("complaint.severity", "火烧眉毛", "urgent")
    mapping = mapping.with_word("complaint.status", "躺平", "")
    plan = make_plan(book, table, mapping=mapping)
    assert list(plan.problems) == []
    assert [(one.word, one.code) for one in plan.unknown_words] == [
        ("玄学问题", "incident"), ("火烧眉毛", "urgent"), ("躺平", ""),
    ]  # fmt: skip
    import_plan(book, plan)
    # The shop's own word stays as what stands below the subject.
    assert book.row("SELECT subject, detail, severity, status FROM complaint WHERE number = 'K2'") == (
        "incident", "玄学问题", "urgent", "received",
    )  # fmt: skip
    own_layouts.save(mapping, table, "台账")
    again = make_plan(book, read_file(path))
    assert again.mapping.layout
    assert list(again.problems) == []
    assert again.entries_known == 5


def test_the_shops_own_subjects_are_known(book: Book, tmp_path: Path) -> None:
    with book.step("x") as step:
        step.insert(ComplaintSubject, subject="delivery", title="丰巢超时", position=0, active=True)
    text = (
        "投诉编号,投诉时间,标题,投诉类型\nK1,2026-11-02,一,丰巢超时\n"
        "K2,2026-11-02,二,物流/丰巢超时\nK3,2026-11-02,三,质量\n"
    )
    bring(book, write(tmp_path, text))
    assert book.rows("SELECT subject, detail FROM complaint ORDER BY number") == [
        ("delivery", "丰巢超时"), ("delivery", "丰巢超时"), ("quality", ""),
    ]  # fmt: skip


def test_a_number_that_went_into_another_complaint_is_known_and_changes_nothing(
    book: Book, tmp_path: Path
) -> None:
    bring(book, write(tmp_path, "投诉编号,投诉时间,标题\nK1,2026-11-02,留下\n"))
    with book.step("x") as step:
        step.insert(ComplaintAlias, number="K2", complaint_id=book.value("SELECT id FROM complaint"))
    path = write(tmp_path, "投诉编号,投诉时间,标题,程度\nK2,2026-11-02,合并走的,紧急\n")
    plan = make_plan(book, path, mode=Mode(update="newest"))
    assert (plan.entries_new, plan.entries_known, len(plan.updates)) == (0, 1, 0)
    assert not import_plan(book, plan)
    ratings = write(tmp_path, "投诉编号,评价时间,评分\nK2,2026-11-05,4\n", "ratings.csv")
    import_plan(book, make_plan(book, ratings))
    assert book.rows("SELECT complaint_id, perceived FROM rating") == [(1, 4)]


def test_rows_that_make_no_sense_are_said(book: Book, tmp_path: Path) -> None:
    text = (
        "投诉编号,投诉时间,标题,首次回复时间,补救,补救费用,是否兑现,承诺,程度\n"
        "K1,2026-13-45,一,,,,,,\n,,,,,,,,\nK2,2026-11-02,二,25:61,,,,,\nK3,2026-11-02,三,,换货,-5,,,\n"
        "K4,2026-11-02,四,,送老婆,,,,\nK5,2026-11-02,五,,,,天知道,回电,\nK6,2026-11-02,六,2026-11-01,,,,,\n"
        "K7,2026-11-02,七,,,,已兑现,,\n"
    )
    plan = make_plan(book, write(tmp_path, text))
    assert [(problem.row, problem.column) for problem in plan.problems] == [
        (2, "投诉时间"), (4, "首次回复时间"), (5, "补救费用"), (6, "补救"),
        (7, "是否兑现"), (8, "首次回复时间"),
    ]  # fmt: skip
    import_plan(book, plan)
    assert book.rows("SELECT number FROM complaint") == [("K7",)]


def test_a_spreadsheets_time_of_day_is_one(book: Book, tmp_path: Path) -> None:
    sheet = Workbook()
    sheet.worksheets[0].append(["Complaint no", "Received at", "Title", "Replied at"])
    sheet.worksheets[0].append(["K1", datetime(2026, 11, 2, 10, 0), "Late", time(11, 30)])
    sheet.save(tmp_path / "book.xlsx")
    bring(book, tmp_path / "book.xlsx")
    assert book.value("SELECT replied_at FROM complaint") == "2026-11-02 11:30:00"


def test_every_row_of_a_settled_complaint_keeps_its_own_deadlines(book: Book, tmp_path: Path) -> None:
    text = (
        "投诉编号,投诉时间,标题,处理状态,解决期限,回复期限\nK1,2026-11-02 10:00,一,已结案,2026-11-04 10:00,\n"
    )
    bring(book, write(tmp_path, text))
    assert book.row("SELECT reply_due_at, settle_due_at FROM complaint") == (None, "2026-11-04 10:00:00")


def test_words_can_be_explained_as_typed(book: Book, tmp_path: Path) -> None:
    path = write(tmp_path, "投诉编号,投诉时间,标题,程度\nK1,2026-11-02,一,火烧眉毛\nK2,2026-11-02,二,高\n")
    plan = make_plan(book, path, mapping=["程度:火烧眉毛=urgent"])
    assert list(plan.problems) == []
    assert plan.records.entries.values["severity"] == ["urgent", "high"]
    told = make_plan(book, path).summary()["unknown_words"]
    assert told == [{"column": "程度", "word": "火烧眉毛", "rows": 1}]
    with pytest.raises(UserError) as refused:
        make_plan(book, path, mapping=["程度:火烧眉毛=burning"])
    assert "urgent, high, medium, low" in str(refused.value)


def test_a_column_of_contents_is_the_subject_or_the_story(book: Book, tmp_path: Path) -> None:
    head = "投诉编号,投诉时间,标题,内容\n"
    kinds = make_plan(book, write(tmp_path, head + "K1,2026-11-02,一,商品质量/破损\nK2,2026-11-02,二,物流\n"))
    assert kinds.records.entries.values["subject"] == ["quality", "delivery"]
    assert kinds.records.entries.values["detail"] == ["Broken or faulty", None]
    story = "客户打电话来说收到的茶叶罐子凹了一大块，本来是要送人的"
    told = make_plan(book, write(tmp_path, head + f"K1,2026-11-02,一,{story}\nK2,2026-11-02,二,{story}！\n"))
    assert told.records.entries.values["text"] == [story, f"{story}！"]
    assert "subject" not in told.records.entries.values


_LINES = st.lists(st.text("ab -，\u3000", max_size=4), min_size=1, max_size=4)


@given(texts=_LINES, days=st.lists(st.sampled_from(["2026-11-03 18:00:00", None]), max_size=4))
def test_lines_of_cells_belong_together(texts: list[str], days: list[str | None]) -> None:
    """Each text that says something is one promise, and no line gets another one's day."""
    values: dict[str, list[object]] = {"promise": ["\n".join(texts)], "promise_due_at": [tuple(days) or None]}
    found = promises_of(Entries(row=[2], values=values), 0)
    if len(days) > 1 and len("\n".join(texts).splitlines()) == len(days):
        lines = "\n".join(texts).splitlines()
        both = zip(lines, days, strict=True)
        said = [(text.strip(), day) for text, day in both if text.strip() not in NOTHING]
        assert [(one.text, one.due_at) for one in found] == said
    else:
        assert len(found) <= 1
        assert all(one.due_at == (days[0] if days else None) for one in found)


_CELLS: dict[str, list[str]] = {
    "complaint no": ["", "K1", "K2", "=1+1", "K3"],
    "received at": ["", "2026-11-02", "2026-11-02 10:00", "2026-11-02 23:59:59", "junk"],
    "title": ["", "Late", "=cmd|' /C calc'!A0", "😀" * 80, "Zeile\nzwei"],
    "text": ["", "a" * 3_000, "Nothing came"],
    "type": ["", "Product: broken", "Delivery", "wrapping"],
    "severity": ["", "high", "on fire"],
    "status": ["", "closed", "in progress", "rejected"],
    "replied at": ["", "00:00", "10:30", "2026-11-02", "2026-11-09 10:00"],
    "settled at": ["", "2026-11-03", "9:00"],
    "closed at": ["", "2026-11-05", "2026-11-01"],
    "waiting since": ["", "2026-11-02 11:00"],
    "remedy": ["", "refund", "apology\nrefund", "-"],
    "remedy cost": ["", "0", "12.5", "1\n2\n3", "-1"],
    "promise": ["", "Call", "Call\nSend", " - "],
    "promise due": ["", "2026-11-01", "2026-11-04 18:00", "2026-11-04\n2026-11-05"],
    "promise kept": ["", "kept", "broken", "kept\nopen"],
    "csat": ["", "5", "very bad", "9"],
    "phone": ["", "13800138421", "13900139000"],
    "name": ["", "王丽华", "Ann"],
}


@settings(max_examples=5, phases=[Phase.generate])
@given(data=st.data(), first=st.sampled_from(["fill", "newest"]), update=st.sampled_from(["fill", "newest"]))
def test_any_ledger_comes_in_once_and_can_be_taken_back(data: st.DataObject, first: str, update: str) -> None:
    with TemporaryDirectory() as folder, Book.create(Path(folder) / "shop.shuke") as book:
        path = Path(folder) / "ledger.xlsx"
        sheet = Workbook()
        sheet.worksheets[0].append(list(_CELLS))
        sheet.worksheets[0].append(["K0", "2026-11-02", "Good", *[None] * (len(_CELLS) - 3)])
        for _ in range(30):
            row = [data.draw(st.sampled_from(cells)) for cells in _CELLS.values()]
            sheet.worksheets[0].append([f"'{cell}" if cell[:1] == "=" else cell for cell in row])
        sheet.save(path)
        table = read_file(path)
        mapping = match_columns(table).with_target(table, "complaints")
        plan = make_plan(book, table, mapping=mapping, mode=Mode(update=first))
        import_plan(book, plan)
        assert not check_book(book)
        step = book.next_undo()
        again = make_plan(book, table, mapping=mapping, mode=Mode(update=update))
        assert (again.entries_new, len(again.updates)) == (0, 0)
        assert not import_plan(book, again)
        assert book.next_undo() == step
        for table_name, wrong in (
            ("complaint", "settled_at < received_at OR closed_at < received_at OR replied_at < received_at"),
            ("complaint", "open = 1 AND (settled_at IS NOT NULL OR closed_at IS NOT NULL)"),
            ("complaint", "open = 0 AND waiting_since IS NOT NULL"),
            ("promise", "due_at < made_at OR ended_at < made_at OR (outcome = '') <> (ended_at IS NULL)"),
        ):
            assert book.value(f"SELECT count(*) FROM {table_name} WHERE {wrong}") == 0, wrong
        if step:
            book.undo()
        assert book.value("SELECT count(*) FROM complaint_step") == 0
