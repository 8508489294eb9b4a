"""Named government programmes: plans, actions, reforms, mechanisms, funds, zones, campaigns, documents, titles.

A name is found by what closes it (a head: 计划 行动 工程 …, in program_heads and program_phrases), by what encloses it
together with the words around it (quotation marks in program_quotes and program_around, 《》 in program_documents), by
the words that award it (program_titles), or because the whole nation knows it (program_names). The words stand in
programs.toml and program_names.csv. Offsets are code points of the view (``reading.text``), end exclusive.
"""

from extractors.program_abroad import leave_out_abroad
from extractors.program_documents import BOOK_QUOTES, documents
from extractors.program_found import ProgramFound, leave_out, settle
from extractors.program_names import known_names, seek
from extractors.program_phrases import phrases
from extractors.program_quotes import quoted
from extractors.program_repeats import repeats
from extractors.program_titles import awarded
from schemas.reading import Reading

__all__ = ["ProgramFound", "read_programs"]


def read_programs(reading: Reading) -> list[ProgramFound]:
    """Read every named programme of a view, in text order, none overlapping.

    ``启动“春风行动”，印发《就业条例》 -> 春风行动 action, 就业条例 document``
    """
    text = reading.text
    titles = [*BOOK_QUOTES.finditer(text)] if "《" in text else []
    shown = [*documents(text, titles)]
    masked = [match.span() for match in titles]
    heads, names, levels = seek(text)
    known = [*known_names(text, names)]
    closed = phrases(reading, heads, {found.end for found in known})
    others = leave_out_abroad(text, [*known, *quoted(reading), *closed, *awarded(text, levels)])
    if not others and not shown:
        return []
    kept = settle([*shown, *leave_out(others, masked)])
    again = leave_out(repeats(text, kept), masked) if kept else []
    return settle([*kept, *again]) if again else kept
