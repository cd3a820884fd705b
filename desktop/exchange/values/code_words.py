"""The words that lists use for what the book keeps as codes: stages, severities, states; in both languages.

As in order_words.py; the names that Shuke itself shows are among them, in Chinese whatever language is
spoken now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.core import words
from desktop.core.translation import mark
from desktop.exchange.values import order_words
from desktop.exchange.vocabulary import synonyms


@dataclass(frozen=True, slots=True)
class Words:
    """The codes of a column with their names, further words for them, and what to say of an unknown one."""

    codes: Mapping[str, str]
    more: Mapping[str, str]
    unknown: str
    """Marked for translation."""

    def code(self, text: str) -> str | None:
        """The code that a text stands for, or None."""
        return order_words.code(self.codes, self.more, synonyms.folded(text))


PROMISE_OUTCOMES: Mapping[str, str] = {"": mark("Still open"), "kept": mark("Kept"), "broken": mark("Broken")}
"""What became of a promise, as lists say it."""


def _words(codes: Mapping[str, str], unknown: str, said: Mapping[str, str]) -> Words:
    more: dict[str, str] = {}
    for code, listed in said.items():
        for word in listed.split("|"):
            more.setdefault(synonyms.folded(word), code)
    return Words(codes, more, unknown)


WORDS: Mapping[str, Words] = {
    "calendar": _words(words.BIRTHDAY_CALENDARS, mark("“{value}” is no calendar"), {
        "solar": "solar|gregorian|common|阳历|公历|新历|西历",
        "lunar": "lunar|chinese|阴历|农历|旧历|夏历",
    }),
    "stage": _words(words.STAGES, mark("“{value}” is not a stage of service"), {
        "pre-sale": "pre sale|presale|presales|before the sale|before sale|enquiry|inquiry|consultation|"
                    "sales|"
                    "售前|售前咨询|售前服务|咨询|询价|意向",
        "in-sale": "in sale|insale|during the sale|during sale|ordering|purchase|order|"
                   "售中|售中服务|下单|成交|催单|催发货|订单",
        "after-sale": "after sale|aftersale|aftersales|after-sales|post-sale|post sale|after the sale|"
                      "support|"
                      "service|follow-up|follow up|售后|售后服务|售后咨询|回访|投诉|维修|退换货|跟进",
    }),
    "severity": _words(words.SEVERITIES, mark("“{value}” is not a severity"), {
        "urgent": "critical|emergency|very high|highest|immediate|p0|紧急|特急|加急|非常紧急|特别严重|"
                  "重大|一级|最高",
        "high": "serious|severe|major|important|p1|高|较高|严重|重要|二级|急|高级",
        "medium": "normal|moderate|middle|standard|p2|中|中等|一般|普通|正常|三级|中级",
        "low": "minor|very low|lowest|trivial|p3|p4|低|较低|轻微|不急|四级|低级|次要",
    }),
    "complaint_status": _words(words.COMPLAINT_STATUSES, mark("“{value}” is no known state of complaints"), {
        "received": "new|open|opened|to do|todo|unassigned|registered|not started|unprocessed|logged|"
                    "submitted|"
                    "已受理|新建|新投诉|待处理|未处理|待受理|已登记|已接收|已提交|待分配|打开|待跟进",
        "acknowledged": "replied|answered|responded|acknowledged|assigned|已回应|已回复|已响应|已联系|"
                        "已分配|已确认",
        "assessed": "triaged|classified|evaluated|assessed|已评估|评估|已定级|已核实",
        "investigating": "in progress|processing|pending|working|in process|under review|in review|on hold|"
                         "under investigation|escalated|reopened|ongoing|"
                         "调查中|处理中|跟进中|进行中|受理中|审核中|核实中|协商中|已升级|重新打开|平台介入|"
                         "平台处理中",
        "offered": "offer made|awaiting customer|waiting for customer|remedy offered|proposed|"
                   "已提方案|已给方案|待客户确认|等待客户确认|方案已提|待买家确认|待客户回复",
        "settled": "solved|resolved|fixed|settled|agreed|已解决|解决|已处理|处理完成|处理完毕|已和解|"
                   "已达成一致|已协商",
        "closed": "closed|done|complete|completed|finished|archived|ended|"
                  "已结案|已关闭|关闭|结案|完结|已完结|已完成|完成|已结束|投诉成功|已归档",
        "rejected": "rejected|declined|invalid|refused|denied|dismissed|withdrawn|cancelled|canceled|"
                    "不予受理|已驳回|驳回|无效|已拒绝|拒绝|不成立|投诉不成立|撤销|已撤销|已取消|投诉失败",
    }),
    "nature": _words(words.NATURES, mark("“{value}” is not a nature of complaints"), {
        "valid": "valid|justified|genuine|real|confirmed|upheld|yes|有效投诉|有效|成立|属实|真实投诉",
        "communicative": "communication|consultation|question|help|venting|invalid|unjustified|no|"
                         "沟通性投诉|沟通|沟通性|咨询|求助|无效|不属实|无效投诉",
    }),
    "complaint_subject": _words(words.SUBJECTS, mark("“{value}” is not a subject of complaints"), {
        "quality": "product|quality|product quality|defect|defective|damaged|broken|product defect|"
                   "商品质量|产品质量|质量|质量问题|商品问题|破损|瑕疵|假货|描述不符|与描述不符|变质|少件",
        "contract": "contract|price|billing|invoice|payment|refund|returns|return|order|wrong item|quantity|"
                    "购销合同|合同|价格|价格问题|发票|发票问题|退款|退款问题|退换货|退货|少发|错发|漏发|"
                    "数量|交易|费用",
        "delivery": "delivery|shipping|shipment|logistics|courier|late delivery|lost parcel|delay|"
                    "物流|物流问题|快递|发货|发货慢|延迟发货|未发货|配送|配送问题|快递问题|丢件|送货|时效",
        "equipment": "equipment|facilities|facility|premises|environment|site|app|website|system|"
                     "设备设施|设备|设施|环境|店面环境|卫生|系统|网站|停车",
        "attitude": "attitude|rude|rudeness|staff attitude|behaviour|behavior|politeness|"
                    "服务态度|态度|态度问题|客服态度|态度差|态度恶劣|不礼貌",
        "service": "service|service quality|customer service|support|response|waiting|installation|repair|"
                   "服务质量|服务|服务问题|售后|售后服务|响应慢|维修|安装|客服|客服问题|等待",
        "incident": "incident|accident|injury|safety|emergency|allergy|突发性事件|突发事件|事故|意外|安全|"
                    "过敏|受伤|食品安全",
    }),
    "mood": _words(words.MOODS, mark("“{value}” is not a known mood"), {
        "vent": "vent|venting|anger|angry|upset|frustrated|发泄|想发泄|求发泄|宣泄|愤怒|生气|不满",
        "respect": "respect|to be respected|wants respect|ignored|尊重|想被尊重|求尊重|受尊重|被重视",
        "remedy": "remedy|compensation|wants compensation|refund|补救|想要补救|求补救|补偿|求补偿|赔偿|"
                  "求赔偿|退款",
    }),
    "remedy": _words(words.REMEDIES, mark("“{value}” is not a known remedy"), {
        "apology": "apology|apologised|apologized|sorry|道歉|致歉|赔礼道歉|口头道歉|书面道歉",
        "replacement": "replacement|replaced|exchange|exchanged|reship|resend|"
                       "换货|更换|补发|重发|换新|补寄|退换",
        "refund": "refund|refunded|full refund|money back|return and refund|"
                  "退款|全额退款|退货退款|仅退款|退一赔三|全退",
        "partial-refund": "partial refund|partly refunded|price reduction|discount|compensation|"
                          "部分退款|差价|退差价|补差价|赔偿|补偿|赔付|现金补偿|返现|减免|退运费|赔款",
        "coupon": "coupon|voucher|store credit|gift card|优惠券|代金券|红包|抵用券|购物券|券",
        "points": "points|loyalty points|bonus points|积分|赠送积分|补积分",
        "repair": "repair|repaired|fixed|维修|修理|返修|上门维修",
        "gift": "gift|present|free gift|free sample|赠品|礼品|小礼物|赠送礼品|送礼|赠送",
    }),
    "remedy_state": _words(words.REMEDY_STATES, mark("“{value}” does not say what became of the remedy"), {
        "offered": "offered|open|proposed|pending|已提出|待确认|提出",
        "given": "已兑现|给予时间|given|accepted|done|paid|sent|yes|已给予|已接受|已给|已完成|已支付|是",
        "declined": "未接受|未受理|declined|refused|rejected|no|被拒绝|已拒绝|拒绝|否",
    }),
    "outcome": _words(PROMISE_OUTCOMES, mark("“{value}” does not say whether the promise was kept"), {
        "": "open|still open|pending|not yet|due|in progress|未到期|进行中|待兑现|未完成|处理中|待定",
        "kept": "kept|yes|done|fulfilled|ok|已兑现|兑现|已履行|履行|守约|是|已完成|按时",
        "broken": "broken|no|missed|late|not kept|failed|未兑现|没兑现|未履行|失约|违约|否|逾期|食言",
    }),
    "lead_status": _words(words.LEAD_STATUSES, mark("“{value}” is not a known state of a lead"), {
        "new": "new|open|untouched|unread|subscriber|lead|to do|not contacted|uncontacted|raw|"
               "新线索|新|新增|未跟进|待跟进|未联系|待联系|未处理|待分配|未分配|公海",
        "contacted": "contacted|attempted to contact|in progress|connected|working|nurturing|called|replied|"
                     "attempting|marketing qualified lead|marketingqualifiedlead|"
                     "已联系|联系中|跟进中|已跟进|沟通中|已沟通|已加微信|已通话",
        "qualified": "qualified|interested|hot|warm|sales qualified lead|salesqualifiedlead|opportunity|"
                     "open deal|proposal|negotiation|demo|quoted|"
                     "有意向|意向|高意向|意向客户|已确认|已报价|谈判|商机|有效|有效线索|合格",
        "converted": "converted|won|closed won|customer|sold|bought|client|evangelist|"
                     "已成为客户|已转化|已成交|成交|转化|赢单|已转客户|已下单|已购买",
        "lost": "lost|closed lost|unqualified|bad timing|dead|junk|disqualified|not interested|unsubscribed|"
                "rejected|已放弃|放弃|无效|无意向|已流失|流失|输单|已关闭|无效线索|战败|空号",
    }),
    "points_reason": _words(words.POINTS_REASONS, mark("“{value}” is not a reason for points"), {
        "earned": "earn|earned|purchase|order|buy|accrual|credit|award|in|income|add|added|sale|"
                  "获得|消费|消费获得|购物|购物获得|下单|下单获得|交易|消费积分|订单|收入|增加|累积|购买|"
                  "消费赠送|交易获得",
        "redeemed": "redeem|redeemed|redemption|spend|spent|used|use|debit|burn|out|exchange|"
                    "兑换|使用|抵扣|消耗|积分兑换|积分抵扣|兑换礼品|支出|抵现|扣减|扣除|减少|消费抵扣",
        "gift": "gift|bonus|given as a gift|promotion|birthday|welcome|sign-up|signup|referral|review|"
                "checkin|"
                "check-in|campaign|赠送|生日|生日赠送|签到|注册|注册赠送|活动|活动赠送|开卡赠送|评价|分享|"
                "推荐|补偿|手动赠送",
        "expired": "expire|expired|expiry|expiration|lapsed|过期|到期|失效|清零|积分过期|积分清零|过期清零",
        "correction": "correction|adjustment|adjust|adjusted|manual|opening balance|balance|transfer|refund|"
                      "return|reversal|cancelled|import|"
                      "更正|调整|修正|人工调整|手动调整|手动|冲正|退款|退货|退款扣回|退货扣回|期初|"
                      "期初积分|导入|转入|转出|撤销",
    }),
    "shipment_status": _words(words.SHIPMENT_STATUSES, mark("“{value}” is not a known state of a parcel"), {
        "packed": "packed|ready|ready to ship|label created|label printed|pre-transit|pending|processing|"
                  "awaiting pickup|created|unfulfilled|info received|"
                  "已打包|待发货|待寄出|待揽收|待揽件|已下单|已打单|打包中|未发货|备货中|待取件",
        "sent": "sent|shipped|dispatched|picked up|posted|fulfilled|accepted|handed over|"
                "已寄出|已发货|已发出|已揽收|已揽件|已取件|发货|寄出|揽收",
        "underway": "underway|under way|in transit|transit|on the way|out for delivery|shipping|en route|"
                    "exception|held|运输中|在途|派送中|派件中|配送中|转运中|途中|运送中|待签收|清关中|疑难|"
                    "滞留|待取",
        "arrived": "arrived|delivered|received|signed|signed for|completed|complete|done|collected|"
                   "已签收|签收|已送达|送达|已妥投|妥投|已收货|已完成|完成|代签收|已取出|已投递",
        "returned": "returned|sent back|return to sender|returned to sender|refused|rejected|return|"
                    "returning|"
                    "已退回|退回|退件|拒收|退签|已拒收|退回中|退货|已退货",
        "lost": "lost|lost on the way|missing|lost in transit|damaged|途中遗失|丢失|丢件|遗失|已丢失|破损|"
                "丢失破损",
    }),
    "direction": _words(words.SHIPMENT_DIRECTIONS, mark("“{value}” does not say which way the parcel goes"), {
        "out": "out|outgoing|outbound|to the customer|to customer|sale|delivery|sent|forward|"
               "寄给客户|寄出|发出|发货|寄件|出库|正向|发件|外发",
        "back": "back|incoming|inbound|to the shop|back to the shop|return|returns|received|reverse|"
                "寄回店里|寄回|退回|退货|收件|入库|逆向|换货寄回|返回",
    }),
}  # fmt: skip
"""By the kind of field that reads them."""

EACH: Mapping[str, str] = {"remedies": "remedy", "remedy_states": "remedy_state", "outcomes": "outcome"}
"""Kinds of fields whose cells may hold several such words, one below the other, and which words these are."""

CODES: Mapping[str, Mapping[str, str]] = {
    "status": words.ORDER_STATUSES,
    "customer_kind": words.CUSTOMER_KINDS,
    "relation": words.RELATIONS,
    "gender": words.GENDERS,
    **{kind: known.codes for kind, known in WORDS.items()},
    **{kind: WORDS[one].codes for kind, one in EACH.items()},
}
"""The kinds of fields that know some words only, each with our names by their codes."""

SATISFACTION: Mapping[str, int] = {
    synonyms.folded(word): score
    for score, listed in {
        5: "very satisfied|excellent|very good|great|perfect|very happy|delighted|outstanding|positive|"
           "very high|"
           "非常满意|很满意|十分满意|好评|很好|非常好|优秀|优|五星|很高|非常高|极高",
        4: "satisfied|good|happy|pleased|high|above average|满意|比较满意|较满意|基本满意|好|良好|良|四星|"
           "高|较高",
        3: "neutral|average|ok|okay|fair|so-so|medium|neither|moderate|一般|中评|普通|中等|中|还行|还可以|"
           "三星|说不清",
        2: "dissatisfied|unsatisfied|not satisfied|poor|bad|unhappy|low|below average|"
           "不满意|不太满意|较不满意|差|较差|二星|两星|低|较低",
        1: "very dissatisfied|very unsatisfied|terrible|very poor|very bad|awful|negative|very low|"
           "very unhappy|"
           "非常不满意|很不满意|十分不满意|差评|很差|非常差|极差|一星|很低|非常低",
    }.items()
    for word in listed.split("|")
}  # fmt: skip
"""Answers given in words, on the scale from 1 to 5."""

YES_NO: Mapping[str, bool] = {
    synonyms.folded(word): answer
    for answer, listed in {
        True: "yes|y|true|t|1|on|x|✓|√|✔|是|对|有|真|启用|在售|上架|已上架|出售中|销售中|active|enabled|"
              "published|"
              "available|bounced|bounce|exit|pinned|跳出|已跳出|置顶|已置顶|正常|有效|可售",
        False: "no|n|false|f|0|off|✗|×|✘|否|不|不是|没有|没|假|停用|下架|已下架|停售|仓库中|inactive|"
               "disabled|draft|"
               "archived|unavailable|unpublished|discontinued|未跳出|未置顶|无效|不可售|禁用",
    }.items()
    for word in listed.split("|")
}  # fmt: skip
