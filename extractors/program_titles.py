"""Titles of the nation or a province, by the words that award them."""

import re
from collections.abc import Iterable, Iterator

from extractors.program_found import ProgramFound
from extractors.program_tables import LEVELS
from extractors.rules import rule

_AWARDING = re.compile(
    r"(?:入选|入围|获评|荣获|荣膺|评为|命名|认定|授予|获批|创建|创成|摘得|列为|晋升|跻身|推荐|通过|获得)(?:为|了|成为)?"
    r"(?:第?[一二三四五六七八九十]{1,3}批|首批|新一批|(?:20)?[0-9]{2}年度?)?$"
)

_TITLE = re.compile(
    r"(?:国家级?|全国|中国|省级|世界级?)[^\W的是在了和与等为]{2,22}?"
    r"(?:[^城]市|县|城市|集群|基地|镇|村|乡|之乡|街区|企业|工厂|景区|度假区|社区|学校|先进单位|先进集体|园区|名城|百强县|示范区|试验区|先行区|产业集群|示范(?:省|州|市|县|区)（[省州市县区旗、]{1,5}）)"
    r"(?=[，。、；：（）\s(和及称名等”]|$)"
)

_COINED = re.compile(
    r"(?:国家级|中国)[^\W的是在了和与等为]{1,14}?(?:谷|之都|之乡|之城|标杆城市|中心)(?=[，。、；\s和等”]|$)"
)
"""What a city wants to become under a name of its own: 打造中国氢谷."""


@rule(
    "programs.awarded",
    "programs",
    says=[
        ("入选第三批国家水土保持重点县。", {"text": "国家水土保持重点县", "type": "title"}),
        ("打造中国石墨谷、中国竹编之乡。", {"text": "中国石墨谷", "type": "title"}),
        ("打造中国石墨谷、中国竹编之乡。", {"text": "中国竹编之乡", "type": "title"}),
    ],
    refuses=["国家重点实验室通过验收。"],
)
def awarded(text: str, levels: Iterable[int]) -> Iterator[ProgramFound]:
    """A title of the nation or the province behind a word that awards it: ``入选第四批国家农产品质量安全县``."""
    past = 0
    for level in levels:
        start = level
        if start < past:
            continue
        if text.endswith(("打造", "争创"), 0, start):
            if not text.startswith(("国家级", "中国"), start):
                continue
            patterns = [_COINED, _TITLE]
        elif _AWARDING.search(text, max(0, start - 14), start):
            patterns = [_TITLE]
        else:
            continue
        while (match := next(filter(None, (each.match(text, start) for each in patterns)), None)) is not None:
            past = match.end()
            if text[past - 2 : past] not in ("范区", "验区", "行区"):
                yield ProgramFound(start, past, "title", "programs.awarded")
            start = past + 1
            if not text.startswith("、", past) or not text.startswith(LEVELS, start):
                break
