"""At which stage a contact stands, guessed from what is said and from what is going on with the customer."""

from __future__ import annotations

from desktop.core.folding import fold

_AFTER = (
    "退", "换", "坏", "修", "投诉", "不满", "漏", "破", "质量", "保修", "安装", "怎么用", "回访", "满意",
    "return", "refund", "broken", "repair", "exchange", "complain", "warranty", "install", "faulty",
    "wrong", "happy with", "follow up",
)  # fmt: skip
_BEFORE = (
    "问", "有没有", "多少钱", "价格", "预订", "推荐", "新品", "到货", "想买", "样品", "试喝",
    "ask", "price", "how much", "in stock", "recommend", "interested", "quote", "sample", "looking for",
)  # fmt: skip
_DURING = (
    "发货", "快递", "付款", "地址", "包装", "物流", "到哪", "改单", "自提",
    "ship", "deliver", "parcel", "pay", "address", "pick up", "pickup", "tracking",
)  # fmt: skip
RECENT_DAYS = 14
"""Days after a purchase in which a contact is likelier to be about it than about the next one."""


def guess_stage(text: str, *, troubled: bool, underway: bool, days_since_purchase: int | None) -> str:
    """pre-sale, in-sale or after-sale: the words decide; where they say nothing, what is going on.

    `troubled`: a complaint or service case is open; `underway`: something is ordered and not yet there.
    """
    folded = fold(text)
    for stage, said in (("after-sale", _AFTER), ("in-sale", _DURING), ("pre-sale", _BEFORE)):
        if any(word in folded for word in said):
            return stage
    if troubled:
        return "after-sale"
    if underway:
        return "in-sale"
    recent = days_since_purchase is not None and days_since_purchase <= RECENT_DAYS
    return "after-sale" if recent else "pre-sale"
