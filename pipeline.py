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
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from extractors.ledger import Readings
    from schemas import Article, Extraction, Reading
    from zhengshu.batch.given import Given
    from zhengshu.batch.journal import Journal
    from zhengshu.batch.targets import Target
    from zhengshu.errors import Failure
    from zhengshu.evaluate import Evaluation
    from zhengshu.evaluate.annotations import Gold
    from zhengshu.evaluate.baseline import Comparison
    from zhengshu.evaluate.intervals import Interval
    from zhengshu.evaluate.tables import Figure

VERSION = "0.1.0"


def extract(article: Article | str, *, published: date | str | None = None, region: str | None = None) -> Extraction:
    """Read every figure of an article (or of a bare text) into a document.

    ``published`` (ISO date) and ``region`` serve where the article has none. Raises pydantic's ValidationError for
    what is no article.

    >>> [households] = extract("惠及3万余户").quantities
    >>> households.text, households.value, households.unit, households.modifier
    ('3万余户', Decimal('30000'), '户', 'more_than')
    """
    from schemas import Article

    if isinstance(article, str):
        article = Article.model_validate({"id": "text", "text": article, "published": published, "region": region})
    elif (published and not article.published) or (region and not article.region):
        known = {"published": article.published or published, "region": article.region or region}
        article = Article.model_validate(article.model_dump() | known)
    read, settle = _flow()
    return settle(article, *read(article))


