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
    from zhengshu.batch import Outcome
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

    from extractors import audit, facts, ledger, numerals, ordinals, periods, programs, quantities, units
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
        kept.checks = audit.audit(reading.text, kept.quantities, kept.facts, kept.periods)
        header = {key: value for key, value in article if key != "text"}
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
    """Read articles and write a document for each."""
    from zhengshu import batch, ingest, sinks

    published = _date_option(options.published)
    articles = ingest.read(options.inputs, published=published, region=options.region)
    with sinks.open_sink(options.out) as sink:
        table = _write_all(batch.run(articles, extract, workers=options.workers), sink)
    _tell(str(table))
    return 1 if table.failed else 0


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
    """Score stored documents against gold annotations."""
    from zhengshu import evaluate, report

    gold = evaluate.load_gold(options.gold)
    scores, missing = evaluate.evaluate(gold, dict(evaluate.load_documents(options.outputs)))
    _print("\n".join(report.align(evaluate.table(scores))))
    for score in scores.values():
        for line in score.errors[: options.errors]:
            _print(line)
    for name in missing:
        _tell(f"{name}: no document has the text of this gold article; its records count as missed")
    return 1 if missing else 0


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
    _output_options(command, "outputs")

    command = _command(commands, "validate", validate_command, "prove stored documents from their sources")
    command.add_argument("outputs", metavar="OUTPUTS", help="folder or .jsonl that extract wrote")
    command.add_argument(
        "--source", nargs="+", required=True, metavar="CORPUS", help="the articles they were read from"
    )

    command = _command(commands, "evaluate", evaluate_command, "score stored documents against gold annotations")
    command.add_argument("gold", metavar="GOLD", help="folder of gold annotations")
    command.add_argument("--outputs", default="outputs", metavar="OUTPUTS", help="folder or .jsonl (default: outputs)")
    command.add_argument("--errors", type=_count, default=0, metavar="N", help="show N errors of each kind")

    command = _command(commands, "explain", explain_command, "show what each rule reads from a sentence, and why")
    command.add_argument("text", metavar="TEXT", help="a sentence or a longer text, - for standard input")
    command.add_argument("--published", metavar="DATE", help="date from which 今年 and 上月 count (ISO)")
    command.add_argument("--region", metavar="NAME", help="region that 全市 and 我省 mean, such as 淄博市")

    _command(commands, "schema", schema_command, "print the JSON Schema of the output document")
    command = _command(commands, "demo", demo_command, "read the corpus of the project and show a sentence of it")
    _output_options(command, os.path.relpath(Path(__file__).parent / "outputs"))
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


def _output_options(command: argparse.ArgumentParser, out: str) -> None:
    places = "folder, FILE.jsonl, or - for JSONL to stdout (default: %(default)s)"
    command.add_argument("--out", default=out, metavar="PLACE", help=places)
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
