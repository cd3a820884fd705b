"""What stands below the seven subjects of a complaint, as the program brings it, and how a book keeps it.

The rule for what is stored: a complaint keeps a built-in detail by its English title, whatever language the
window spoke when it was chosen, and the shop's own by its words. A built-in one is translated where it is
shown; what is typed or imported is known as built-in in either language. So a switch of the language changes
what is read and nothing that is kept, and figures count one thing once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from desktop.core.folding import fold
from desktop.core.translation import mark, tr


class Detail(NamedTuple):
    """A built-in detail: its title (as kept, translated where shown), and how it is written in Chinese: the
    translation first, then shorter words for the same."""

    title: str
    also: tuple[str, ...]


BUILT_IN: Mapping[str, tuple[Detail, ...]] = {
    "quality": (
        Detail(mark("Broken or faulty"), ("有破损或故障", "破损", "故障")),
        Detail(mark("Not as described"), ("与描述不符", "描述不符")),
        Detail(mark("Wrong size or fit"), ("尺寸不合适", "尺寸不合")),
        Detail(mark("Spoiled or past its date"), ("变质或过期", "变质", "过期")),
        Detail(mark("Poor material or finish"), ("做工或用料差", "做工差")),
        Detail(mark("Doubted to be genuine"), ("怀疑不是正品", "怀疑假货")),
    ),
    "contract": (
        Detail(mark("Wrong quantity"), ("数量不对", "数量")),
        Detail(mark("Wrong goods"), ("发错货", "货不对板")),
        Detail(mark("Price or discount"), ("价格或优惠", "价格")),
        Detail(mark("Delivery date not kept"), ("交货期没守住", "交货期", "交期")),
        Detail(mark("Invoice or receipt"), ("发票或收据", "发票")),
        Detail(mark("Return or refund"), ("退货或退款", "退货", "退款")),
    ),
    "delivery": (
        Detail(mark("Late parcel"), ("送得太晚", "物流慢", "晚到")),
        Detail(mark("Damaged on the way"), ("运输损坏", "运输破损")),
        Detail(mark("Parcel lost"), ("包裹丢失", "丢件")),
        Detail(mark("Wrong address"), ("地址不对", "送错地址")),
        Detail(mark("Not left as agreed"), ("没按约定投放", "未按约定投放")),
        Detail(mark("The courier's manners"), ("快递员态度", "快递态度")),
    ),
    "equipment": (
        Detail(mark("Out of order"), ("设备坏了", "设备故障")),
        Detail(mark("Not clean"), ("不干净", "卫生差")),
        Detail(mark("Hard to find or to reach"), ("不好找、不方便", "不好找")),
        Detail(mark("Crowded or noisy"), ("太挤或太吵", "拥挤吵闹")),
        Detail(mark("Website or payment fails"), ("网站或付款出错", "付款出错")),
    ),
    "attitude": (
        Detail(mark("Unfriendly"), ("态度冷淡", "不友好")),
        Detail(mark("Ignored or left waiting"), ("被冷落、没人理", "没人理")),
        Detail(mark("Pressed to buy"), ("强行推销", "硬推销")),
        Detail(mark("Blamed or not believed"), ("被指责、不被相信", "被指责")),
        Detail(mark("Looked down on"), ("被看不起", "看不起人")),
    ),
    "service": (
        Detail(mark("Slow to answer"), ("回复慢", "回复太慢")),
        Detail(mark("Wrong advice"), ("建议有误", "推荐错误")),
        Detail(mark("Word not kept"), ("说到没做到", "承诺没兑现")),
        Detail(mark("Mistake at the till"), ("收银出错", "结账出错")),
        Detail(mark("Repair or installation"), ("维修或安装", "维修", "安装")),
        Detail(mark("Sent from one to another"), ("互相推诿", "踢皮球")),
    ),
    "incident": (
        Detail(mark("Injury or allergy"), ("受伤或过敏", "受伤", "过敏")),
        Detail(mark("Theft or loss"), ("被盗或遗失", "被盗")),
        Detail(mark("Fire, water or power"), ("火、水、电事故", "停电")),
        Detail(mark("Personal data"), ("个人信息泄露", "信息泄露")),
        Detail(mark("Quarrel with others"), ("与他人争执", "争执")),
    ),
}
"""The second level of each subject, unless the shop has its own."""


@cache
def _known(subject: str) -> Mapping[str, str]:
    """What is written for a built-in detail of a subject, folded → its title."""
    return {fold(words): title for title, also in BUILT_IN.get(subject, ()) for words in (title, *also)}


@cache
def _everywhere() -> Mapping[str, str]:
    """The full names of all built-in details, in both languages, folded → the title."""
    return {
        fold(words): title for many in BUILT_IN.values() for title, also in many for words in (title, also[0])
    }


def is_built_in(subject: str, detail: str) -> bool:
    """Whether a detail, as it is kept, is one that the program brings for a subject."""
    return any(detail == one.title for one in BUILT_IN.get(subject, ()))


def shown(subject: str, detail: str) -> str:
    """A detail as the user reads it: a built-in one in their language, the shop's own as it is.

    Also one of another subject, which a complaint may bear whose subject was changed.
    """
    return tr(detail) if is_built_in(subject, detail) or _everywhere().get(fold(detail)) == detail else detail


def kept(subject: str, text: str) -> str:
    """What a book keeps for a detail as somebody wrote it, in whatever language; "" for none."""
    text = " ".join(text.split())
    folded = fold(text)
    return _known(subject).get(folded) or _everywhere().get(folded) or text
