"""How Chinese surnames are read, where that differs from the character's usual reading, and name words."""

from __future__ import annotations

# One line is `reading characters`; a character may stand in several lines, the likeliest first.
# Simplified and traditional forms stand side by side.
_SINGLE = """
shàn 单單  zēng 曾  qiú 仇  xiè 解  zhā 查  ōu 区區  zhái 翟  chóng 种  piáo 朴  gě 葛  gài 盖蓋  gě 盖蓋
rén 任  yuè 乐樂  lè 乐樂  yùn 员員贠  wèi 尉  yù 尉  jǐ 纪紀  jì 纪紀  miào 缪繆  móu 缪繆  mì 宓  fú 宓
xiǎn 冼洗鲜鮮  bì 秘  qín 覃  tán 覃  pó 繁  shào 召  shé 折佘  hè 黑  shèng 盛  shí 石  chē 车車  qū 曲
bǔ 卜  gān 干  yīng 应應  huà 华華  níng 宁寧甯  nìng 宁寧甯  nài 佴能  wěi 隗  kuí 隗  xún 郇  huán 郇
yān 燕  guō 过過呙咼  nā 那  nà 那  mù 牟  móu 牟  páng 逄  hǎ 哈  xiàng 相  bó 薄柏  bǎi 柏  gōu 句  guì 炅
chén 谌諶  shèn 谌諶  yū 於  zhài 祭  zhān 占  dū 都  dǐ 邸  xī 郗  chī 郗  shēn 莘  xīn 莘  niè 乜
lù 逯  jué 角  zāng 藏臧  juàn 隽雋  zhǎng 仉  tǒu 钭鈄  xìng 幸  yuàn 苑  suī 眭  yuán 袁  hēng 亨
shěn 沈  jiǎ 贾賈  féng 冯馮  wàn 万萬  yǐn 尹  gǔ 谷  guān 观  jiāng 强  qiáng 强強  sà 萨薩  cháng 长  sǎ 撒
"""

_COMPOUND = """
欧阳 ōu yáng  歐陽 ōu yáng  上官 shàng guān  司马 sī mǎ  司馬 sī mǎ  司徒 sī tú  司空 sī kōng
诸葛 zhū gě  諸葛 zhū gě  长孙 zhǎng sūn  長孫 zhǎng sūn  尉迟 yù chí  尉遲 yù chí  万俟 mò qí
單于 chán yú  单于 chán yú  澹台 tán tái  澹臺 tán tái  令狐 líng hú  皇甫 huáng fǔ  东方 dōng fāng
東方 dōng fāng  公孙 gōng sūn  公孫 gōng sūn  慕容 mù róng  宇文 yǔ wén  夏侯 xià hóu  端木 duān mù
轩辕 xuān yuán  軒轅 xuān yuán  钟离 zhōng lí  鍾離 zhōng lí  呼延 hū yán  南宫 nán gōng  南宮 nán gōng
独孤 dú gū  獨孤 dú gū  西门 xī mén  西門 xī mén  太史 tài shǐ  申屠 shēn tú  濮阳 pú yáng  濮陽 pú yáng
淳于 chún yú  公冶 gōng yě  宗政 zōng zhèng  鲜于 xiān yú  鮮于 xiān yú  闾丘 lǘ qiū  仲孙 zhòng sūn
赫连 hè lián  赫連 hè lián  百里 bǎi lǐ  东郭 dōng guō  公羊 gōng yáng  拓跋 tuò bá  完颜 wán yán
第五 dì wǔ  纳兰 nà lán  納蘭 nà lán  贺兰 hè lán  賀蘭 hè lán  羊舌 yáng shé  微生 wēi shēng  梁丘 liáng qiū
左丘 zuǒ qiū  南门 nán mén  东门 dōng mén  巫马 wū mǎ  公西 gōng xī  漆雕 qī diāo  乐正 yuè zhèng
壤驷 rǎng sì  公良 gōng liáng  夹谷 jiá gǔ  宰父 zǎi fǔ  谷梁 gǔ liáng  段干 duàn gān  子车 zǐ jū  叶赫 yè hè
"""

