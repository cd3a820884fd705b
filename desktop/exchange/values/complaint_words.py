"""What a list calls the subject of a complaint: one of the seven, what stands below one, or both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from desktop.core.complaint_subjects import BUILT_IN, kept
from desktop.core.text import fold
from desktop.core.translation import language, tr
from desktop.core.words import SUBJECTS
from desktop.exchange.reading.table import Cell, cell_text
from desktop.exchange.values.base import Reading, ValueFault, said
from desktop.exchange.values.code_words import WORDS
from desktop.exchange.vocabulary import synonyms

_BETWEEN = re.compile(r"\s*(?:[:：/／\\>＞→|｜·、;；,，—–]+|\s-+\s?|-+\s|[(（\[【])\s*")
"""What lists put between a subject and what stands below it."""
_AFTER = " )）]】"
_BARE = frozenset({
    "product", "商品问题", "产品质量", "质量", "质量问题", "合同", "合同问题", "shipping", "shipment",
    "logistics", "物流问题", "快递", "快递问题", "配送", "配送问题", "facility", "facilities", "设备",
    "设施", "环境", "staff attitude", "态度", "态度问题", "客服态度", "behaviour", "behavior",
    "customer service", "服务", "服务问题", "客服", "客服问题", "售后", "售后服务", "support",
    "突发事件", "事故", "意外", "accident", "emergency", "courier", "contract", "交易",
})  # fmt: skip
"""Words for a subject that say no more than its name does; of others the word itself is kept below it."""


class SubjectWords(NamedTuple):
    """A subject and, as the book keeps it, what stands below it ("" for nothing)."""

    subject: str
    detail: str


def subject_words(text: str, own: Mapping[str, str]) -> SubjectWords | None:
    """The subject that a text speaks of; None where it is none.

    `own`: what stands below a subject in this shop, folded → the subject.
    """
    text = " ".join(text.split())
    if found := _whole(text, own):
        return found
    parts = _BETWEEN.split(text, maxsplit=1)
    if len(parts) == 2 and (found := _whole(parts[0], own)):
        return SubjectWords(found.subject, kept(found.subject, parts[1].rstrip(_AFTER)) or found.detail)
    return None


def _whole(text: str, own: Mapping[str, str]) -> SubjectWords | None:
    folded = synonyms.folded(text)
    if _is_name(folded):
        return SubjectWords(WORDS["complaint_subject"].code(text) or "", "")
    below = own.get(fold(text)) or _built_in().get(fold(text))
    if below:
        return SubjectWords(below, kept(below, text))
    code = WORDS["complaint_subject"].code(text)
    if code is None:
        return None
    return SubjectWords(code, "" if folded in _BARE else text)


def _is_name(folded: str) -> bool:
    """Whether a word is the very name of a subject."""
    return folded in _names(language())


@cache
def _names(_: str) -> frozenset[str]:
    """The names of the subjects, in a language and in Chinese."""
    return _CHINESE.union(
        synonyms.folded(name) for code, english in SUBJECTS.items() for name in (code, english, tr(english))
    )


_CHINESE = frozenset(
    {"商品质量", "购销合同", "物流", "设备", "设备设施", "服务态度", "服务质量", "突发性事件"}
)
"""The names in Chinese, whatever language is spoken now."""


@cache
def _built_in() -> Mapping[str, str]:
    """Every way to write what stands below a subject, folded; words that stand below several are left out."""
    found: dict[str, str] = {}
    several = set()
    for subject, details in BUILT_IN.items():
        for written in {fold(one) for title, also in details for one in (title, *also)}:
            if found.setdefault(written, subject) != subject:
                several.add(written)
    return {written: subject for written, subject in found.items() if written not in several}


def read_subject(cell: Cell, reading: Reading) -> str | None:
    """The code of a subject. Raises ValueFault."""
    text = said(cell)
    if text is None:
        return None
    if found := subject_words(text, reading.details):
        return found.subject
    unknown = WORDS["complaint_subject"].unknown
    raise ValueFault(tr(unknown, value=cell_text(cell)))


def read_detail(cell: Cell, reading: Reading) -> str:
    """What a subject's cell says beyond the subject; "" for nothing."""
    text = said(cell)
    found = subject_words(text, reading.details) if text else None
    return found.detail if found else ""


def subject_below(text: str, own: Mapping[str, str]) -> str:
    """The subject below which a detail stands, where it stands below one only; "" where nobody knows."""
    found = subject_words(text, own)
    return found.subject if found else ""
