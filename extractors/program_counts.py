"""Counts in quotation marks: 三个优化, 四项责任, 十二条, 两核四带."""

import re

from extractors.program_found import ProgramFound
from extractors.program_quotations import Quote, closing_head, whole
from extractors.program_tables import program_words
from extractors.rules import rule

__MEASURES = re.compile(
    r"[\u4E00-\u9FFF]{2,12}(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})条(?:措施|政策|意见)?"
    r"|(?:[二三四五六七八九]?十[一二三四五六七八九]?|[1-9][0-9])条"
)


@rule(
    "programs.measures",
    "programs",
    says=[
        ("出台“稳就业十二条”。", {"text": "稳就业十二条", "type": "mechanism"}),
    ],
    refuses=["他提了“三条”。"],
)
def measures(quote: Quote) -> ProgramFound | None:
    """A numbered list of measures: ``“关心关爱企业家十条”``."""
    return whole(quote, "mechanism", "programs.measures") if __MEASURES.fullmatch(quote.content) else None


_COUNTED = re.compile(r"([二两三四五六七八九十])[个项大]?([\u4E00-\u9FFF]{2})")

_COUNT = {digit: value for value, digit in enumerate("一二三四五六七八九十", 1)} | {"两": 2}

_COUNTED_NOUN = re.compile(r"[二两三四五六七八九十][个项大场条类][\u4E00-\u9FFF]{2,4}")

_UPHELD = re.compile(
    r"(?:落实|执行|推行|实施|实行|推进|开展|打好|打赢|深化|建立|完善|健全|抓好|建好|筑牢|守牢|拓展)(?:了|好)?[^，。；：“”的]{0,8}$"
)

_POLES = re.compile(r"(?:[一二两三四五六七八九十][\u4E00-\u9FFF]{1,3}、?){2,5}")

_NO_POLES = re.compile(r"[园院馆校]|合一|^一.一.$")

_NO_CAUSE = re.compile(r"坚持|必须|率先|确立|维护|自信|意识|定位|不|善于|结合|统筹|从严|一律")

_BUILT = ("建设", "构建", "打造", "实施", "构筑", "推进", "谋划", "着力构建", "加快构建")


@rule(
    "programs.counted",
    "programs",
    says=[
        ("严格程序、严格标准、严格纪律，做到“三个严格”。", {"text": "三个严格", "type": "mechanism"}),
        ("严格落实“四项责任”。", {"text": "四项责任", "type": "mechanism"}),
        ("打造“两核四带”。", {"text": "两核四带", "type": "strategy"}),
    ],
    refuses=["深刻领悟“两个确立”，答好“四个问题”。"],
)
def counted(text: str, quote: Quote) -> ProgramFound | None:
    """A count of what was just listed or is put to work: ``优化技术、优化产品、优化质量“三个优化” -> 三个优化``."""
    content = quote.content
    if content[0] not in _COUNT or content in program_words().emphasis:
        return None
    match = _COUNTED.fullmatch(content)
    if match is not None and text[max(0, quote.open - 90) : quote.open].count(match[2]) >= _COUNT[match[1]] > 2:
        return whole(quote, "mechanism", "programs.counted")
    if _COUNTED_NOUN.fullmatch(content) and not _NO_CAUSE.search(content):
        upheld = _UPHELD.search(text, max(0, quote.open - 14), quote.open)
        listed = quote.before[-2:-1] == "”" and quote.before[-1:] in ("和", "、")
        if upheld or (listed and _UPHELD.search(text, max(0, quote.open - 30), text.rfind("“", 0, quote.open - 1))):
            head = closing_head(content)
            return whole(quote, head.type if head else "mechanism", "programs.counted")
    if quote.before.endswith(_BUILT) and _POLES.fullmatch(content) and not _NO_POLES.search(content):
        return whole(quote, "strategy", "programs.counted")
    return None
