"""A whole table of records at once: columns in, columns out, and files around them.

`table` is the core, one function from a batch of columns to a batch of columns; `run` reads a CSV
in blocks, calls it, and writes CSV, XLSX, ICS, JSON or Parquet whole or not at all.
"""

from assistant.retention.schedule.columns import COLUMNS, table
from assistant.retention.schedule.files import run
from assistant.retention.schedule.writers import WRITERS

#: The endings of the files that can be written.
FORMATS = tuple(WRITERS)

__all__ = ["COLUMNS", "FORMATS", "run", "table"]