# Characters whose reading in a given name is open, or is not the dictionary's first.
_GIVEN = """
长 cháng zhǎng  長 cháng zhǎng  乐 lè yuè  樂 lè yuè  朝 zhāo cháo  晟 shèng chéng  茜 qiàn xī  行 xíng háng
重 chóng zhòng  传 chuán zhuàn  傳 chuán zhuàn  藏 cáng zàng  盛 shèng chéng  柏 bǎi bó  厦 xià shà
廈 xià shà  都 dū dōu  参 cān shēn  參 cān shēn  調 tiáo diào  调 tiáo diào  卜 bǔ  葛 gé gě  曾 zēng céng
番 fān pān  乾 qián gān  校 xiào jiào  会 huì kuài  會 huì kuài  颉 jié xié  頡 jié xié  率 shuài lǜ
单 dān shàn  單 dān shàn  解 jiě xiè  车 chē jū  卡 kǎ qiǎ  咖 kā gā  弹 dàn tán  彈 dàn tán  禅 chán shàn
便 biàn pián  觉 jué jiào  覺 jué jiào  贾 jiǎ gǔ  娜 nà nuó  了 le liǎo  得 dé děi  还 hái huán  還 hái huán
适 shì  宿 sù xiǔ  若 ruò  仔 zǎi zǐ  子 zǐ  儿 ér  地 dì  和 hé  么 me  不 bù  一 yī  大 dà  头 tóu
"""

# Words of shop and place names in which a character has its other reading.
_WORDS = """
重庆 chóng qìng  银行 yín háng  商行 shāng háng  车行 chē háng  洋行 yáng háng  琴行 qín háng  花行 huā háng
成都 chéng dū  大厦 dà shà  六安 lù ān  番禺 pān yú  人参 rén shēn  海参 hǎi shēn  音乐 yīn yuè  乐器 yuè qì
会计 kuài jì  调料 tiáo liào  快乐 kuài lè  朝阳 cháo yáng  西藏 xī zàng  校长 xiào zhǎng  店长 diàn zhǎng
会长 huì zhǎng  队长 duì zhǎng  厂长 chǎng zhǎng  家长 jiā zhǎng  传奇 chuán qí
"""


def _pairs(table: str, length: int) -> dict[str, tuple[str, ...]]:
    """The entries of a table of words, each followed by a reading for each of its characters."""
    found: dict[str, tuple[str, ...]] = {}
    fields = table.split()
    step = length + 1
    for at in range(0, len(fields), step):
        found[fields[at]] = tuple(fields[at + 1 : at + step])
    return found


def single_surnames() -> dict[str, tuple[str, ...]]:
    """Surname → its readings with tone marks, the likeliest first."""
    found: dict[str, tuple[str, ...]] = {}
    fields = _SINGLE.split()
    for reading, characters in zip(fields[::2], fields[1::2], strict=True):
        for character in characters:
            found[character] = (*found.get(character, ()), reading)
    return found


def compound_surnames() -> dict[str, tuple[str, ...]]:
    """Surname of two characters → the reading of each, with tone marks."""
    return _pairs(_COMPOUND, 2)


def words() -> dict[str, tuple[str, ...]]:
    """Word of two characters → the reading of each, with tone marks."""
    return _pairs(_WORDS, 2)


def given_readings() -> dict[str, tuple[str, ...]]:
    """Character of a given name → its readings with tone marks, the likeliest first."""
    found: dict[str, tuple[str, ...]] = {}
    character = ""
    for field in _GIVEN.split():
        if len(field) == 1 and field > "\u3400":
            character = field
            found[character] = ()
        else:
            found[character] = (*found[character], field)
    return found
