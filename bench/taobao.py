"""A made-up Taobao order export: 54 columns in GBK, an order a row, one value in five not as it should be."""

from __future__ import annotations

import random
from pathlib import Path

HEADERS = (
    "订单编号", "买家会员名", "买家支付宝账号", "买家应付货款", "买家应付邮费", "买家支付积分", "总金额",
    "返点积分", "买家实际支付金额", "买家实际支付积分", "订单状态", "买家留言", "收货人姓名", "收货地址 ",
    "运送方式", "联系电话 ", "联系手机", "订单创建时间", "订单付款时间 ", "宝贝标题 ", "宝贝种类 ",
    "物流单号 ", "物流公司", "订单备注", "宝贝总数量", "店铺Id", "店铺名称", "订单关闭原因", "卖家服务费",
    "买家服务费", "发票抬头", "是否手机订单", "分阶段订单信息", "特权订金订单id", "是否上传合同照片",
    "是否上传小票", "是否代付", "定金排名", "修改后的sku", "修改后的收货地址", "异常信息", "天猫卡券抵扣",
    "集分宝抵扣", "是否是O2O交易", "新零售交易类型", "新零售导购门店名称", "新零售导购门店id",
    "新零售发货门店名称", "新零售发货门店id", "退款金额", "预约门店", "确认收货时间", "打款商家金额",
    "含应开票给个人的个人红包",
)  # fmt: skip
_FAMILY, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊洋艳勇军杰娟涛明超秀霞平"
_PLACES = ("浙江省 杭州市 西湖区 龙井路", "上海 上海市 浦东新区 世纪大道", "广东省 深圳市 南山区 科技园")
_STATES = ("交易成功", "交易关闭", "买家已付款，等待卖家发货", "卖家已发货，等待买家确认")
_WRONG = ("", "-", "--", "null", "#N/A", "1.23E+18", "####", "待定", "1380013800", "2026-13-45", "12元左右")


def make(path: Path, orders: int) -> Path:
    """Writes the file unless it is there, the same each time."""
    if path.is_file():
        return path
    dice = random.Random(54)
    part = path.with_suffix(".part")
    with part.open("w", encoding="gb18030", newline="") as file:
        file.write(",".join(f'"{header}"' for header in HEADERS) + "\r\n")
        for order in range(orders):
            # A fifth of the orders has one value, of any column, that is not as it should be.
            row = _row(order, dice)
            if dice.random() < 0.2:
                row[dice.randrange(len(row))] = dice.choice(_WRONG)
            file.write(",".join(f'"{cell}"' for cell in row) + "\r\n")
    part.replace(path)
    return path


def _row(order: int, dice: random.Random) -> list[str]:
    buyer = dice.randrange(120_000)
    name = _FAMILY[buyer % 20] + _GIVEN[buyer // 20 % 20] + _GIVEN[buyer // 400 % 20]
    day, second = order % 28 + 1, order % 60
    placed = f"2026-{order * 11 // 300_000 + 1:02}-{day:02} {order % 24:02}:{order // 60 % 60:02}:{second:02}"
    price, refund = dice.randrange(100, 90_000), 0 if dice.random() < 0.95 else 100
    address = f"{_PLACES[buyer % 3]} {buyer % 900}号{buyer % 40}幢{buyer % 1200}室(000000)"
    row = [""] * len(HEADERS)
    row[0] = f'="{4_800_000_000_000_000_000 + order * 7_919}"'
    row[1], row[2] = f"tb{buyer:08}", f"{buyer:06}***@qq.com"
    row[3] = row[6] = f"{price / 100:.2f}"
    row[4], row[5], row[7], row[9] = "0.00", "0", str(price // 200), "0"
    row[8], row[49] = f"{(price - refund) / 100:.2f}", f"{refund / 100:.2f}"
    row[10] = _STATES[0] if refund or dice.random() < 0.9 else dice.choice(_STATES)
    row[11] = f"请尽快发货 {order}" if order % 7 == 0 else ""
    row[12], row[13], row[14] = name, address, "快递"
    row[16] = f"'{13_000_000_000 + buyer * 7_001}"
    row[17], row[18], row[51] = placed, placed, placed
    row[19] = f"明前龙井茶叶 {order % 3_000} 号礼盒装"
    row[20], row[21], row[22], row[24] = "1", f"No:SF{order:012}", "顺丰速运", str(order % 5 + 1)
    row[25], row[26], row[31], row[27] = "0", "熟客茶铺", "手机订单", "订单未关闭"
    row[52] = row[8]
    return row
