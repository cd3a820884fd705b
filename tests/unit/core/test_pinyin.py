"""Names are found and sorted by pinyin, surnames read as surnames."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.name_forms import name_forms
from desktop.core.pinyin import MOST_READINGS, name_readings, sort_key


@pytest.mark.parametrize(
    ("name", "first", "also"),
    [
        ("单雄信", "shanxiongxin", "danxiongxin"),
        ("曾国藩", "zengguofan", "cengguofan"),
        ("仇英", "qiuying", "chouying"),
        ("解缙", "xiejin", "jiejin"),
        ("查良镛", "zhaliangyong", "chaliangyong"),
        ("区小明", "ouxiaoming", "quxiaoming"),
        ("翟天临", "zhaitianlin", "ditianlin"),
        ("种师道", "chongshidao", "zhongshidao"),
        ("朴树", "piaoshu", "pushu"),
        ("尉迟恭", "yuchigong", "weichigong"),
        ("万俟卨", "moqixie", "wanqixie"),
        ("單雄信", "shanxiongxin", "danxiongxin"),
        ("老单", "laoshan", "laodan"),
        ("重阳", "chongyang", "zhongyang"),
    ],
)
def test_surnames_are_read_as_surnames_and_the_other_reading_finds_too(
    name: str, first: str, also: str
) -> None:
    readings = name_readings(name)
    assert readings.full[0] == first
    assert also in readings.full


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("王丽华", "wanglihua", "wlh"),
        ("欧阳修", "ouyangxiu", "oyx"),
        ("上官婉儿", "shangguanwaner", "sgwe"),
        ("司马迁", "simaqian", "smq"),
        ("诸葛亮", "zhugeliang", "zgl"),
        ("長孫無忌", "zhangsunwuji", "zswj"),
        ("吕布", "lvbu", "lb"),
        ("重庆火锅店", "chongqinghuoguodian", "cqhgd"),
        ("中国银行", "zhongguoyinhang", "zgyh"),
        ("王Lily", "wanglily", "wl"),
        ("Emma Watson", "emmawatson", "ew"),
        ("José", "jose", "j"),
        ("~小鱼儿~", "xiaoyuer", "xye"),
        ("王\u3000丽华", "wanglihua", "wlh"),
    ],
)
def test_readings(name: str, full: str, initials: str) -> None:
    readings = name_readings(name)
    assert readings.full[0] == full
    assert readings.initials[0] == initials


def test_the_given_name_alone() -> None:
    assert name_readings("王丽华").given == ("lihua",)
    assert name_readings("欧阳修").given == ("xiu",)
    assert name_readings("Emma Watson").given == ()


@given(st.text(max_size=12))
def test_any_text_gives_few_plain_readings(name: str) -> None:
    readings = name_readings(name)
    assert len(readings.full) <= MOST_READINGS
    assert all(full for full in readings.full)
    assert len(set(readings.full)) == len(readings.full)
    assert sort_key(name) == sort_key(name)


@given(st.text(alphabet="王李单曾乐行重长解查区丽华明欧阳尉迟", min_size=1, max_size=5))
def test_chinese_names_read_as_letters(name: str) -> None:
    readings = name_readings(name)
    assert all(full.isascii() and full.isalpha() for full in readings.full)
    assert all(len(initials) == len(name) for initials in readings.initials)


def test_order() -> None:
    names = [
        "王丽",
        "汪刚",
        "wang wei",
        "Wanger",
        "王刚",
        "汪丽",
        "张三",
        "Alice",
        "~李四",
        "单雄信",
        "Zoe",
        "曾一",
        "Émile",
    ]
    assert sorted(names, key=sort_key) == [
        "Alice",
        "Émile",
        "~李四",
        "单雄信",
        "wang wei",
        "汪刚",
        "汪丽",
        "王刚",
        "王丽",
        "Wanger",
        "曾一",
        "张三",
        "Zoe",
    ]
    assert sorted(["", "🌸", "Zoe"], key=sort_key)[0] == "Zoe"


def test_importing_loads_no_dictionary() -> None:
    program = "import sys, desktop.core.pinyin; sys.exit('pypinyin' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_million_names_are_practicable() -> None:
    names = [a + b + c for a in "王李张单曾赵" for b in "丽国明小" for c in "华强芳乐"] * 300
    name_readings("王")
    began = time.perf_counter()
    for name in names:
        name_readings(name)
    # 250,000 a second on two modest cores; the bound leaves room for a busy machine.
    assert len(names) / (time.perf_counter() - began) > 30_000


def test_a_long_text_pasted_as_a_name_takes_no_time() -> None:
    began = time.process_time()
    for long in ("长" * 10_000, "曾w" * 5_000, "w " * 5_000):
        assert name_forms(long)
        assert len(name_readings(long).full) <= MOST_READINGS
    assert time.process_time() - began < 5
