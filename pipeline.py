"""The flow from article to document, and the command line.

Modules are imported where they are used: ``zhengshu --help`` loads no dictionary and no schema.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from extractors.ledger import Readings
    from schemas import Article, Extraction, Reading
    from zhengshu.batch import Outcome, Write
    from zhengshu.evaluate import Evaluation
    from zhengshu.evaluate.annotations import Gold
    from zhengshu.evaluate.baseline import Comparison
    from zhengshu.evaluate.intervals import Interval
    from zhengshu.evaluate.tables import Figure
    from zhengshu.report import Table
    from zhengshu.sinks import Sink

VERSION = "0.1.0"


def extract(article: Article | str, *, published: date | str | None = None, region: str | None = None) -> Extraction:
    """Read every figure of an article (or of a bare text) into a document.

    ``published`` (ISO date) and ``region`` serve where the article has none. Raises pydantic's ValidationError for
    what is no article. ``extract("惠及3万余户").quantities[0].value -> Decimal("30000")``
    """
    from schemas import Article

    if isinstance(article, str):
        article = Article.model_validate({"id": "text", "text": article, "published": published, "region": region})
    elif (published and not article.published) or (region and not article.region):
        known = {"published": article.published or published, "region": article.region or region}
        article = Article.model_validate(article.model_dump() | known)
    read, settle = _flow()
    return settle(article, *read(article))


@cache
def _flow() -> tuple[Callable[[Article], tuple[Reading, Readings]], Callable[[Article, Reading, Readings], Extraction]]:
    """Load the stages, once, and give the flow through them: one half reads, the other makes the document."""
    from hashlib import sha256

    from extractors import (
        audit,
        facts,
        ledger,
        naming,
        numerals,
        ordinals,
        periods,
        programs,
        quantities,
        regions,
        units,
    )
    from schemas import Extraction
    from zhengshu import views

    surfaces = units.surfaces()

    def read(article: Article) -> tuple[Reading, Readings]:
        reading = views.read(article, units=surfaces)
        numbers = numerals.read_numerals(reading.text)
        times = periods.read_periods(reading, numbers)
        amounts, fates = quantities.read_quantities(reading, numbers, times)
        ranks, refused = ordinals.read_ordinals(reading, numbers, times)
        names = programs.read_programs(reading)
        return reading, ledger.Readings(numbers, amounts, fates | refused, times, ranks, names)

    def settle(article: Article, reading: Reading, found: Readings) -> Extraction:
        kept = ledger.keep(reading, found)
        kept.facts = facts.read_facts(reading, kept.quantities, kept.periods, kept.ordinals)
        if kept.facts:
            kept.home = regions.locate(reading, kept.facts)
            naming.name_indicators(reading.text, kept.facts)
        kept.checks = audit.audit(reading.text, kept.quantities, kept.facts, kept.periods)
        header = {**vars(article)}
        del header["text"]
        header |= {"sha256": sha256(article.text.encode()).hexdigest(), "length": len(article.text)}
        return Extraction.model_validate(
            {
                "schema_version": "1",
                "article": header,
                **ledger.settle(reading, kept),
                "generator": {"name": "zhengshu", "version": VERSION},
            }
        )

    return read, settle


# --- commands: 0 done, 1 some documents failed, 2 the command cannot be done as given ------------------------------


def extract_command(options: argparse.Namespace) -> int:
    """Read articles and write a document for each, or the lines of their facts."""
    from zhengshu import batch, ingest

    published = _date_option(options.published)
    articles = ingest.read(options.inputs, published=published, region=options.region)
    opened, write = _output(options)
    with opened as sink:
        table = _write_all(batch.run(articles, extract, workers=options.workers, write=write), sink)
    _tell(str(table))
    return 1 if table.failed else 0


def _output(options: argparse.Namespace) -> tuple[contextlib.AbstractContextManager[Sink], Write]:
    """Choose where documents go and how they are written; nothing is opened yet."""
    from zhengshu import batch, fact_lines, sinks

    if options.bom and options.format != "facts-csv":
        raise _usage("--bom is for spreadsheets that read CSV; use it with --format facts-csv")
    if options.format == "json":
        out = options.out or "outputs"
        if out.endswith(".csv") and not Path(out).is_dir():
            raise _usage(f"{out} would be a folder of JSON documents; add --format facts-csv, or name another place")
        return sinks.open_sink(out), batch.as_json
    table = fact_lines.FORMATS[options.format]
    head = "\ufeff" + table.head if options.bom else table.head
    return sinks.open_table(options.out or f"facts{table.suffix}", table.suffix, head), table.write


def validate_command(options: argparse.Namespace) -> int:
    """Prove stored documents from their sources: print one line a fault."""
    from zhengshu import ingest, proof, stored

    proved = proof.Proof(stored.find(options.outputs))
    faulty = 0
    with _progress() as (advance, say):
        for line in proved.run(ingest.read(options.source), extract, advance):
            faulty += 1
            say(line, sys.stdout)
    _tell(f"{proved.proven} of {proved.total} documents proven from their sources, {faulty} faults")
    return 1 if faulty else 0


def evaluate_command(options: argparse.Namespace) -> int:
    """Judge documents by gold annotations: figures, errors, a page of them, a comparison with a baseline."""
    from zhengshu.evaluate import annotations, baseline, errors_page, intervals, tables

    gold = annotations.load_gold(options.gold)
    before = baseline.load(options.baseline) if options.baseline else None
    if options.html and not errors_page.available():
        raise _usage(errors_page.NEEDS_JINJA)
    evaluation, texts, failed = _judge(options, gold)
    spread = tables.figure_intervals(evaluation)
    comparison = baseline.compare(before, baseline.keep(evaluation)) if before is not None else None
    _print_evaluation(options, evaluation, spread, comparison)
    if options.html:
        title = Path(options.gold).resolve().name
        errors_page.write(options.html, errors_page.render(evaluation, texts, spread, title))
    if not intervals.available():
        _tell(intervals.NEEDS_NUMPY)
    for name in evaluation.missing:
        _tell(f"{name}: no document has the text of this gold article; its records count as missed")
    saved = _save_baseline(options, evaluation) if options.save_baseline else True
    return 1 if failed or evaluation.missing or (comparison and comparison.falls) or not saved else 0


def _judge(options: argparse.Namespace, gold: list[Gold]) -> tuple[Evaluation, dict[str, str], bool]:
    """Judge stored documents, or the articles of the gold read anew; give their texts, and whether any failed."""
    from zhengshu.evaluate import annotations, evaluate

    articles, failures = annotations.find_articles(options.gold, gold, options.articles)
    if options.outputs:
        documents = dict(annotations.load_documents(options.outputs))
    elif articles:
        documents, unread = annotations.read_documents(articles.values(), extract, options.workers)
        failures += unread
    else:
        raise _usage(f"no article of {options.gold} was found; name them with --articles, or documents with --outputs")
    for failure in failures:
        _tell(str(failure))
    texts = {sha256: article.text for sha256, article in articles.items()}
    return evaluate(gold, documents), texts, bool(failures)


def _print_evaluation(
    options: argparse.Namespace,
    evaluation: Evaluation,
    spread: dict[Figure, Interval],
    comparison: Comparison | None,
) -> None:
    """Print the tables, the errors that were asked for and what changed, or all of it as JSON."""
    from zhengshu import report
    from zhengshu.evaluate import tables

    if options.json:
        import json

        found = tables.as_json(evaluation, spread) | ({"baseline": comparison.as_json()} if comparison else {})
        _print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    shown = [*tables.summary(evaluation, spread)]
    for by in options.by:
        shown += tables.grouped(evaluation, by, spread)
    _print("\n\n".join("\n".join(report.align(table)) for table in shown))
    for line in tables.first_errors(evaluation, options.errors):
        _print(line)
    if comparison is not None:
        _print("\n".join(["", *comparison.lines()]))


def _save_baseline(options: argparse.Namespace, evaluation: Evaluation) -> bool:
    """Keep the outcomes in a file, after saying what is given up against what it holds; falls must be accepted."""
    from zhengshu.evaluate import baseline

    place = options.save_baseline
    if evaluation.missing:
        _tell(f"{place} was not written, for gold articles have no document")
        return False
    now = baseline.keep(evaluation)
    if Path(place).exists():
        given_up = baseline.compare(baseline.load(place), now)
        _tell("\n".join(given_up.lines()))
        if given_up.falls and not options.accept_falls:
            _tell(f"{place} was not written, for {len(given_up.falls)} records fell; --accept-falls gives them up")
            return False
    baseline.save(place, now)
    _tell(f"{place} holds the outcome of {len(now)} records")
    return True


def explain_command(options: argparse.Namespace) -> int:
    """Print what each stage reads from a sentence, which rule read it, and why a numeral became nothing."""
    from extractors.ledger import left_out, reasons
    from extractors.rules import RULES
    from schemas import Article
    from zhengshu import charset, explain, ingest

    text = options.text
    if text == "-":
        text = charset.decode(sys.stdin.buffer.read(ingest.MAX_BYTES))
    published = _date_option(options.published)
    article = Article(id="sentence", text=text, published=published, region=options.region)
    read, settle = _flow()
    reading, found = read(article)
    summaries = {name: rule.summary for name, rule in RULES.items()}
    told = explain.Reasons(reasons(reading, found), left_out(reading, found), summaries)
    _print("\n".join(explain.explain(reading, settle(article, reading, found), told)))
    return 0


def export_gold_command(options: argparse.Namespace) -> int:
    """Write gold, or documents as pre-annotation, for an annotation tool."""
    from zhengshu.gold import exporting, formats
    from zhengshu.gold.articles import Shelf
    from zhengshu.gold.exchange import Annotated, Notes

    tool, shelf, notes = formats.load(options.format), Shelf(options.articles), Notes()
    found = list(exporting.load(options.gold, shelf))
    whole = [item for item in found if isinstance(item, Annotated)]
    failures = [failure for item in found if isinstance(item, list) for failure in item]
    written = exporting.write(options.out, tool.main, tool.write(whole, options.offsets or tool.counts, notes))
    for line in (*map(str, [*shelf.failures, *failures]), *notes.lines()):
        _tell(line)
    mentions = sum(len(item.gold.mentions) for item in whole)
    _tell(f"{len(whole)} articles with {mentions} mentions written to {options.out} ({len(written)} files)")
    return 1 if shelf.failures or len(whole) < len(found) else 0


def import_gold_command(options: argparse.Namespace) -> int:
    """Read the files of an annotation tool into gold, each quote held against its article."""
    import json

    from zhengshu import sinks
    from zhengshu.errors import DocumentError, Failure, OutputError, OutputLostError
    from zhengshu.gold import formats
    from zhengshu.gold.articles import Shelf
    from zhengshu.gold.importing import Import

    shelf = Shelf(options.articles) if options.articles else None
    reading = Import(formats.load(options.format), shelf, options.annotator, options.offsets)
    failures = list(shelf.failures) if shelf else []
    done = mentions = failed = 0
    with sinks.open_sink(options.out) as sink:
        try:
            for gold in reading.read(options.source):
                if isinstance(gold, list):
                    failures += gold
                    failed += 1
                    continue
                try:
                    sink.write(gold.doc, json.dumps(gold.record(), ensure_ascii=False))
                except OutputLostError:
                    raise
                except OutputError as error:
                    failures.append(Failure(gold.doc, str(error)))
                    failed += 1
                else:
                    done, mentions = done + 1, mentions + len(gold.mentions)
        except DocumentError as error:
            raise _usage(f"{options.source} cannot be imported: {error}") from None
    for line in (*map(str, failures), *reading.notes.lines()):
        _tell(line)
    faulty = f", {failed} failed" if failed else ""
    _tell(f"{done} articles with {mentions} mentions written to {options.out}{faulty}")
    return 1 if failures else 0


def schema_command(options: argparse.Namespace) -> int:
    """Print the JSON Schema of the output document."""
    import json

    from schemas import Extraction

    _print(json.dumps(Extraction.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2))
    return 0


def demo_command(options: argparse.Namespace) -> int:
    """Read the corpus of the project, and show one of its sentences with what was read from it."""
    from schemas import Article, Extraction
    from zhengshu import ingest, report

    corpus = os.path.relpath(Path(__file__).parent / "corpus" / "articles")
    if not Path(corpus).is_dir():
        raise _usage("the demo reads the corpus of the source tree, which is not installed; run it there: ./run demo")
    options.inputs, options.published, options.region = [corpus], None, None
    options.format, options.bom = "json", False
    status = extract_command(options)
    articles = (item for item in ingest.read([corpus]) if isinstance(item, Article))
    files = ((article.text, Path(options.out, f"{article.id}.json")) for article in articles)
    documents = ((Extraction.model_validate_json(file.read_bytes()), text) for text, file in files if file.exists())
    _print(f"\n{report.specimen(documents) or 'no sentence of the corpus gave a record'}")
    _tell(f"\nthe documents are in {options.out}")
    return status


def _write_all(outcomes: Iterable[Outcome], sink: Sink) -> Table:
    """Write the documents as they come, name those that failed, and count both."""
    from zhengshu.errors import Failure, OutputError, OutputLostError
    from zhengshu.report import Table

    table = Table()
    with _progress() as (advance, say):
        for outcome in outcomes:
            failure = outcome if isinstance(outcome, Failure) else None
            if not isinstance(outcome, Failure):
                try:
                    sink.write(outcome.id, outcome.document)
                    table.add(outcome)
                except OutputLostError as error:
                    raise OutputLostError(f"{outcome.id}: {error}; the run stopped after {table.done}") from None
                except OutputError as error:
                    failure = Failure(outcome.id, str(error))
            if failure is not None:
                table.failed += 1
                say(str(failure), sys.stderr)
            advance()
    return table


# --- the command line ---------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 1 some documents failed, 2 usage."""
    options = _parser().parse_args(arguments)
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGTERM, _stop)
    try:
        return int(options.command(options))
    except BrokenPipeError:
        # The reader has gone, as in `| head`: nothing is wrong, but Python would complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        _tell("zhengshu: stopped; what was written is whole")
        return 130
    except Exception as error:
        from zhengshu.errors import UsageError, ZhengshuError

        if not isinstance(error, ZhengshuError):
            raise
        _tell(f"zhengshu: {error}")
        return 2 if isinstance(error, UsageError) else 1


