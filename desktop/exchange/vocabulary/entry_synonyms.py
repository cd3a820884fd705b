"""Headers of lists of products, service records, complaints and the like, by the field they mean.

As in synonyms.py: EXACT leaves no doubt, LIKELY usually means that field. BORROWED are the headers of what
belongs to another subject: the order a rating is about, the product of a complaint.
"""

from __future__ import annotations

from collections.abc import Mapping

EXACT: Mapping[str, str] = {
    "product.code": (
        "code|product code|sku|stock code|stockcode|item code|item number|barcode|variant sku|"
        "article number|"
        "编码|商品编码|商家编码|产品编码|商品编号|产品编号|货号|条码|条形码|商品条码|商品id|sku编码|"
        "外部编码"
    ),
    "product.name": (
        "name|product|product name|item|item name|product title|goods|description|"
        "名称|商品|商品名称|产品|产品名称|品名|货品名称|宝贝标题|宝贝名称|商品标题|标题"
    ),
    "product.category": (
        "category|product category|product type|type|department|group|"
        "分类|类别|商品分类|商品类目|类目|品类|产品分类|产品类别|商品类别|所属分类"
    ),
    "product.unit": "unit|units|unit of measure|uom|单位|计量单位|销售单位|规格单位",
    "product.price": (
        "price|unit price|sale price|sales price|retail price|regular price|list price|variant price|"
        "价格|单价|售价|零售价|销售价|商品价格|一口价|标价|吊牌价|建议零售价"
    ),
    "product.active": (
        "on sale|active|published|available|for sale|enabled|"
        "在售|是否在售|上架|是否上架|启用|是否启用|有效|上架状态"
    ),
    "interaction.happened_at": (
        "happened at|date|time|when|moment|contacted at|contact date|contact time|call time|call date|"
        "start time|started at|activity date|event time|visit date|record time|"
        "发生时间|时间|日期|服务时间|服务日期|联系时间|联系日期|沟通时间|沟通日期|跟进时间|跟进日期|"
        "回访时间|"
        "回访日期|通话时间|来电时间|接待时间|拜访时间|记录时间|咨询时间|会话开始时间|开始时间"
    ),
    "interaction.stage": "stage|service stage|阶段|服务阶段|销售阶段|服务类型|售前售中售后",
    "interaction.channel": (
        "channel|contact channel|contact method|medium|via|渠道|联系渠道|沟通渠道|服务渠道|联系方式类型|"
        "沟通方式|联系途径|跟进方式|回访方式|服务方式|来源渠道"
    ),
    "interaction.title": "title|subject|topic|标题|主题|事项|服务事项|咨询主题",
    "interaction.text": (
        "what happened|text|note|notes|details|detail|content|summary|comment|comments|remarks|remark|"
        "conversation|message|description|call notes|record|"
        "发生了什么|内容|详情|服务内容|服务记录|沟通内容|沟通记录|跟进内容|跟进记录|回访内容|回访记录|"
        "咨询内容|"
        "通话内容|聊天内容|会话内容|记录|备注|说明|小结|服务小结|情况"
    ),
    "interaction.minutes": (
        "minutes|minutes spent|duration|duration (min)|length|call duration|call length|time spent|mins|"
        "分钟|分钟数|时长|服务时长|通话时长|用时|耗时|时长(分钟)|时长(分)|服务时长(分钟)|通话时长(分钟)"
    ),
    "interaction.seconds": (
        "length in seconds|seconds|duration (s)|duration (sec)|duration (seconds)|call duration (s)|secs|"
        "talk time (s)|秒|秒数|时长(秒)|通话时长(秒)|会话时长(秒)|服务时长(秒)"
    ),
    "interaction.pinned": "pinned|starred|置顶|是否置顶|重要",
    "interaction.staff": (
        "clerk|staff|employee|agent|salesperson|sales rep|owner|handled by|assigned to|served by|by|"
        "店员|客服|员工|业务员|服务人员|服务人|跟进人|跟进人员|回访人|接待人|接待客服|负责人|经办人|经手人|"
        "记录人|操作人"
    ),
    "complaint.number": (
        "complaint number|complaint no|complaint no.|complaint id|case number|case no|case id|ticket|"
        "ticket id|"
        "ticket number|ticket no|reference number|"
        "投诉编号|投诉单号|投诉号|投诉id|工单号|工单编号|单号|编号|售后编号"
    ),
    "complaint.received_at": (
        "received at|date received|received|received on|complaint date|complained at|complaint time|date|"
        "time|"
        "created at|created|opened at|date opened|"
        "收到时间|投诉时间|投诉日期|受理时间|受理日期|接收时间|创建时间|提交时间|登记时间|登记日期|"
        "发起时间|"
        "投诉发起时间|日期|时间"
    ),
    "complaint.status": (
        "status|complaint status|state|case status|ticket status|"
        "状态|投诉状态|处理状态|工单状态|当前状态|处理进度|进度"
    ),
    "complaint.severity": (
        "severity|priority|urgency|level|importance|"
        "程度|严重程度|优先级|紧急程度|紧急度|级别|投诉级别|投诉等级|等级|重要程度"
    ),
    "complaint.title": (
        "title|issue|complaint|complaint title|summary|about|"
        "投诉|标题|投诉标题|主题|投诉主题|事由|投诉事由|投诉原因|问题|投诉事项"
    ),
    "complaint.text": (
        "what happened|text|details|narrative|complaint text|complaint details|"
        "consumer complaint narrative|"
        "description|content|message|"
        "发生了什么|投诉内容|投诉详情|详情|问题描述|投诉描述|描述|详细描述|具体内容|情况说明|投诉说明|"
        "事情经过"
    ),
    "complaint.wants": (
        "what the customer wants|wants|demand|demands|desired outcome|desired resolution|requested|"
        "expectation|"
        "客户的诉求|诉求|客户诉求|投诉诉求|客户要求|要求|期望结果|希望"
    ),
    "complaint.channel": (
        "channel|submitted via|received via|complaint channel|source|via|"
        "渠道|投诉渠道|投诉来源|来源|投诉方式|受理渠道|平台"
    ),
    "complaint.nature": "nature|complaint nature|kind of complaint|性质|投诉性质",
    "complaint.subject": (
        "subject|complaint subject|complaint type|complaint category|category|type|reason|"
        "内容|投诉类型|投诉类别|投诉分类|类型|类别|分类|问题类型|问题分类"
    ),
    "complaint.detail": (
        "detail|sub-issue|subcategory|sub-category|subtype|细类|二级分类|子类型|投诉细类|子分类|二级类型"
    ),
    "complaint.mood": "mood|customer mood|feeling|心理|客户心理|投诉心理|客户情绪|情绪",
    "complaint.reply_due_at": "reply due at|reply due|first reply due|回复期限|首次回复期限|响应期限|"
    "回复截止时间",
    "complaint.replied_at": (
        "replied at|first reply|first reply at|first response at|first response time|responded at|"
        "回复时间|首次回复时间|响应时间|首次响应时间|答复时间|首次联系时间"
    ),
    "complaint.settle_due_at": (
        "settlement due at|settle due at|due at|due date|deadline|解决期限|处理期限|处理时限|截止时间|"
        "解决截止时间"
    ),
    "complaint.settled_at": (
        "settled at|settled on|resolved at|resolved on|date resolved|solved at|resolution date|"
        "解决时间|解决日期|处理完成时间|处理时间|处理日期|办结时间"
    ),
    "complaint.closed_at": (
        "closed at|closed on|date closed|completed at|关闭时间|结案时间|结案日期|完结时间|关闭日期|完成时间"
    ),
    "complaint.reopened": "times reopened|reopened|reopen count|重新打开|重开次数|重新打开次数|二次投诉次数",
    "complaint.rejected_because": (
        "rejected because|rejection reason|reason for rejection|驳回理由|驳回原因|不予受理理由|不受理原因"
    ),
    "complaint.waiting_since": (
        "waiting since|开始等待时间|on hold since|pending since|等待客户自|挂起时间|等待起始时间|等待开始时间"
    ),
    "complaint.alternatives": (
        "where to turn instead|其他途径|alternatives|ways of appeal|appeal|可另寻途径|其他途径|申诉途径|"
        "其他解决途径|救济途径"
    ),
    "complaint.cause": (
        "cause|原因|root cause|cause found|finding|findings|原因分析|调查结果|根本原因|查明原因|查实原因|"
        "责任原因|调查结论|核实情况"
    ),
    "complaint.prevention": (
        "what prevents it|prevention|preventive action|corrective action|capa|lesson|lessons learned|"
        "预防措施|防范措施|改进措施|整改措施|纠正措施|改善措施"
    ),
    "complaint.settlement": (
        "settlement|解决方式|resolution|outcome|result|solution|how it was settled|company response|"
        "company response to consumer|处理结果|解决方案|处理方案|处理意见|处理情况|协商结果|和解内容|"
        "解决办法|处理方式|如何解决"
    ),
    "complaint.dispute": (
        "dispute no|dispute no.|dispute number|dispute id|dispute|claim number|claim id|arbitration number|"
        "纠纷编号|平台纠纷单号|纠纷单号|维权单号|维权编号|介入单号|平台投诉单号|平台工单号|争议编号"
    ),
    "complaint.remedy": (
        "remedy|remedies|compensation|compensation type|补救|补救方式|补偿方式|赔付方式|补偿类型|"
        "赔偿方式|补救措施"
    ),
    "complaint.remedy_cost": (
        "remedy cost|cost of the remedy|compensation amount|refund amount|cost|amount refunded|"
        "amount paid out|"
        "补偿金额|赔付金额|赔偿金额|退款金额|补救费用|处理成本"
    ),
    "complaint.remedy_text": "about the remedy|remedy note|补救说明|补偿说明|赔付说明",
    "complaint.remedy_at": "remedy given at|compensated at|refunded at|补救时间|补偿时间|赔付时间|退款时间",
    "complaint.remedy_state": (
        "what became of the remedy|remedy state|remedy status|补救状态|补偿状态|补救结果"
    ),
    "complaint.promise": "promise|promised|commitment|承诺|承诺内容|承诺事项|答应的事|对客户的承诺",
    "complaint.promise_made_at": "promised at|promise made at|承诺时间|承诺日期|作出承诺时间",
    "complaint.promise_due_at": (
        "promise due at|promise due|promised for|承诺期限|承诺到期|承诺完成时间|承诺兑现时间"
    ),
    "complaint.promise_outcome": (
        "whether it was kept|promise kept|promise outcome|kept|是否兑现|承诺结果|兑现情况|承诺兑现|是否履约"
    ),
    "complaint.promise_ended_at": (
        "promise kept or broken at|承诺了结于|promise ended at|兑现时间|实际兑现时间|承诺了结时间"
    ),
    "complaint.perceived": (
        "rating after (1–5)|rating after (1-5)|rating after|satisfaction after|"
        "satisfaction with the handling|"
        "customer satisfaction|satisfaction|csat|处理后评分(1–5)|处理后评分（1–5）|处理后评分|处理满意度|"
        "满意度|回访满意度|"
        "投诉满意度|处理评价|回访评价"
    ),
    "complaint.staff": (
        "clerk|staff|employee|agent|handled by|handler|owner|assigned to|assignee|"
        "店员|客服|处理人|处理人员|负责人|经办人|经手人|受理人|跟进人|责任人"
    ),
    "rating.rated_at": (
        "rated at|date reviewed|date rated|review date|reviewed at|rating date|rating time|feedback date|"
        "submitted at|submitted|"
        "completed at|response date|responded at|answered at|date|time|timestamp|created at|"
        "评价时间|评价日期|评分时间|评论时间|评论日期|提交时间|填写时间|答题时间|反馈时间|日期|时间|"
        "提交答卷时间"
    ),
    "rating.asked_at": "asked at|sent at|survey sent|invited at|询问时间|邀请时间|发送时间|邀评时间",
    "rating.ended_at": "ended at|service ended at|完成时间|服务结束时间|结束时间",
    "rating.expected": (
        "expected (1–5)|expected (1-5)|expected|expectation|expectation score|"
        "期望(1–5)|期望（1–5）|期望|期望值|期望分|期望评分|服务前期望"
    ),
    "rating.perceived": (
        "perceived (1–5)|perceived (1-5)|perceived|rating|rating score|stars|star rating|score|csat|"
        "satisfaction|satisfaction score|customer satisfaction|review rating|product rating|overall rating|"
        "感知(1–5)|感知（1–5）|感知|评分|打分|星级|评价星级|满意度|满意度评分|客户满意度|评价|评价等级|"
        "评价结果|"
        "总体评价|商品评分|描述相符|好评等级|感知值"
    ),
    "rating.effort": (
        "effort (1–7)|effort (1-7)|effort|effort score|ces|customer effort score|"
        "费力程度(1–7)|费力程度（1–7）|费力程度|费力度|客户费力度"
    ),
    "rating.recommend": (
        "would recommend (0–10)|would recommend (0-10)|would recommend|recommend|nps|nps score|"
        "likelihood to recommend|net promoter score|how likely are you to recommend us|"
        "推荐意愿(0–10)|推荐意愿（0–10）|推荐意愿|推荐度|推荐值|nps评分|推荐分|净推荐值"
    ),
    "rating.reasons": "reasons|reason|tags|keywords|原因|评价原因|评价标签|标签|理由",
    "rating.text": (
        "text|comment|comments|review|review text|review body|feedback|message|body|remarks|suggestions|"
        "内容|评价内容|评论|评论内容|评语|反馈|反馈内容|意见|意见建议|建议|文字评价|留言|买家评价"
    ),
    "rating.channel": "channel|platform|source|渠道|评价渠道|平台|来源|来源渠道",
    "rating.code": (
        "card code|code of the card|card|card no|card no.|feedback code|code|survey code|"
        "卡片编码|编码|卡片|卡片编号|反馈卡编码|反馈码|评价码|验证码"
    ),
    "rating.staff": "clerk|staff|employee|agent|served by|店员|客服|服务人员|接待客服|员工",
    "lead.number": "lead number|lead no|lead no.|lead id|record id|线索编号|线索号|线索id|编号",
    "lead.found_at": (
        "found at|lead date|create date|created at|created|created on|date|captured at|submitted at|"
        "发现时间|创建时间|线索时间|线索日期|获取时间|登记时间|登记日期|提交时间|留资时间|报名时间|"
        "咨询时间|日期"
    ),
    "lead.method": (
        "how found|lead source|source|original source|campaign|finding method|found by|utm source|"
        "发现方式|得知方式|来源|线索来源|客户来源|来源渠道|获客渠道|获客方式|渠道|渠道来源|推广渠道|"
        "来源方式"
    ),
    "lead.status": (
        "status|lead status|lead stage|stage|lifecycle stage|状态|线索状态|跟进状态|线索阶段|阶段|跟进阶段"
    ),
    "lead.score": (
        "score (0–100)|score (0-100)|score|lead score|hubspot score|评分（0–100）|评分(0–100)|评分|"
        "线索评分|打分|线索分"
    ),
    "lead.wants": (
        "interested in|wants|interest|interests|product interest|need|needs|requirement|requirements|"
        "enquiry|"
        "inquiry|意向|意向产品|意向商品|感兴趣的产品|需求|需求描述|咨询内容|想买|意向内容|感兴趣"
    ),
    "lead.cost": "cost|lead cost|acquisition cost|成本|获客成本|线索成本|费用|获取成本",
    "lead.converted_at": (
        "became a customer at|became a customer date|converted at|converted on|conversion date|closed won|"
        "成为客户时间|转化时间|转化日期|成交时间|成交日期|转客户时间"
    ),
    "lead.note": "note|notes|comment|comments|remark|remarks|description|备注|说明|跟进记录|跟进内容|"
    "线索备注",
    "lead.staff": (
        "clerk|staff|owner|lead owner|contact owner|salesperson|sales rep|assigned to|"
        "店员|业务员|负责人|跟进人|销售|归属人|所属销售|线索负责人"
    ),
    "points.at": (
        "booked at|date|time|at|transaction date|posted at|created at|"
        "记账时间|时间|日期|变动时间|积分时间|发生时间|操作时间|变更时间|交易时间|变动日期|创建时间"
    ),
    "points.points": (
        "points|points change|change|points earned|point change|points delta|"
        "积分|变动积分|积分变动|积分变化|积分值|积分数|变动值|变更积分|积分数量|增减积分|本次积分"
    ),
    "points.reason": (
        "reason|type|transaction type|activity|event|原因|变动类型|类型|积分类型|变动原因|变更类型|"
        "操作类型|积分来源|"
        "业务类型|来源|理由"
    ),
    "points.text": "text|note|notes|description|details|remark|备注|说明|描述|内容|积分说明|变动说明|详情",
    "points.staff": "clerk|staff|employee|operator|店员|操作人|操作员|经手人|员工",
    "shipment.number": (
        "tracking number|tracking no|tracking no.|tracking id|tracking|waybill|waybill number|awb|"
        "shipment number|parcel number|shipment id|consignment number|"
        "快递单号|物流单号|运单号|运单编号|快递号|物流编号|单号|包裹号|物流公司运单号|快递运单号|面单号|"
        "寄件单号"
    ),
    "shipment.carrier": (
        "carrier|courier|shipping company|shipping carrier|shipped with|shipping service|tracking company|"
        "快递公司|物流公司|快递|物流|承运商|快递名称|承运公司|快递公司名称"
    ),
    "shipment.shipped_at": (
        "shipped at|shipped on|date shipped|ship date|shipped|shipped on date|fulfilled at|dispatched at|"
        "sent at|posted on|"
        "发货时间|寄出时间|寄件时间|发货日期|寄件日期|寄出日期|揽收时间|揽件时间|下单时间"
    ),
    "shipment.arrived_at": (
        "arrived at|delivered at|delivery date|delivered on|delivered|received at|"
        "签收时间|送达时间|到达时间|收货时间|妥投时间|签收日期|确认收货时间|到货时间"
    ),
    "shipment.status": (
        "status|shipment status|delivery status|tracking status|parcel status|"
        "状态|物流状态|快递状态|运单状态|配送状态|签收状态|包裹状态|寄送状态"
    ),
    "shipment.direction": "direction|shipment type|方向|寄送方向|寄件类型|收发类型",
    "shipment.cost": (
        "cost|shipping cost|postage|freight|shipping fee|label cost|"
        "成本|运费|快递费|邮费|运费金额|快递费用|物流费用|寄送成本|费用"
    ),
    "shipment.ship_to": (
        "shipping address|ship to|shipped to|ship to address|delivery address|address|recipient address|"
        "收货地址|收件地址|收件人地址|收货人地址|寄送地址|目的地|送货地址|地址|详细地址"
    ),
    "shipment.note": "note|notes|contents|remark|remarks|备注|说明|物品|寄件物品|托寄物|物品名称|内件",
    "shipment.staff": "clerk|staff|sent by|packed by|店员|寄件人|发货人|打包人|操作人|经手人",
    "visit.at": (
        "visited at|visit time|visit date|at|date|time|timestamp|datetime|event time|viewed at|start time|"
        "session start|last seen|访问时间|访问日期|浏览时间|浏览日期|进入时间|时间|日期|到访时间|时间戳"
    ),
    "visit.path": (
        "page|path|url|page url|page path|landing page|page location|page title|pageview|request|uri|"
        "page path and screen class|"
        "页面|路径|访问页面|浏览页面|页面地址|页面路径|网址|链接|访问地址|入口页面|着陆页|页面url|受访页面|"
        "商品链接"
    ),
    "visit.came_from": (
        "came from|referrer|referer|source|traffic source|referral|utm source|source / medium|"
        "session source|"
        "来源|访问来源|来源页面|流量来源|来路|来源网址|来源渠道|上级页面|来源路径"
    ),
    "visit.seconds": (
        "seconds on the page|seconds|duration|dwell time|time on page|dwell seconds|session duration|"
        "time on site|engagement time|visit duration|duration (s)|duration (seconds)|time spent|"
        "停留秒数|停留时长|停留时间|访问时长|浏览时长|停留时长(秒)|停留时间(秒)|访问时长(秒)|平均停留时长|"
        "时长|时长(秒)"
    ),
    "visit.bounced": "left at once|bounced|bounce|is bounce|exit|马上离开|看完就走|跳出|是否跳出|直接跳出",
    "visit.channel": "channel|platform|site|渠道|平台|访问渠道|站点|店铺|终端",
}

