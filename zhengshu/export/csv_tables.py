"""A folder of CSV, one file a table, with the metadata of a Tabular Data Package beside them.

A table is read with nothing but its file; ``datapackage.json`` tells types, keys and what each column holds.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from schemas import Article, Extraction
from zhengshu.cells import csv_lines
from zhengshu.export import datapackage
from zhengshu.export.formats import Choices, counted
from zhengshu.export.places import replacing_folder
from zhengshu.tables import TABLES, rows


@contextmanager
def open_folder(out: str, choices: Choices) -> Iterator["CsvTables"]:
    """Open a folder for the tables; it takes its place when all are complete."""
    names = {datapackage.NAME, *(f"{name}.csv" for name in TABLES)}
    with replacing_folder(out, names) as folder:
        with ExitStack() as stack:
            yield CsvTables(folder, choices, stack)
        datapackage.write(folder, choices)


class CsvTables:
    """The tables that were chosen, each with its file; rows are those of ``zhengshu.tables``."""

    def __init__(self, folder: Path, choices: Choices, stack: ExitStack) -> None:
        self._guard = choices.guard
        self._counts = dict.fromkeys(choices.tables, 0)
        self._files: dict[str, TextIO] = {}
        encoding = "utf-8-sig" if choices.bom else "utf-8"
        for name in choices.tables:
            file = stack.enter_context((folder / f"{name}.csv").open("w", encoding=encoding, newline=""))
            file.write(csv_lines([[column.name for column in TABLES[name].columns]]))
            self._files[name] = file

    def add(self, document: Extraction, article: Article | None) -> None:
        """Write the rows of a document."""
        found = rows(document)
        for name, file in self._files.items():
            file.write(csv_lines(found[name], guard=self._guard))
            self._counts[name] += len(found[name])

    def told(self) -> list[str]:
        """Say how many rows each table has."""
        return [counted([*self._counts.items()])]
