"""Many articles: the unit of work, the pool that runs it, the journal of a run, and what is put together from it."""

from zhengshu.batch.outcomes import KINDS, Done, Extract, Outcome, Write, as_json
from zhengshu.batch.pool import run

__all__ = ["KINDS", "Done", "Extract", "Outcome", "Write", "as_json", "run"]
