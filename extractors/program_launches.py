"""Whether something in front of a head can have launched what it names: a quick look, before words are asked for."""

import re

from extractors.program_sites import ON_SITE
from extractors.program_tables import Head, program_words

LARGE = frozenset({"工程", "计划", "行动", "战略", "运动", "基金", "制度"})

LARGE_LAUNCH = re.compile(r"(?:启动|实施|开展|推进|设立|组建|发起|实行|推行)[^，。；]{1,16}(?:的|[亿万]元)$")
"""启动为期三年的|清水工程: a description between the launch and the name."""


def may_be_launched(text: str, floor: int, at: int, head: Head, chained: set[int]) -> bool:
    """Tell, without asking for words, whether a `launched` head can stand: most cannot."""
    tables = program_words()
    if (
        head.type == "project"
        and at - floor > 3
        and (
            ON_SITE.search(text, floor, at)
            or text[floor : floor + 2] in tables.regions
            or text[floor : floor + 2] in tables.sites
        )
    ):
        return True
    if head.needs == "placed":
        return at - floor > 1
    phrase = text[floor:at]
    last = 0
    for match in tables.launched.finditer(phrase):
        last = match.end()
    if last and _may_be_name(phrase[last:].lstrip("了")):
        return True
    for word in ("国家", "全国", "轮", "批"):
        begin = phrase.rfind(word) + 1
        if begin and (_may_be_name(phrase[begin - 1 + len(word) :]) or (begin == 1 and len(phrase) > 3)):
            return True
    described = max(phrase.rfind("的"), phrase.rfind("元"))
    if described >= 0:
        part, begin = phrase[described + 1 :], floor + described
        launch = head.text in LARGE and _may_be_name(part) and LARGE_LAUNCH.search(text, max(0, begin - 17), begin + 1)
        return bool(launch)
    if chained and not chained.isdisjoint(range(floor - 1, at - 1)):
        return True
    return text.startswith(tables.progress, at + len(head.text)) and _NO_NAME.search(phrase) is None


_NO_NAME = re.compile("[的了是将]")


def _may_be_name(part: str) -> bool:
    """Tell whether what stands between a launch and a head can tell a thing apart: 推进|重点|工程 cannot."""
    tables = program_words()
    common = part in tables.generic or part in tables.functions
    return len(part) > 1 and not common and _NO_NAME.search(part) is None
