"""Projects that say where they lie: 张掖|抽水蓄能电站项目."""

import re

from extractors.program_left import Left, own_region
from extractors.program_tables import Head, program_words
from schemas.reading import Reading

_SITE = (
    r"江|河|湖|洲|岛|湾|峡|港|堤|大桥|高速|高铁|铁路|公路|机场|航道|水库|水闸|灌区|电站|运河|水道|枢纽|流域|隧道"
    r"|山|草原|沙漠|沙地|湿地|林场|[蓄分][滞洪]洪?区|煤矿|油田|气田|电厂|核电|管道|管线|地铁|轨道|码头|[国省县]道|快线|环线"
)

ON_SITE = re.compile(rf"{_SITE}|[GS][0-9]")

_SITE_WORD = re.compile(rf".*(?:{_SITE})")

_ROAD = re.compile(r"[GS][0-9]{1,4}|[国省县]道|[0-9]{2,3}(?:国道|省道|线)")


_WATER = re.compile(r"[\u4E00-\u9FFF][江河湖海]")
_BASINS = frozenset({"流域", "干流", "支流", "大堤", "水系", "库区", "湖区"})


def _basin(text: str, words: list[tuple[int, int]]) -> bool:
    """Tell whether a basin follows a short name of a water: 汶湖|流域."""
    return bool(words) and text[slice(*words[0])] in _BASINS


def says_where(reading: Reading, left: Left, head: Head) -> bool:
    """Tell whether a project says where it lies: 张掖|抽水蓄能电站, 四湖|流域综合治理, G30|连霍高速公路扩容改造."""
    text, tables = reading.text, program_words()
    proper = False
    if text[slice(*left.words[-1])] in tables.kinds_of_work:
        return False
    for index, (start, end) in enumerate(left.words):
        word = text[start:end]
        if _ROAD.match(word) or own_region(reading, word) or word in tables.sites:
            return True
        if _SITE_WORD.fullmatch(word) and (proper or len(word) > 2) and word not in tables.common_sites:
            return True
        if _WATER.fullmatch(word) and word not in tables.common_sites and _basin(text, left.words[index + 1 :]):
            return True
        proper = proper or not (
            word in tables.common_sites or word in tables.generic or word in tables.opening or word in tables.official
        )
    return proper and head.needs == "placed" and ON_SITE.search(head.text) is not None
