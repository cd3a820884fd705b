"""Lets the Chinese of a PDF be searched and copied: Qt takes characters for radicals that look like them.

A face draws 月 and the radical ⽉ with one glyph, and Qt writes of either's glyph that it means the radical.
What a glyph means stands in a PDF in codes of four digits, so that a better one takes the same room.
"""

from __future__ import annotations

import re
import unicodedata

_MAP = re.compile(rb"begincmap.*?endcmap", re.DOTALL)
_MEANINGS = re.compile(rb"\[[^\]]*\]")
_CODE = re.compile(rb"<(2[EF][0-9A-Fa-f]{2})>")
_SUPPLEMENT = dict(
    zip(
        "⼾⺁⺊⺌⺜⺝⺟⺠⺬⺶⺼⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻧⻨⻩⻬⻮⻯⻰⻳",
        "户厂卜小日月母民示羊肉西见角贝车長长门青韦页风飞食马鬼鱼鸟卤麦黄齐齿竜龙龟",
        strict=True,
    )
)
"""Radicals that Unicode does not fold, or to another country's character."""


def searchable(pdf: bytes) -> bytes:
    """The same PDF with characters where Qt wrote radicals."""
    return _MAP.sub(lambda found: _MEANINGS.sub(lambda said: _CODE.sub(_character, said[0]), found[0]), pdf)


def _character(code: re.Match[bytes]) -> bytes:
    radical = chr(int(code[1], 16))
    character = _SUPPLEMENT.get(radical) or unicodedata.normalize("NFKC", radical)
    return b"<%04X>" % ord(character) if len(character) == 1 and character <= "\uffff" else code[0]
