"""The words exports use for an order's state, a channel, a gender: read in either language."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.core.translation import mark, tr
from desktop.exchange.vocabulary import synonyms

UNKNOWN_KIND = mark("“{value}” is not a kind of customer")
UNKNOWN_RELATION = mark("“{value}” is not a known relation")
UNKNOWN_GENDER = mark("“{value}” is not a known gender")

# Folded word → code; each line one code, separated by bars.
_STATUSES = {
    "unpaid": (
        "pending|awaiting payment|pending payment|on hold|pending-payment|on-hold|等待买家付款|待付款|"
        "未付款|未支付|待支付|等待付款"
    ),
    "paid": (
        "processing|paid in full|partially paid|authorized|买家已付款|买家已付款,等待卖家发货|已付款|"
        "已支付|待发货|等待发货|等待出库|支付成功|已成团|备货中"
    ),
    "shipped": (
        "in transit|dispatched|fulfilled|卖家已发货|卖家已发货,等待买家确认|已发货|待收货|等待收货|"
        "运输中|已出库|派送中|卖家部分发货"
    ),
    "completed": (
        "complete|done|delivered|closed|succeeded|success|partially refunded|交易成功|已完成|完成|"
        "已签收|已收货|已妥投|成功|订单完成|已评价|待评价|部分退款"
    ),
    "cancelled": "canceled|void|voided|failed|交易关闭|已取消|取消|已关闭|关闭|订单取消|超时关闭",
    "returned": "refunded|return|refund|退货|已退货|已退款|退款成功|全额退款|退货退款",
}
_CHANNELS = {
    "shop": "store|counter|pos|in store|offline|门店|线下|实体店|柜台",
    "wechat": "weixin|微信小店|微信小程序|小程序|视频号",
    "taobao": "tmall|天猫|淘宝网|淘宝天猫",
    "jd": "jingdong|jd.com|京东商城",
    "pinduoduo": "pdd",
    "douyin": "tiktok|抖店|抖音小店",
    "1688": "阿里巴巴|alibaba",
    "youzan": "有赞商城",
    "site": "website|web|online|online store|own site|官网|网站|商城",
    "phone": "telephone|电话订购",
    "email": "mail|邮件",
}
_KINDS = {
    "individual": "person|private|个人客户|散客|零售客户",
    "company": "business|organisation|organization|公司|企业客户|单位",
    "distributor": "reseller|agent|dealer|wholesaler|经销商|代理商|代理|批发商|分销|分销商/代理",
    "internal": "staff|employee|内部客户|员工",
}
_RELATIONS = {
    "prospect": "lead|潜在|潜在客户|意向客户",
    "target": "目标",
    "active": "current|customer|现实|老客户|成交客户|正式客户",
    "lost": "churned|inactive|流失",
    "not-a-customer": "none|非客户",
}
_GENDERS = {
    "female": "f|w|woman|女士|小姐|女性",
    "male": "m|man|先生|男性",
    "other": "x|diverse|保密|未知|其他",
}


def _folded(table: Mapping[str, str]) -> dict[str, str]:
    return {synonyms.folded(word): code for code, said in table.items() for word in said.split("|")}


STATUSES: Mapping[str, str] = _folded(_STATUSES)
CHANNELS: Mapping[str, str] = _folded(_CHANNELS)
KINDS: Mapping[str, str] = _folded(_KINDS)
RELATIONS: Mapping[str, str] = _folded(_RELATIONS)
GENDERS: Mapping[str, str] = _folded(_GENDERS)

# The names that Shuke itself writes into a workbook, in Chinese, whatever language is spoken now.
_CHINESE: Mapping[str, str] = {
    "个人": "individual", "企业": "company", "分销商": "distributor", "内部": "internal",
    "潜在客户": "prospect", "目标客户": "target", "现实客户": "active", "流失客户": "lost",
    "非客户": "not-a-customer",
    "女": "female", "男": "male", "其他": "other",
    "店面": "shop", "电话": "phone", "微信": "wechat", "微博": "weibo", "淘宝": "taobao", "京东": "jd",
    "拼多多": "pinduoduo", "抖音": "douyin", "有赞": "youzan", "自有网店": "site", "短信": "sms",
    "未付款": "unpaid", "已付款": "paid", "已发货": "shipped", "已完成": "completed", "已取消": "cancelled",
    "已退货": "returned",
}  # fmt: skip


def code(table: Mapping[str, str], more: Mapping[str, str], folded: str) -> str | None:
    """The code that a folded word stands for: the code itself, its name in either language, or a synonym."""
    if folded in table:
        return folded
    for known, name in table.items():
        if name and folded in (synonyms.folded(name), synonyms.folded(tr(name))):
            return known
    chinese = _CHINESE.get(folded)
    if chinese in table:
        return chinese
    return more.get(folded)
