"""The large book with a long memory: notes added until its timeline has as many entries as are asked for."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.books import DAY, sample_book
from desktop.core.days import iso
from desktop.models.book import Book
from desktop.models.service import Interaction
from desktop.queries.timeline import timeline_counts
from desktop.queries.timeline_sources import KINDS

OLD_FRIEND = 5_000
"""Entries of the customer with the longest memory."""
_SAID = (
    "问今年雨前茶什么时候到", "已发送说明", "要发票，抬头照旧", "桂花乌龙再留两罐", "说上次的礼盒朋友很喜欢",
    "Asked about the pre-rain harvest", "Sent the harvest note", "Wants the parcel held until Friday",
    "价格比去年高一些，说明了产地", "约好周五到店试饮", "地址改到公司",
    "Called about the tin; a sampler goes with the next parcel",
)  # fmt: skip
_STAGES = ("pre-sale", "in-sale", "after-sale")
_CHANNELS = ("wechat", "wechat", "shop", "phone", "taobao")


def timeline_book(folder: Path, customers: int) -> Path:
    """A closed book of so many customers with three entries for each, made if it is not there."""
    plain = sample_book(folder, customers)
    path = plain.with_name(plain.name.replace("sample-", "timeline-"))
    if not path.is_file():
        unfinished = path.with_suffix(".making")
        shutil.copyfile(plain, unfinished)
        with Book.open(unfinished) as book:
            fill(book, entries=3 * customers)
            book.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        unfinished.rename(path)
    return path


def fill(book: Book, entries: int) -> None:
    """Notes for customers by chance until the book has so many entries, and many for the first one."""
    counts = timeline_counts(book)
    missing = max(0, entries - OLD_FRIEND - sum(counts[kind] for kind in KINDS))
    last = int(book.value("SELECT max(id) FROM customer"))
    dice = random.Random(3)
    columns = ("customer_id", "stage", "channel", "happened_at", "minutes", "title", "text", "pinned", "gave")
    with book.step("notes") as step:
        step.insert_many(Interaction, columns, _notes(dice, missing, last))
        step.insert_many(Interaction, columns, _notes(dice, OLD_FRIEND, 1))


def _notes(dice: random.Random, count: int, last: int) -> Iterator[tuple[Any, ...]]:
    evening = datetime.combine(DAY, datetime.min.time()) - timedelta(hours=4)
    moments = sorted(dice.randrange(3 * 365) * 86_400 + dice.randrange(11 * 3600) for _ in range(count))
    for seconds in reversed(moments):
        text = "；".join(dice.sample(_SAID, dice.choice((1, 1, 1, 2, 4))))
        yield (
            dice.randint(1, last), dice.choice(_STAGES), dice.choice(_CHANNELS),
            iso(evening - timedelta(seconds=seconds)), dice.choice((None, 3, 8)), "", text, False, "",
        )  # fmt: skip
