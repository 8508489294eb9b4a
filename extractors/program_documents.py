"""Documents of a government, in 《》."""

import re
from collections.abc import Iterable, Iterator

from extractors.program_found import ProgramFound
from extractors.program_tables import program_words
from extractors.rules import rule

BOOK_QUOTES = re.compile(r"《\n?([^《》\n]{1,80}(?:〈[^《》\n]{1,60}〉[^《》\n]{0,30})?)\n?》")

_VERSION = re.compile(r"(?:[（(〔][^（()）〔〕]{1,20}[）)〕])+$")


@rule(
    "programs.document",
    "programs",
    says=[
        ("省政府印发《关于支持制造业发展的意见》。", {"text": "关于支持制造业发展的意见", "type": "document"}),
        ("根据《粮食流通管理条例》（以下简称《条例》）", {"text": "粮食流通管理条例", "type": "document"}),
        ("会议通过《\n县级机构改革方案\n》。", {"text": "县级机构改革方案", "type": "document"}),
        ("根据《粮食流通管理条例》（以下简称《条例》）", {"text": "条例", "type": "document"}),
    ],
    refuses=["电影《山路》上映，《人民日报》刊发评论。", "电视剧《铁道行动》今晚开播。", "《山河指南》第二集播出。"],
)
def documents(text: str, titles: Iterable[re.Match[str]]) -> Iterator[ProgramFound]:
    """《》 around a government's document: ``印发《关于促进就业的意见》 -> 关于促进就业的意见``, no film."""
    tables = program_words()
    for match in titles:
        title = _VERSION.sub("", match[1]).rstrip()
        before, after = (
            text[max(0, match.start() - 6) : match.start()],
            text[match.end() : match.end() + 4],
        )
        headed = title.endswith(tables.document_heads)
        if headed:
            media = (
                tables.media_before.search(before) or tables.work_after.match(after) or title.endswith(tables.media_end)
            )
        else:
            media = (
                not tables.issued.search(before)
                or tables.media_before.search(before)
                or tables.media_after.match(after)
                or tables.media_inside.search(title)
                or title.endswith(tables.media_end)
            )
        if not media:
            yield ProgramFound(match.start(1), match.end(1), "document", "programs.document")