def _stop(signum: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zhengshu",
        description="Every figure in a Chinese government press release, as a typed record pointing at its evidence.",
        epilog="Exit status: 0 done, 1 some documents failed, 2 usage.",
    )
    parser.add_argument("--version", action="version", version=f"zhengshu {VERSION}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    command = _command(commands, "extract", extract_command, "read articles and write a JSON document for each")
    command.add_argument(
        "inputs", nargs="+", metavar="INPUT", help=".txt or .jsonl files, folders of them, - for JSONL"
    )
    command.add_argument("--published", metavar="DATE", help="date of publication of articles that name none (ISO)")
    command.add_argument("--region", metavar="NAME", help="region of articles that name none, such as 淄博市")
    formats = ("json", "facts-csv", "facts-jsonl")
    told = "a JSON document an article (default), or a line a fact in one file: CSV or JSON"
    command.add_argument("--format", default="json", choices=formats, help=told)
    command.add_argument("--bom", action="store_true", help="begin facts-csv with a byte order mark, for Excel")
    places = "folder, FILE.jsonl, or - for JSONL to stdout (default: outputs); of facts FILE.csv or FILE.jsonl, or -"
    command.add_argument("--out", metavar="PLACE", help=f"{places} (default: facts.csv, facts.jsonl)")
    _workers_option(command)

    command = _command(commands, "validate", validate_command, "prove stored documents from their sources")
    command.add_argument("outputs", metavar="OUTPUTS", help="folder or .jsonl that extract wrote")
    command.add_argument(
        "--source", nargs="+", required=True, metavar="CORPUS", help="the articles they were read from"
    )

    _evaluate_options(_command(commands, "evaluate", evaluate_command, "judge documents by gold annotations"))

    command = _command(commands, "explain", explain_command, "show what each rule reads from a sentence, and why")
    command.add_argument("text", metavar="TEXT", help="a sentence or a longer text, - for standard input")
    command.add_argument("--published", metavar="DATE", help="date from which 今年 and 上月 count (ISO)")
    command.add_argument("--region", metavar="NAME", help="region that 全市 and 我省 mean, such as 淄博市")

    _gold_options(_command(commands, "gold", export_gold_command, "take gold to annotation tools and back"))

    _command(commands, "schema", schema_command, "print the JSON Schema of the output document")
    command = _command(commands, "demo", demo_command, "read the corpus of the project and show a sentence of it")
    folder = os.path.relpath(Path(__file__).parent / "outputs")
    places = "folder, FILE.jsonl, or - for JSONL to stdout (default: %(default)s)"
    command.add_argument("--out", default=folder, metavar="PLACE", help=places)
    _workers_option(command)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    function: Callable[[argparse.Namespace], int],
    summary: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
    command.set_defaults(command=function)
    return command


def _evaluate_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("gold", metavar="GOLD", help="folder of gold annotations, or one file of them")
    command.add_argument("--outputs", metavar="OUTPUTS", help="folder or .jsonl to judge; else the articles are read")
    beside = "articles of the gold (default: articles/ and articles.jsonl beside GOLD)"
    command.add_argument("--articles", nargs="+", default=[], metavar="PATH", help=beside)
    command.add_argument("--workers", type=_positive, default=1, metavar="N", help="processes that read (default: 1)")
    groups = ("genre", "article", "field", "rule")
    command.add_argument("--by", action="append", default=[], choices=groups, help="a table by this; may be repeated")
    command.add_argument("--errors", type=_count, default=0, metavar="N", help="show N errors of each kind")
    command.add_argument("--json", action="store_true", help="print everything as one JSON object")
    command.add_argument("--html", metavar="FILE", help="write the errors in their sentences as one page")
    command.add_argument("--baseline", metavar="FILE", help="list what fell and rose since FILE; exit 1 if any fell")
    command.add_argument("--save-baseline", metavar="FILE", help="keep the outcome of every record in FILE")
    command.add_argument("--accept-falls", action="store_true", help="let --save-baseline overwrite better outcomes")


def _gold_options(command: argparse.ArgumentParser) -> None:
    ways = command.add_subparsers(metavar="WAY", required=True)
    export = _command(ways, "export", export_gold_command, "write gold, or documents, for an annotation tool")
    export.add_argument("gold", metavar="GOLD", help="gold files, or documents of extract for pre-annotation")
    export.add_argument("--articles", nargs="+", required=True, metavar="PATH", help="the articles they belong to")
    back = _command(ways, "import", import_gold_command, "read the files of an annotation tool into gold")
    back.add_argument("source", metavar="SOURCE", help="the file or folder that the tool wrote")
    back.add_argument("--articles", nargs="+", metavar="PATH", help="the articles (default: the texts in SOURCE)")
    back.add_argument("--annotator", metavar="NAME", help="whose annotation counts, where several annotated")
    formats = ("label-studio", "doccano", "brat", "docbin", "prodigy", "web-annotation")
    for way, place in ((export, "folder, or the main file by its suffix"), (back, "folder for the gold files")):
        way.add_argument("--format", required=True, choices=formats, help="the format of the tool")
        way.add_argument("--out", required=True, metavar="PLACE", help=place)
        counted = "how offsets count characters (default: as the tool does)"
        way.add_argument("--offsets", choices=("code-points", "utf-16"), help=counted)


def _workers_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--workers", type=_positive, default=1, metavar="N", help="processes (default: 1)")


def _count(value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number")
    return int(value)


def _positive(value: str) -> int:
    if _count(value) == 0:
        raise argparse.ArgumentTypeError("0 processes read nothing; give 1 or more")
    return int(value)


def _date_option(value: str | None) -> date | None:
    from zhengshu.errors import InputError
    from zhengshu.ingest import parse_date

    try:
        return parse_date(value) if value is not None else None
    except InputError as error:
        raise _usage(f"--published: {error}") from None


def _usage(sentence: str) -> Exception:
    from zhengshu.errors import UsageError

    return UsageError(sentence)


@contextlib.contextmanager
def _progress() -> Iterator[tuple[Callable[[], object], Callable[[str, TextIO], None]]]:
    """Give a way to count an article and one to print past the bar; there is a bar on a terminal only."""
    from tqdm import tqdm

    with tqdm(unit=" articles", disable=None, leave=False, file=sys.stderr) as bar:
        yield bar.update, lambda line, file: tqdm.write(_printable(line, file), file=file)


def _print(text: str) -> None:
    """Print a result; a terminal that cannot show Chinese gets escapes rather than an error."""
    sys.stdout.write(_printable(text, sys.stdout) + "\n")
    sys.stdout.flush()


def _tell(text: str) -> None:
    """Print what is no result."""
    sys.stderr.write(_printable(text, sys.stderr) + "\n")


def _printable(text: str, file: TextIO) -> str:
    encoding = file.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


if __name__ == "__main__":
    sys.exit(main())
