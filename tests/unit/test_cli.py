"""The command line: every word end to end, its JSON, its exit status, and what it says when it can't."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.cli.arguments import SUBJECTS, parse
from desktop.cli.output import table, width
from desktop.cli.run import run as run_word
from desktop.exchange.whole_book.book import WHAT
from desktop.models.book import Book

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Runs a line of words on a system that speaks English; gives status, answer and complaint."""
    monkeypatch.setattr("desktop.core.translation.system_language", lambda: "en")

    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = run_word(parse([str(word) for word in words]))
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def shop(tmp_path: Path, say: Say) -> Path:
    path = tmp_path / "tea.shuke"
    status, out, _ = say("demo", "--book", path, "--customers", 30, "--json")
    assert status == 0
    assert json.loads(out)["customers"] == 30
    return path


def test_report_answers_in_json_and_in_words(shop: Path, say: Say) -> None:
    status, out, _ = say("report", "--book", shop, "--json", "--as-of", "2099-01-01")
    plain = json.loads(out)
    assert status == 0
    assert plain["customers"] == 30
    assert plain["as_of"] == "2099-01-01"
    status, out, _ = say("--book", shop, "report")
    assert status == 0
    assert "Had bought before (b)" in out


def test_search_finds_by_last_digits_and_says_when_nobody_is(shop: Path, say: Say) -> None:
    with Book.open(shop) as book:
        name, phone = book.row(
            "SELECT name, value FROM customer JOIN contact_point ON customer_id = customer.id WHERE "
            "contact_point.kind = 'phone' LIMIT 1"
        )
    status, out, _ = say("search", phone[-4:], "--book", shop, "--json")
    assert status == 0
    assert name in [found["name"] for found in json.loads(out)["customers"]]
    assert name in say("search", phone[-4:], "--book", shop)[1]
    status, out, _ = say("search", "nobodyhasthisname", "--book", shop, "--json")
    assert (status, json.loads(out)) == (1, {"customers": []})


def test_undo_takes_the_sample_back(shop: Path, say: Say) -> None:
    assert say("undo", "--book", shop, "--json")[:2] == (0, '{\n  "undone": "Fill the sample shop"\n}\n')
    assert say("undo", "--book", shop)[0] == 1


def test_check_finds_summaries_and_words_out_of_step(shop: Path, say: Say) -> None:
    assert say("check", "--book", shop, "--json")[:2] == (0, '{\n  "findings": []\n}\n')
    with Book.open(shop) as book:
        book.db.execute_sql("UPDATE customer_summary SET spend = spend + 1 WHERE customer_id < 4")
        book.db.execute_sql("DELETE FROM customer_search WHERE rowid = 1")
    status, out, _ = say("check", "--book", shop, "--json")
    found = {one["check"]: one["count"] for one in json.loads(out)["findings"]}
    assert status == 1
    assert found["summaries"] == 3
    assert found["search"] > 0
    assert "3 customers' figures" in say("check", "--book", shop)[1]


def test_a_book_travels_through_a_workbook(shop: Path, tmp_path: Path, say: Say) -> None:
    workbook, other = tmp_path / "whole.xlsx", tmp_path / "other.shuke"
    assert say("export", workbook, "--book", shop)[0] == 0
    status, out, _ = say("import", workbook, "--book", other, "--json")
    assert status == 0
    assert json.loads(out)["customers"] == {"new": 30, "matched": 0}
    assert reported(say, shop) == reported(say, other)


@pytest.mark.parametrize(
    ("what", "file", "begins"),
    [
        ("customers", "c.xlsx", b"PK"), ("customers", "c.csv", b"\xef\xbb\xbfName,"),
        ("customers", "c.vcf", b"BEGIN:VCARD\r\nVERSION:3.0"), ("tasks", "t.ics", b"BEGIN:VCALENDAR\r\n"),
        ("birthdays", "b.ics", b"BEGIN:VCALENDAR\r\n"), ("template-orders", "t.xlsx", b"PK"),
    ],
)  # fmt: skip
def test_lists_go_out_as_what_their_names_say(
    shop: Path, tmp_path: Path, say: Say, what: str, file: str, begins: bytes
) -> None:
    status, out, _ = say("export", tmp_path / file, "--what", what, "--book", shop, "--json")
    assert status == 0
    assert json.loads(out)["rows"] > 0
    assert (tmp_path / file).read_bytes().startswith(begins)


def test_a_file_that_a_list_cannot_become(shop: Path, tmp_path: Path, say: Say) -> None:
    for what, file in (
        ("customers", "c.pdf"),
        ("orders", "o.vcf"),
        ("book", "b.csv"),
        ("template-orders", "t.csv"),
    ):
        status, _, told = say("export", tmp_path / file, "--what", what, "--book", shop)
        assert status == 2
        assert "Choose a name that ends in .xlsx" in told
        assert not (tmp_path / file).exists()


