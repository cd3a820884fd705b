"""Headers that exports give their columns, in Chinese and English, by the field they mean.

EXACT leaves no doubt; LIKELY usually means that field and is overruled by an exact one. Separated by bars;
compared folded (`folded`), so case, full-width letters, blanks and punctuation at the ends do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.core.text import clean_cell, fold

EXACT: Mapping[str, str] = {
    "order.number": (
        "order number|order no|order no.|order id|order #|order|invoice|invoice no|invoiceno|"
        "invoice number|invoice id|transaction no|receipt no|receipt number|sales record number|"
        "订单编号|订单号|订单id|主订单编号|主订单号|订单流水号|单号|单据编号|销售单号|小票号|交易单号|"
        "发票号"
    ),
    "order.placed_at": (
        "placed at|order date|order time|ordered at|invoice date|invoicedate|date of order|sale date|"
        "sold at|purchase date|created at|order created|订单创建时间|下单时间|订单提交时间|订单时间|"
        "下单日期|订单日期|创建时间|成交时间|订单成交时间|购买时间|购买日期|消费时间|消费日期|销售日期|"
        "拍下时间"
    ),
    "order.paid_at": (
        "paid at|paid on|paid on date|date paid|payment date|payment time|paid date|订单付款时间|"
        "付款时间|支付时间|买家付款时间|付款确认时间|付款日期|支付日期"
    ),
    "order.ended_at": (
        "ended at|delivered at|completed at|completed on|delivery date|received at|确认收货时间|订单完成时间|"
        "完成时间|收货时间|签收时间|交易成功时间"
    ),
    "order.status": "order status|status|financial status|订单状态|交易状态|状态|当前状态",
    "order.channel": (
        "channel|sales channel|order channel|platform|渠道|销售渠道|订单渠道|订单来源|平台|来源平台"
    ),
    "order.total": (
        "total|order total|total amount|grand total|order amount|order value|amount due|total price|"
        "总金额|总额|订单金额|订单总额|订单总金额|应付金额|订单应付金额|合计|总计|总价|商品总价(元)|"
        "货品总价(元)|应付款|应付总额"
    ),
    "order.paid": (
        "paid|amount paid|paid amount|payment amount|received|net paid|买家实际支付金额|实付金额|"
        "实付款|实付款(元)|实付|实收金额|实收|订单实付金额|用户实付金额(元)|支付金额|付款金额|结算金额|"
        "成交金额"
    ),
    "order.refunded": (
        "refunded|refund|refund amount|refunded amount|amount refunded|退款金额|退款|退款总额|已退金额"
    ),
    "order.currency": "currency|order currency|currency code|币种|货币|订单币种|结算币种",
    "order.ship_to": (
        "ship to|shipped to|shipping address|delivery address|ship to address|收货地址|收件地址|收货人地址|"
        "收件人地址|配送地址|详细收货地址/提货地址|送货地址"
    ),
    "order.note": (
        "order note|order notes|buyer note|customer note|remark|remarks|订单备注|买家留言|客户留言|"
        "留言|卖家备注|商家备注"
    ),
    "order.staff": (
        "clerk|salesperson|sales person|cashier|served by|employee|店员|业务员|导购|收银员|销售员|经手人|客服"
    ),
    "line.product_code": (
        "stockcode|stock code|sku|product code|item code|item number|product id|lineitem sku|barcode|"
        "custom label|商家编码|商品编码|商品id|货号|商品编号|产品编码|条码|条形码|单品货号"
    ),
    "line.title": (
        "product|product name|item|item name|item title|product title|description|lineitem name|goods|"
        "商品名称|宝贝标题|商品标题|货品标题|商品|产品|产品名称|品名|选购商品|标题|全部商品名称|"
        "货品名称"
    ),
    "line.quantity": (
        "quantity|qty|units|lineitem quantity|数量|购买数量|商品数量|商品数量(件)|订购数量|件数|"
        "宝贝总数量|销售数量"
    ),
    "line.unit_price": (
        "unit price|unitprice|price|price each|lineitem price|单价|单价(元)|价格|商品单价|售价|京东价|"
        "销售单价"
    ),
    "line.amount": (
        "line total|line amount|item total|subtotal|extended price|行金额|小计|商品金额|明细金额"
    ),
    "customer.name": (
        "name|customer|customer name|full name|buyer name|client|client name|contact name|ship to name|"
        "shipping name|billing name|recipient|requester|reviewer|complainant|"
        "投诉人|投诉人姓名|评价人|评论人|来电人|咨询人|反馈人|姓名|客户|客户姓名|客户名称|客户名|收货人姓名|收货人|收件人|"
        "收件人姓名|顾客|顾客姓名|会员姓名|联系人|收货人/提货人|名字|称呼"
    ),
    "customer.phone": (
        "phone|phone number|mobile|mobile phone|cell|cell phone|telephone|tel|contact number|"
        "ship to phone|shipping phone|billing phone|手机|手机号|手机号码|联系手机|电话|联系电话|"
        "电话号码|收件人手机号|收货人手机号|收货人手机号/提货人手机号|客户手机号|联系方式|收货人电话|"
        "收件人电话|会员手机号"
    ),
    "customer.wechat": "wechat|wechat id|weixin|微信|微信号|微信id",
    "customer.qq": "qq|qq number|qq号|qq号码",
    "customer.weibo": "weibo|微博|微博名|微博账号",
    "customer.email": (
        "email|e-mail|email address|e-mail address|buyer email|customer email|邮箱|电子邮箱|电子邮件|"
        "邮件|邮箱地址"
    ),
    "customer.account": (
        "account|username|user name|buyer username|buyer|buyer user id|login|买家会员名|会员名|"
        "买家昵称|下单帐号|下单账号|账号|平台账号|帐号|用户名|旺旺|旺旺号|买家旺旺|淘宝id|会员账号|客户账号"
    ),
    "customer.number": (
        "customer id|customerid|customer no|customer number|client id|member id|member number|客户编号|"
        "客户号|客户id|会员编号|会员号|会员id|卡号|顾客编号"
    ),
    "customer.member": (
        "member card|member card number|member card no|member code|membership card|loyalty card|会员卡|"
        "会员卡号|会员卡编号|会员条码"
    ),
    "customer.region": (
        "region|country|city|province|country/region|地区|区域|城市|省份|省|所在地|国家|省市|微信地域"
    ),
    "customer.address": ("address|street address|home address|地址|详细地址|联系地址|客户地址|家庭住址|住址"),
    "customer.kind": "kind|customer type|customer kind|type|客户类型|客户类别|类型",
    "customer.relation": "relation|relationship|customer relation|lifecycle stage|客户关系|关系",
    "customer.gender": "gender|sex|性别|客户性别",
    "customer.birthday": "birthday|birth date|date of birth|dob|born|生日|出生日期|客户生日|出生年月",
    "customer.birthday_calendar": "birthday calendar|calendar of the birthday|生日历法|历法|生日类型",
    "customer.source": (
        "source|lead source|found us|how found|来源|客户来源|来源渠道|来源方式|获客方式|得知方式"
    ),
    "customer.likes": "likes|preferences|favourites|favorites|喜好|偏好|爱好|喜欢",
    "customer.dislikes": "dislikes|allergies|dislikes and allergies|不喜欢与忌口|忌口|不喜欢|过敏|忌讳|禁忌",
    "customer.expectations": "expectations|期望|客户期望|需求",
    "customer.family": "family|家庭|家庭情况|家人",
    "customer.notes": "notes|note|comment|comments|remark|remarks|备注|客户备注|说明|备注信息",
    "customer.tags": "tags|tag|labels|标签|客户标签",
    "customer.created_at": (
        "customer since|added on|添加时间|created|created at|create date|registered|registration date|joined|"
        "member since|成为客户时间|注册时间|注册日期|创建时间|建档时间|建档日期|入会时间|入会日期|"
        "开卡日期"
    ),
    "customer.channel": "channel|platform|渠道|平台",
}

LIKELY: Mapping[str, str] = {
    "order.number": "number|no|no.|id|reference|ref|编号|流水号|订单",
    "order.placed_at": "date|time|when|day|日期|时间|交易时间|订单付款时间",
    "order.total": "amount|sum|value|金额|金额(元)|收入|消费金额|销售额|销售金额",
    "order.paid": "payment|商家实收金额(元)|打款商家金额",
    "order.ship_to": "address|地址|详细地址|ship to address 1|shipping address1|修改后的收货地址",
    "order.note": "note|notes|comment|comments|备注|说明",
    "order.staff": "staff|seller|sold by|分销员|业务员昵称",
    "line.product_code": "code|article|编码|型号|外部系统编号",
    "line.title": "title|article name|品种|名称|商品说明",
    "line.quantity": "count|number of items|pcs|个数",
    "line.amount": "amount|sum|金额",
    "customer.name": (
        "contact|person|buyer|first name|名称|客户昵称|昵称|nickname|"
        "收款人|交易对方|display name|公司|公司名称"
    ),
    "customer.phone": "number|联系号码|固定电话|座机|home phone|business phone|primary phone",
    "customer.account": "user|user id|nick|买家|买家支付宝账号|支付宝账号|对方账号",
    "customer.region": "area|state|ship country|shipping country|billing country|收货人省份|shipping city",
    "customer.notes": "info|其他|其它",
}

_ENDS = re.compile(r"^[\s*:：·.]+|[\s*:：·.]+$")


def folded(header: str) -> str:
    """The form in which headers are compared: "Order_No. " and "order no" are one."""
    text = fold(clean_cell(header)).replace("_", " ")
    return " ".join(_ENDS.sub("", text).split())
