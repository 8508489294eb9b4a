"""Compare documents with gold annotations, as a product: figures, errors in their sentences, baselines.

    annotations  the gold: loaded and checked, with the articles and documents that belong to it
    fields       which fields are compared, and how
    scores       what became of every record; counts, F1
    intervals    95 % bootstrap intervals over articles (needs numpy)
    tables       what the terminal and ``--json`` show
    baseline     what became of every record, kept in a file and compared later
    errors_page  the errors in their sentences, one HTML page (needs jinja2)

The figures are those of the referee (shared/tools/score.py) on any gold and any output.
"""

from zhengshu.evaluate.scores import Evaluation, Judgement, evaluate

__all__ = ["Evaluation", "Judgement", "evaluate"]