def test_a_template_needs_no_book(tmp_path: Path, say: Say) -> None:
    nowhere = tmp_path / "nowhere.shuke"
    assert say("export", tmp_path / "t.xlsx", "--what", "template-customers", "--book", nowhere)[0] == 0
    assert (tmp_path / "t.xlsx").is_file()
    assert not nowhere.exists()


def reported(say: Say, book: Path) -> Any:
    return json.loads(say("report", "--book", book, "--json", "--as-of", "2099-01-01")[1])


def test_import_reads_a_list_tells_problems_and_can_try_first(tmp_path: Path, say: Say) -> None:
    book, file = tmp_path / "new.shuke", tmp_path / "orders.csv"
    file.write_text(
        "Order number,Order date,Customer,Phone,Total\n"
        "A1,2026-01-05,王丽华,13000000001,100.50\n"
        "A2,not a day,陈志强,13000000002,20\n",
        encoding="utf-8",
    )
    status, out, _ = say("import", file, "--book", book, "--json", "--dry-run")
    plain = json.loads(out)
    assert status == 1
    assert plain["written"] is False
    assert (plain["rows"], plain["orders"]["new"], len(plain["problems"])) == (2, 1, 1)
    assert not book.exists()
    assert plain["problems"][0]["row"] == 3
    status, out, _ = say("import", file, "--book", book)
    assert status == 1
    assert "Row 3" in out
    assert reported(say, book)["gross"] == 100.5


def test_import_in_a_mode_and_with_its_problem_rows(tmp_path: Path, say: Say) -> None:
    book, file, bad = tmp_path / "new.shuke", tmp_path / "orders.csv", tmp_path / "mend.xlsx"
    header = "Order number,Order date,Phone,Total,Status,Note\n"
    file.write_text(header + "A1,2026-01-05,13000000001,100.50,Shipped,\n", encoding="utf-8")
    assert say("import", file, "--book", book)[0] == 0
    file.write_text(
        header + "A1,2026-01-05,13000000001,100.50,Completed,gift\nA2,not a day,13000000002,20,Paid,\n",
        encoding="utf-8",
    )
    words = ("import", file, "--book", book, "--json")
    plain = json.loads(say(*words, "--mode", "add", "--dry-run")[1])
    assert (plain["mode"], plain["updated"]["fields"]) == ("add", 0)
    plain = json.loads(say(*words, "--mode", "fill", "--dry-run", "--problems", bad)[1])
    assert plain["updated"] == {"customers": 0, "orders": 1, "entries": 0, "fields": 1}
    assert bad.is_file()
    status, out, _ = say("import", file, "--book", book, "--mode", "update")
    assert status == 1
    assert "Changed records" in out
    with Book.open(book) as opened:
        assert opened.row("SELECT status, note FROM orders") == ("completed", "gift")


def test_missing_books_and_wrong_words_are_refused_with_a_sentence(tmp_path: Path, say: Say) -> None:
    missing = tmp_path / "none.shuke"
    status, out, err = say("report", "--book", missing)
    assert (status, out) == (2, "")
    assert str(missing) in err
    assert not missing.exists()
    status, _, err = say("import", tmp_path / "none.xlsx", "--book", tmp_path / "new.shuke")
    assert status == 2
    assert err
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(SystemExit) as ended:
        parse(["report", "--as-of", "yesterday"])
    assert ended.value.code == 2


def test_it_speaks_chinese(shop: Path, say: Say) -> None:
    _, out, _ = say("report", "--book", shop, "--language", "zh_CN")
    assert "复购" in out
    assert "Satisfaction" not in out


def test_columns_line_up_in_either_script(capsys: pytest.CaptureFixture[str]) -> None:
    table([("净额", "¥1"), ("Net", "¥100")], right=(1,))
    lines = capsys.readouterr().out.splitlines()
    assert len({width(line) for line in lines}) == 1


def test_every_list_that_can_be_written_has_a_word() -> None:
    assert set(SUBJECTS) == set(WHAT)


def test_the_program_runs_as_a_module_and_prints_utf8(shop: Path) -> None:
    def said(*words: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "desktop", *words, "--language", "zh_CN"],
            capture_output=True,
            check=False,
            # What a console of another code page would have it speak.
            env={**os.environ, "PYTHONIOENCODING": "gbk"},
            timeout=60,
        )
        return done.returncode, (done.stdout + done.stderr).decode("utf-8")

    assert said("search", "a", "--book", str(shop))[0] in (0, 1)
    assert "账本" in said("--help")[1]
    assert "昨天" in said("report", "--as-of", "昨天")[1]


def test_a_word_does_not_load_what_it_does_not_need(shop: Path) -> None:
    code = (
        "import sys; sys.argv = ['shuke', 'search', 'a', '--book', sys.argv[1]]\n"
        "from desktop.__main__ import main; main()\n"
        "print([m for m in ('numpy', 'scipy', 'openpyxl', 'PySide6', 'pyqtgraph') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(shop)], capture_output=True, check=True, timeout=60
    )
    assert done.stdout.decode("utf-8").splitlines()[-1] == "[]"
