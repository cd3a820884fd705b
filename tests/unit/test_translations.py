"""The Chinese is complete and in step with the code, and the tool that keeps it so tells when it is not."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from tools import translations

CODE = """
from desktop.core.translation import mark, ntr, tr

NAMES = [mark("Tea")]


def show(n: int, name: str) -> list[str]:
    return [tr("Open “{name}”", name=name), ntr("{n} row", "{n} rows", n), tr("Long "
        "sentence"), tr(NAMES[0])]
"""
CHINESE = {"Tea": "茶", "Open “{name}”": "打开“{name}”", "{n} row": "{n} 行", "Long sentence": "长句"}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A small program with every way to say a sentence."""
    folder = tmp_path / "desktop"
    folder.mkdir()
    (folder / "shop.py").write_text(CODE, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of catalogues with one part that waits to be merged."""
    parts = tmp_path / "translations" / "parts"
    parts.mkdir(parents=True)
    part = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=utf-8\\n"', ""]
    for source, text in CHINESE.items():
        plural = source == "{n} row"
        part += [f'msgid "{source}"', *(['msgid_plural "{n} rows"'] if plural else [])]
        part += [f'msgstr{"[0]" if plural else ""} "{text}"', ""]
    (parts / "some.po").write_text("\n".join(part), encoding="utf-8")
    return parts.parent


def test_the_chinese_is_complete_and_in_step() -> None:
    problems = translations.problems()
    assert not problems, f"{len(problems)} to mend, `run translations` lists them; first {problems[:3]}"


def test_every_kind_of_sentence_is_found(sources: Path) -> None:
    assert translations.extract(sources) == {
        "Tea": "Tea",
        "Open “{name}”": "Open “{name}”",
        "{n} row": ("{n} row", "{n} rows"),
        "Long sentence": "Long sentence",
    }


def test_parts_are_merged_and_compiled(sources: Path, folder: Path) -> None:
    assert translations.problems(sources, folder)[0] == "not merged yet: parts/some.po"
    assert translations.update(sources, folder) == []
    assert translations.problems(sources, folder) == []
    assert translations.parts(folder) == []
    with (folder / "zh_CN.mo").open("rb") as file:
        chinese = gettext.GNUTranslations(file)
    assert chinese.gettext("Tea") == "茶"
    assert chinese.ngettext("{n} row", "{n} rows", 1) == "{n} 行"
    assert chinese.ngettext("{n} row", "{n} rows", 2) == "{n} 行"


def test_an_update_without_news_changes_nothing(sources: Path, folder: Path) -> None:
    translations.update(sources, folder)
    before = {path.name: path.read_bytes() for path in folder.glob("zh_CN.*")}
    translations.update(sources, folder)
    assert before == {path.name: path.read_bytes() for path in folder.glob("zh_CN.*")}
    assert b"shop.py" not in before["zh_CN.po"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"茶"', '""', "not translated: 'Tea'"),
        ("打开“{name}”", "打开“{nam}”", "places differ: 'Open “{name}”' and '打开“{nam}”'"),
        ("打开“{name}”", "打开“{name”", "braces differ: 'Open “{name}”', '打开“{name”'"),
        ("{n} 行", "若干行", "places differ: '{n} rows' and '若干行'"),
        ('msgid "Tea"', '#, fuzzy\nmsgid "Tea"', "fuzzy: 'Tea'"),
        ('msgid "Tea"', 'msgid "Coffee"', "no longer in the code: 'Coffee'"),
        ('msgid "Tea"', 'msgid "Coffee"', "missing: 'Tea'"),
        ('msgid "Tea"', '#~ msgid "Coffee"\n#~ msgstr "咖啡"\n\nmsgid "Tea"', "obsolete entry: 'Coffee'"),
        ("茶", "茶叶", "zh_CN.mo is older than zh_CN.po"),
        ('msgid_plural "{n} rows"', 'msgid_plural "{n} lines"', "plural differs: '{n} row'"),
    ],
)
def test_what_is_amiss_is_named(sources: Path, folder: Path, old: str, new: str, problem: str) -> None:
    translations.update(sources, folder)
    po = folder / "zh_CN.po"
    text = po.read_text(encoding="utf-8")
    assert old in text
    po.write_text(text.replace(old, new), encoding="utf-8")
    assert problem in translations.problems(sources, folder)


def test_a_sentence_put_together_at_run_time_is_named(sources: Path, folder: Path) -> None:
    translations.update(sources, folder)
    (sources / "other.py").write_text('tr(f"{1} x")\ntr("a" + "b")\ntr("Tea")\n', encoding="utf-8")
    assert translations.computed_sentences(sources) == [
        "put together at run time: desktop/other.py:1",
        "put together at run time: desktop/other.py:2",
    ]


def test_a_translation_comes_back_with_its_sentence_until_pruned(sources: Path, folder: Path) -> None:
    translations.update(sources, folder)
    code = sources / "shop.py"
    code.write_text(CODE.replace('"Tea"', '"Coffee"'), encoding="utf-8")
    translations.update(sources, folder)
    assert "obsolete entry: 'Tea'" in translations.problems(sources, folder)
    code.write_text(CODE, encoding="utf-8")
    translations.update(sources, folder)
    assert translations.problems(sources, folder) == []
    code.write_text(CODE.replace('mark("Tea")', '""'), encoding="utf-8")
    translations.update(sources, folder, prune=True)
    assert translations.problems(sources, folder) == []


def test_a_disagreement_keeps_the_first_and_is_told(sources: Path, folder: Path) -> None:
    translations.update(sources, folder)
    (folder / "parts").mkdir(exist_ok=True)
    (folder / "parts" / "late.po").write_text('msgid "Tea"\nmsgstr "茗"\n', encoding="utf-8")
    assert translations.update(sources, folder) == ["late.po: 'Tea' is '茶' already, not '茗'"]
    assert 'msgstr "茶"' in (folder / "zh_CN.po").read_text(encoding="utf-8")


def test_a_part_that_cannot_be_read_stops_with_nothing_changed(sources: Path, folder: Path) -> None:
    (folder / "parts" / "bad.po").write_text('msgid "Tea"\n\nmsgid "Milk"\nmsgstr "奶"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.po: missing msgstr for msgid 'Tea'"):
        translations.update(sources, folder)
    assert len(translations.parts(folder)) == 2
    assert not (folder / "zh_CN.po").exists()
