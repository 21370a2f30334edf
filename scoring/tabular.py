"""Tables as spreadsheets and statistics packages read them. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence

Row = dict[str, object]


def table(rows: Iterable[Row], *, columns: Sequence[str] = ()) -> bytes:
    """CSV: UTF-8, a header, LF.

    columns   to be named, so that a table without rows has its header too
    """
    rows = list(rows)
    text = io.StringIO()
    if rows or columns:
        writer = csv.DictWriter(text, fieldnames=list(columns or rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode()


def harmless(value: object) -> object:
    """Text that a spreadsheet would run as a formula is quoted."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