def extract_many(articles: Iterable[Article | Failure], *, workers: int = 1) -> Iterator[Extraction | Failure]:
    """Read articles as they come, in order and in as many processes; one that cannot be read is a ``Failure``.

    Every document is validated against its text, as on the command line.

    >>> from schemas import Article
    >>> [document] = extract_many([Article(id="jobs", text="新增就业3万余人。")])
    >>> document.quantities[0].modifier
    'more_than'
    """
    from schemas import Extraction
    from zhengshu import batch
    from zhengshu.errors import Failure

    for outcome in batch.run(articles, extract, workers=workers):
        yield outcome if isinstance(outcome, Failure) else Extraction.model_validate_json(outcome.document)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Give ``spacy_component`` to spaCy, whose entry point it is; whoever does not ask for it never loads spaCy."""
        if name == "spacy_component":
            from zhengshu.spacy_component import register

            return register(extract)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


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
    """Read articles and write a document for each, or the lines of their facts, or tables."""
    from zhengshu.batch import targets

    target = targets.choose(options.format, options.out, bom=options.bom)
    if options.db is None:
        return _extract_to(options, target)
    if target.kind == "stdout" or options.format not in ("json", "parquet"):
        raise _usage("--db loads the documents that were written; it needs --format json or parquet, and no --out -")
    status = _extract_to(options, target)
    return max(status, _load(target.place, options.db))


def _extract_to(options: argparse.Namespace, target: Target) -> int:
    """Extract with the journal of the target, or with none."""
    from zhengshu.batch import targets
    from zhengshu.batch.journal import Journal, fingerprint

    kept = target.kind != "stdout" and not options.no_journal
    for option in ("resume", "only_failed", "duplicates"):
        if getattr(options, option) and not kept:
            raise _usage(f"--{option.replace('_', '-')} needs a journal; standard output and --no-journal keep none")
    if target.kind == "parquet" and not kept:
        raise _usage("Parquet is put together from the journal; leave --no-journal out")
    if not kept:
        return _extract(options, target, None)
    place = Path(options.journal) if options.journal else target.journal
    if options.resume and not place.exists():
        raise _usage(f"there is no journal {place}, so no run to resume; name the --out of the run that was stopped")
    targets.prepare(target)
    with Journal(place, form=target.form, version=fingerprint(VERSION)) as journal:
        return _extract(options, target, journal)


def _extract(options: argparse.Namespace, target: Target, journal: Journal | None) -> int:
    """Run one extraction and tell what happened."""
    from zhengshu import console, ingest
    from zhengshu.batch import Done, runs, summary

    given = _inputs(options, journal)
    stream = ingest.read(
        given.inputs, published=given.published, region=given.region, columns=given.columns, below=given.below
    )
    selection = runs.Selection(given.since, options.only_failed)
    streaming = target.kind == "stdout" and "-" in given.inputs  # each line is answered as it comes
    workers = 1 if streaming and options.workers is None else options.workers
    plan = runs.Plan(extract, target, workers, options.time_limit or None, selection)
    told = summary.Summary(VERSION, target.place)
    with console.open_console(options.log, lambda: ingest.count(given.inputs)) as shown:
        if journal is None:
            outcomes = runs.straight(plan, stream)
        else:
            outcomes = runs.journaled(plan, stream, journal, given.as_json(), shown.stage)
        with contextlib.closing(outcomes):
            for outcome in outcomes:
                told.add(outcome)
                if not isinstance(outcome, Done):
                    shown.failure(outcome)
                shown.advance()
        if journal is not None:
            told.close(journal, options.duplicates)
        if options.report:
            told.write(options.report)
        if options.log == "json":
            shown.event("end", **told.as_json())
        else:
            _tell(str(told))
    return 1 if told.table.failed else 0


def _inputs(options: argparse.Namespace, journal: Journal | None) -> Given:
    """Take what a run reads from the command line, or from the run that is resumed."""
    from zhengshu.batch.given import Given, parse_columns

    if options.resume and not options.inputs:
        assert journal is not None  # noqa: S101
        return Given.of_stopped(journal)
    if not options.inputs:
        raise _usage("name what to read: files, folders, patterns, or - for standard input")
    since = _date_option(options.since, "--since")
    columns = parse_columns(options.columns)
    published = _date_option(options.published)
    return Given(tuple(options.inputs), published, options.region, columns, since, options.below)


def watch_command(options: argparse.Namespace) -> int:
    """Read the files of a folder, and those that come to it until Ctrl-C."""
    from zhengshu.batch import targets, watching

    folder = Path(options.folder)
    if not folder.is_dir():
        raise _usage(f"there is no folder {folder} to watch")
    target = targets.choose(options.format, options.out)
    if target.kind not in ("folder", "parquet"):
        raise _usage("what is watched goes to a folder or to Parquet, which new documents join; name one with --out")
    if not watching.available():
        raise _usage(watching.NEEDS_WATCHFILES)
    options.resume = options.only_failed = options.no_journal = options.bom = False
    options.since = options.columns = options.report = options.duplicates = options.db = None
    for ready in watching.arrivals(folder, options.settle, once=options.once):
        options.inputs, options.below = [str(path) for path in ready], folder
        extract_command(options)
    return 0


def load_command(options: argparse.Namespace) -> int:
    """Load stored documents into a database, and with ``--source`` the texts of their articles."""
    return _load(options.outputs, options.db, options.source, _time_option(options.at))


def _load(outputs: str, url: str, source: Sequence[str] = (), at: datetime | None = None) -> int:
    """Load the documents that were written to a place; tell what changed."""
    from zhengshu import console, database, ingest

    with console.open_console() as shown:
        loaded = database.load_documents(
            database.stored_documents(outputs),
            url,
            texts=ingest.read(source),
            at=at,
            say=shown.failure,
            advance=shown.advance,
        )
    for notice in loaded.notices:
        _tell(notice)
    if source:
        _tell(f"{loaded.texts} texts added; {loaded.without_text} articles have none, for no source has their sha256")
    _tell(str(loaded))
    return 1 if loaded.failed else 0


def validate_command(options: argparse.Namespace) -> int:
    """Prove stored documents from their sources: print one line a fault."""
    from zhengshu import console, ingest, proof, stored

    proved = proof.Proof(stored.find(options.outputs))
    faulty = 0
    with console.open_console() as shown:
        for line in proved.run(ingest.read(options.source), extract, shown.advance):
            faulty += 1
            shown.say(line, sys.stdout)
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


def export_command(options: argparse.Namespace) -> int:
    """Write stored documents as files that other tools open."""
    from zhengshu import console, ingest
    from zhengshu.errors import Failure
    from zhengshu.export import formats

    form = formats.load(options.format)
    for option in ("tables", "source", "bom", "raw"):
        if getattr(options, option) and option not in form.options:
            raise _usage(f"--{option} means nothing to --format {options.format}; leave it away")
    choices = formats.Choices(formats.choose(options.tables), options.bom, not options.raw)
    sources = ingest.read(options.source) if options.source else None
    place, failed = options.out or form.place, 0
    with form.open(place, choices) as opened, console.open_console() as shown:
        for item in formats.documents(options.outputs, sources):
            if isinstance(item, Failure):
                failed += 1
                shown.failure(item)
            else:
                opened.add(*item)
            shown.advance()
    _tell("\n".join([*opened.told(), *([f"{failed} failed"] if failed else [])]))
    return 1 if failed else 0


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
    status = main(["extract", corpus, "--out", options.out, "--no-journal"])
    articles = (item for item in ingest.read([corpus]) if isinstance(item, Article))
    files = ((article.text, Path(options.out, f"{article.id}.json")) for article in articles)
    documents = ((Extraction.model_validate_json(file.read_bytes()), text) for text, file in files if file.exists())
    _print(f"\n{report.specimen(documents) or 'no sentence of the corpus gave a record'}")
    _tell(f"\nthe documents are in {options.out}")
    return status


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
        _tell("zhengshu: stopped; what was written is whole, and the same command goes on from there")
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

    _extract_options(_command(commands, "extract", extract_command, "read articles and write a document for each"))
    _watch_options(_command(commands, "watch", watch_command, "read the files of a folder as they arrive"))

    _load_options(_command(commands, "load", load_command, "load documents into SQLite or PostgreSQL"))

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

    _export_options(_command(commands, "export", export_command, "write documents as CSV, Excel or SDMX-CSV"))
    _command(commands, "schema", schema_command, "print the JSON Schema of the output document")
    command = _command(commands, "demo", demo_command, "read the corpus of the project and show a sentence of it")
    folder = os.path.relpath(Path(__file__).parent / "outputs")
    places = "folder, FILE.jsonl, or - for JSONL to stdout (default: %(default)s)"
    command.add_argument("--out", default=folder, metavar="PLACE", help=places)
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


def _extract_options(command: argparse.ArgumentParser) -> None:
    kinds = ".txt, .jsonl (also .gz, .zst) or .parquet files, folders of them, patterns, - for JSONL"
    command.add_argument("inputs", nargs="*", metavar="INPUT", help=kinds)
    _reading_options(command)
    command.add_argument("--columns", metavar="A=B,…", help="fields with other names in the input: text=content,id=url")
    command.add_argument("--bom", action="store_true", help="begin facts-csv with a byte order mark, for Excel")
    command.add_argument("--since", metavar="DATE", help="read only what was published that day or later")
    command.add_argument("--only-failed", action="store_true", help="read only what failed in an earlier run")
    command.add_argument("--resume", action="store_true", help="go on with the run that was stopped, as it was given")
    command.add_argument("--no-journal", action="store_true", help="keep no journal: read everything, every time")
    command.add_argument("--report", metavar="FILE", help="write what happened as JSON")
    command.add_argument("--duplicates", metavar="FILE", help="write the near duplicates as JSON Lines")
    command.add_argument("--db", metavar="URL", help="load the documents into this database after the run")
    command.set_defaults(below=None)


def _load_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("outputs", metavar="OUTPUTS", help="folder or file of documents that extract wrote")
    urls = "FILE.db or postgresql://USER@HOST/DATABASE (default: %(default)s)"
    command.add_argument("--db", default="outputs/zhengshu.db", metavar="URL", help=urls)
    texts = "the articles, whose texts are kept for search where their sha256 is that of a document"
    command.add_argument("--source", nargs="+", default=[], metavar="CORPUS", help=texts)
    command.add_argument("--at", metavar="TIME", help="when what changed became so (ISO; default: now)")


def _watch_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", metavar="FOLDER", help="folder of .txt, .jsonl or .parquet files")
    _reading_options(command)
    whole = "seconds for which a file must not have changed to be taken as whole (default: 2)"
    command.add_argument("--settle", type=float, default=2.0, metavar="S", help=whole)
    command.add_argument("--once", action="store_true", help="end when no file is waiting any more")


def _reading_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--published", metavar="DATE", help="date of publication of articles that name none (ISO)")
    command.add_argument("--region", metavar="NAME", help="region of articles that name none, such as 淄博市")
    formats = ("json", "parquet", "facts-csv", "facts-jsonl")
    told = "a JSON document an article (default), tables, or a line a fact in one file: CSV or JSON"
    command.add_argument("--format", default="json", choices=formats, help=told)
    places = "folder, FILE.jsonl (also .gz, .zst), or - for JSONL to stdout (default: outputs); of parquet a folder"
    command.add_argument("--out", metavar="PLACE", help=f"{places}; of facts FILE.csv or FILE.jsonl, or -")
    command.add_argument("--workers", type=_positive, metavar="N", help="processes (default: one a core)")
    command.add_argument("--time-limit", type=_seconds, default=120.0, metavar="S", help=_TIME_LIMIT)
    command.add_argument("--journal", metavar="FILE", help="journal of what was read (default: with the output)")
    command.add_argument("--log", default="text", choices=("text", "json"), help="how to tell what happens")


_TIME_LIMIT = "seconds that a document may take before it is cut (default: 120; 0: any time)"


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < 1e6:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of seconds")
    return seconds


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


def _export_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("outputs", metavar="OUTPUTS", help="folder or file that extract wrote")
    formats = ("csv", "xlsx", "sdmx-csv")
    told = "a folder of tables with datapackage.json, a workbook, or a table of observations"
    command.add_argument("--format", required=True, choices=formats, help=told)
    places = "csv, zhengshu.xlsx, observations.csv"
    command.add_argument("--out", metavar="PLACE", help=f"folder, FILE.xlsx or FILE.csv (default: {places})")
    command.add_argument("--tables", nargs="+", metavar="NAME", help="only these tables of csv and xlsx, and articles")
    told = "articles of the documents: xlsx links to their sentences"
    command.add_argument("--source", nargs="+", metavar="CORPUS", help=told)
    command.add_argument("--bom", action="store_true", help="begin CSV with a byte order mark, for Excel")
    command.add_argument("--raw", action="store_true", help="leave texts in CSV that a spreadsheet may run as formulas")


def _count(value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number")
    return int(value)


def _positive(value: str) -> int:
    if _count(value) == 0:
        raise argparse.ArgumentTypeError("0 processes read nothing; give 1 or more")
    return int(value)


def _date_option(value: str | None, option: str = "--published") -> date | None:
    from zhengshu.errors import InputError
    from zhengshu.ingest import parse_date

    try:
        return parse_date(value) if value is not None else None
    except InputError as error:
        raise _usage(f"{option}: {error}") from None


def _time_option(value: str | None) -> datetime | None:
    from datetime import UTC, datetime

    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise _usage(f"--at: {value!r} is no time; write it as 2025-07-18T09:30") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _usage(sentence: str) -> Exception:
    from zhengshu.errors import UsageError

    return UsageError(sentence)


def _print(text: str) -> None:
    """Print a result; a terminal that cannot show Chinese gets escapes rather than an error."""
    from zhengshu.console import printable

    sys.stdout.write(printable(text, sys.stdout) + "\n")
    sys.stdout.flush()


def _tell(text: str) -> None:
    """Print what is no result."""
    from zhengshu.console import printable

    sys.stderr.write(printable(text, sys.stderr) + "\n")


if __name__ == "__main__":
    sys.exit(main())
