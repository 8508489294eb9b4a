"""Programmes of other countries, which are none of ours: 菲律宾“多建好建”计划."""

from collections.abc import Iterable

from extractors.program_found import ProgramFound
from extractors.program_tables import program_words

_BY_WORDING = frozenset(
    f"programs.{name}"
    for name in ("head_named", "head_launched", "head_placed", "around", "closed", "launched", "classed", "counted")
)
"""Names that are found by how they are worded; titles of documents, themes and the names of the nation stay."""


def leave_out_abroad(text: str, found: Iterable[ProgramFound]) -> list[ProgramFound]:
    """Leave out what begins with another country's name or stands right behind one: ``德国“工业蓝图”计划``."""
    return [each for each in found if each.rule not in _BY_WORDING or not _abroad(text, each)]


def _abroad(text: str, found: ProgramFound) -> bool:
    """Tell whether a name is another country's; one with 中国 or 一带一路 in it is also ours."""
    tables = program_words()
    name = text[found.start : found.end]
    if "中国" in name or "一带一路" in name or "丝绸之路" in name:
        return False
    begins = name[:1] not in "“‘" and tables.abroad.match(text, found.start) is not None
    return begins or tables.abroad_before.search(text, max(0, found.start - 8), found.start) is not None