LIKELY: Mapping[str, str] = {
    "product.code": "id|number|no|product id|编号|产品id",
    "product.name": "title|article",
    "product.price": "amount|value|金额",
    "product.active": "status|state|状态",
    "interaction.happened_at": "created at|created|at|day|创建时间|登记时间|提交时间",
    "interaction.stage": "type|kind|category|类型|类别",
    "interaction.channel": "type|source|方式|平台|来源",
    "interaction.title": "about|reason|原因|问题|类型",
    "complaint.number": "number|no|no.|id|reference|序号|维权编号|维权单号",
    "complaint.title": "product issue|关于",
    "complaint.text": "note|notes|comment|comments|complaint narrative|备注|说明",
    "complaint.closed_at": "ended at|结束时间",
    "rating.text": "note|notes|备注|说明",
    "rating.rated_at": "created|at|创建时间",
    "lead.number": "number|no|no.|id|序号",
    "lead.found_at": "time|at|时间",
    "lead.note": "text|message|info|其他|内容|留言",
    "points.points": "amount|value|数量|变动",
    "points.at": "created|created on",
    "shipment.number": "number|no|no.|id|编号",
    "shipment.shipped_at": "date|created at|日期|时间|创建时间",
    "shipment.arrived_at": "ended at|completed at|完成时间",
    "shipment.carrier": "company|service|delivery method|shipping method|运送方式|配送方式",
    "visit.path": "title|product|商品|商品名称|标题|内容",
    "visit.came_from": "medium|campaign|from|上一页",
    "visit.seconds": "length|时间长度",
}

BORROWED: Mapping[str, str] = {
    "order.number": (
        "order no|order no.|order number|order id|order #|order|related order|order reference|"
        "订单号|订单编号|订单id|关联订单|关联订单号|相关订单|交易订单号|主订单编号|来源订单"
    ),
    "order.channel": "order channel|sales channel|订单渠道|销售渠道|订单来源",
    "product.code": "product code|sku|stock code|item code|item number|商品编码|商家编码|货号|产品编码|"
    "商品编号",
    "product.name": (
        "product|product name|item|item name|商品|商品名称|产品|产品名称|宝贝标题|品名|投诉商品"
    ),
    "complaint.number": "complaint number|complaint no|complaint no.|complaint id|投诉编号|投诉单号|投诉号",
    "customer.channel": "",
}
