"""Why a customer gave their stars: the reasons to tick for each number of stars, and how a book keeps them.

The rule for what is stored: `rating.reasons` holds titles, one a line; a built-in one by its English title,
whatever language the window spoke when it was ticked, and the shop's own by its words. What earlier versions
and files wrote in one line, parted by commas, is read too; so a title never holds one of `_PARTS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from desktop.core.folding import fold
from desktop.core.translation import mark, tr

STARS = (1, 2, 3, 4, 5)
MOST = 12
"""Reasons for one number of stars: more than that nobody reads before they tick."""
LONGEST = 40

PURCHASE, CASE, COMPLAINT = "purchase", "case", "complaint"
KINDS: Mapping[str, str] = {
    PURCHASE: mark("A purchase or the shop"), CASE: mark("A service case"),
    COMPLAINT: mark("How a complaint was handled"),
}  # fmt: skip
"""What is rated; each has reasons of its own."""


class Reason(NamedTuple):
    """A built-in reason: its title (as kept, translated where shown), and how it is written in Chinese: the
    translation first, then other words for the same."""

    title: str
    also: tuple[str, ...]


_BUILT_IN = (
    Reason(mark("Good quality"), ("质量好", "品质好")),
    Reason(mark("As described"), ("与描述一致", "描述相符")),
    Reason(mark("Good value"), ("性价比高", "划算", "实惠")),
    Reason(mark("Quick delivery"), ("送货快", "发货快", "物流快")),
    Reason(mark("Well packed"), ("包装好", "包装用心")),
    Reason(mark("Good advice"), ("推荐到位", "讲解专业")),
    Reason(mark("Friendly"), ("态度好", "服务好", "热情")),
    Reason(mark("Better than expected"), ("超出期望", "超出预期")),
    Reason(mark("Nothing special"), ("没有特别之处", "一般般", "一般")),
    Reason(mark("Rather dear"), ("有点贵", "偏贵")),
    Reason(mark("Little choice"), ("选择少", "款式少")),
    Reason(mark("Could be quicker"), ("可以再快些",)),
    Reason(mark("Slow delivery"), ("送货慢", "发货慢", "物流慢")),
    Reason(mark("Badly packed"), ("包装差", "包装不好")),
    Reason(mark("Poor quality"), ("质量差", "质量不好")),
    Reason(mark("Not as described"), ("与描述不符", "描述不符")),
    Reason(mark("Not as expected"), ("不如期望", "不如预期")),
    Reason(mark("Too dear"), ("太贵",)),
    Reason(mark("Broken or faulty"), ("有破损或故障", "破损", "故障")),
    Reason(mark("Wrong goods"), ("发错货", "货不对板")),
    Reason(mark("Unfriendly"), ("态度冷淡", "态度差", "服务差")),
    Reason(mark("Nobody answered"), ("没人回复", "没人理")),
    Reason(mark("Felt misled"), ("感觉被误导", "被骗")),
    Reason(mark("Quick"), ("处理快",)),
    Reason(mark("Taken seriously"), ("被认真对待", "被重视")),
    Reason(mark("Fair remedy"), ("补救合理",)),
    Reason(mark("Promise kept"), ("承诺已兑现",)),
    Reason(mark("Slow"), ("处理慢",)),
    Reason(mark("Had to ask again"), ("还得再催",)),
    Reason(mark("Too little"), ("补救太少",)),
    Reason(mark("Promise broken"), ("承诺未兑现",)),
    Reason(mark("Not believed"), ("不被相信",)),
    Reason(mark("Done well"), ("做得好", "修得好")),
    Reason(mark("Easy for me"), ("手续简单", "方便")),
    Reason(mark("Kept informed"), ("随时告知进度", "进度透明")),
    Reason(mark("Took long"), ("时间太长", "等得久")),
    Reason(mark("Left in the dark"), ("没有告知进度", "进度不透明")),
    Reason(mark("Too much trouble"), ("手续麻烦", "麻烦")),
    Reason(mark("Still not right"), ("还是没解决", "没修好")),
    Reason(mark("Cost too much"), ("费用太高",)),
)

_TICKED: Mapping[str, Mapping[int, tuple[str, ...]]] = {
    PURCHASE: {
        5: ("Good quality", "As described", "Good value", "Quick delivery", "Well packed", "Good advice",
            "Friendly", "Better than expected"),
        4: ("Good quality", "As described", "Good value", "Quick delivery", "Friendly", "Could be quicker",
            "Rather dear"),
        3: ("Nothing special", "Rather dear", "Little choice", "Slow delivery", "Badly packed",
            "Not as expected"),
        2: ("Poor quality", "Not as described", "Not as expected", "Too dear", "Slow delivery",
            "Badly packed", "Unfriendly"),
        1: ("Broken or faulty", "Wrong goods", "Poor quality", "Not as described", "Nobody answered",
            "Unfriendly", "Felt misled"),
    },
    CASE: {
        5: ("Done well", "Quick", "Friendly", "Easy for me", "Kept informed"),
        4: ("Done well", "Quick", "Friendly", "Easy for me", "Could be quicker"),
        3: ("Took long", "Left in the dark", "Too much trouble", "Friendly"),
        2: ("Took long", "Left in the dark", "Too much trouble", "Unfriendly", "Cost too much"),
        1: ("Still not right", "Took long", "Left in the dark", "Too much trouble", "Unfriendly",
            "Cost too much"),
    },
    COMPLAINT: {
        5: ("Quick", "Friendly", "Taken seriously", "Fair remedy", "Promise kept"),
        4: ("Quick", "Friendly", "Taken seriously", "Fair remedy", "Promise kept", "Could be quicker"),
        3: ("Slow", "Had to ask again", "Too little", "Friendly"),
        2: ("Slow", "Had to ask again", "Unfriendly", "Too little", "Promise broken"),
        1: ("Slow", "Had to ask again", "Unfriendly", "Not believed", "Too little", "Promise broken"),
    },
}  # fmt: skip

_PARTS = re.compile(r"[,，、;；\r\n]+")


@cache
def _known() -> Mapping[str, str]:
    """What is written for a built-in reason, folded → its title."""
    return {fold(words): title for title, also in _BUILT_IN for words in (title, *also)}


@cache
def _titles() -> frozenset[str]:
    return frozenset(title for title, _ in _BUILT_IN)


def built_in(stars: int, kind: str = PURCHASE) -> list[str]:
    """The titles that the program offers for 1 to 5 stars."""
    return list(_TICKED[kind][stars])


def own_key(stars: int, kind: str = PURCHASE) -> str:
    """Under which key of the setting `ratings.reasons` a shop keeps its own list."""
    return str(stars) if kind == PURCHASE else f"{kind}.{stars}"


def reasons(own: object, stars: int | None, kind: str = PURCHASE) -> list[str]:
    """The titles to offer: the shop's own list (of the setting `ratings.reasons`), else the program's.

    Without stars all of them, each once, those of many stars first.
    """
    if stars is None:
        return list(dict.fromkeys(one for many in reversed(STARS) for one in reasons(own, many, kind)))
    listed = own.get(own_key(stars, kind)) if isinstance(own, dict) else None
    if not isinstance(listed, list):
        return built_in(stars, kind)
    return list(dict.fromkeys(title for one in listed if (title := kept(str(one)))))


def is_built_in(title: str) -> bool:
    """Whether a reason, as it is kept, is one that the program brings."""
    return title in _titles()


def kept(text: str) -> str:
    """What a book keeps for one reason as somebody wrote it, in whatever language; "" for none."""
    text = " ".join(_PARTS.sub(" ", text).split())[:LONGEST].rstrip()
    return _known().get(fold(text), text)


def reason_name(title: str) -> str:
    """A reason as the user reads it: a built-in one in their language, the shop's own as it is."""
    return tr(title) if is_built_in(title) else title


def split(text: str) -> list[str]:
    """The titles in what a book keeps, or in what somebody wrote in one line; each once."""
    return list(dict.fromkeys(title for one in _PARTS.split(text) if (title := kept(one))))


def join(titles: Iterable[str]) -> str:
    """What a book keeps for these reasons."""
    return "\n".join(dict.fromkeys(title for one in titles if (title := kept(one))))


def reasons_said(text: str) -> str:
    """What a book keeps, as the user reads it in a line."""
    return tr(", ").join(map(reason_name, split(text)))
