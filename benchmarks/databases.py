"""How fast a load is, against the bare insert of the same rows: executemany of SQLite, COPY of PostgreSQL.

    .venv/bin/python benchmarks/databases.py DOCUMENTS.jsonl [--articles N] [--records N] [--postgres URL]

DOCUMENTS is what ``extract --out X.jsonl`` wrote; its documents are repeated under new ids until there are as many
articles and records as asked for. A load reads and validates the stored documents, and writes them to tables with
their keys, checks, indexes and search; the bare insert writes rows that are ready, a batch at a time, once into tables of
the same columns with nothing else to them, once into those of the load. PostgreSQL is a private server unless named.
"""

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import batched, count
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parent.parent
