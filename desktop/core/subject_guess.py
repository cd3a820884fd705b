"""What a complaint is about, guessed from the words it came in; a clerk puts it right where it is wrong."""

from __future__ import annotations

import re

from desktop.core.folding import fold

_CHINESE = (
    ("incident", "过敏 受伤 烫伤 割伤 住院 被盗 着火 漏电 泄露 吵架 打架"),
    ("attitude", "态度 不耐烦 爱理不理 骂 凶 看不起 冷淡 没礼貌 推销"),
    ("contract", "发票 少发 少了 漏发 发错 错发 多收 价格 优惠 差价 收据"),
    ("delivery", "快递 物流 没收到 未收到 还没到 没到 晚到 丢件 包裹 派送 压坏"),
    ("service", "没人回 不回复 没回 等了 推诿 踢皮球 答应 说好 维修 安装 退款慢"),
    ("equipment", "厕所 卫生间 空调 停车 网站 付不了款 扫码 设备 座位 不干净"),
    ("quality", "坏 破 漏 变质 过期 发霉 异味 质量 掉色 假 裂"),
)
"""The rarer first: a parcel that is broken and late is one of delivery, a rude clerk one of attitude."""

_ENGLISH = (
    ("incident", "allerg|injur|hurt|burnt|stolen|theft|fire|my data"),
    ("attitude", "rude|unfriendly|attitude|ignored|shout|insult|looked down|pushy"),
    (
        "contract",
        "invoice|receipt|missing|wrong item|wrong colou?r|wrong size|overcharged|pric|discount|quantit",
    ),
    ("delivery", r"courier|parcel|deliver|not arrived|hasn't arrived|late\b|lost on|shipping|tracking"),
    ("service", "no answer|no reply|wait|promised|nobody|repair|install|advice"),
    ("equipment", "toilet|parking|website|payment|air condition|seat|dirty|card reader"),
    ("quality", "broken|faulty|mould|stale|expired|smell|quality|crack|leak|defect|fake"),
)

_WORDS = tuple(
    (subject, re.compile(f"{'|'.join(chinese.split())}|\\b(?:{english})"))
    for (subject, chinese), (_, english) in zip(_CHINESE, _ENGLISH, strict=True)
)


def guess_subject(text: str) -> str:
    """The subject that the words speak of; "" where they say nothing."""
    folded = fold(text)
    return next((subject for subject, words in _WORDS if words.search(folded)), "")
