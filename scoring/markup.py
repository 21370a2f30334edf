"""A page that prints and needs nothing beside itself, made of headings, sentences and tables. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

STYLE = """
  @page { size: A4; margin: 18mm 16mm; }
  body { font: 10.5pt/1.45 "Inter", "Segoe UI", system-ui, sans-serif; color: #1f2933; max-width: 60rem; margin: 2.5rem auto; padding: 0 1.5rem; }
  h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
  h2 { font-size: 1.05rem; margin: 2rem 0 .4rem; break-after: avoid; }
  p { margin: .3rem 0; max-width: 46rem; }
  .quiet { color: #5b6672; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; margin: .5rem 0 1rem; font-size: .85rem; font-variant-numeric: tabular-nums; }
  caption { text-align: left; font-weight: 600; padding: .4rem 0; }
  th, td { text-align: left; vertical-align: top; border-top: 1px solid #e3e6eb; padding: .25rem .9rem .25rem 0; }
  thead th { border-top: 2px solid #1f2933; border-bottom: 1px solid #1f2933; }
  tbody tr:last-child > * { border-bottom: 2px solid #1f2933; }
  code { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; }
  @media print { body { margin: 0; max-width: none; padding: 0; } .wide { overflow: visible; } tr { break-inside: avoid; } }
"""  # noqa: E501


@dataclass(frozen=True)
class Table:
    caption: str
    columns: list[str]
    rows: list[list[str]]
    notes: list[str] = field(default_factory=list)


def page(title: str, parts: Iterable[str]) -> str:
    """The whole page. `parts` are markup already."""
    head = f'<meta charset="utf-8">\n<title>{escape(title)}</title>\n<style>{STYLE}</style>'
    body = "\n".join(parts)
    opened = f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n<main>\n'
    return f"{opened}{body}\n</main>\n</body>\n</html>\n"


def heading(text: str, level: int = 2) -> str:
    return f"<h{level}>{escape(text)}</h{level}>"


def paragraph(text: str, *, is_quiet: bool = False) -> str:
    return f'<p class="quiet">{escape(text)}</p>' if is_quiet else f"<p>{escape(text)}</p>"


def section(title: str, sentences: Iterable[str]) -> list[str]:
    return [heading(title), *(paragraph(one) for one in sentences)]


def table(one: Table) -> str:
    """With its notes below."""
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in one.columns)
    rows = "\n".join(table_row(cells) for cells in one.rows)
    caption, head = f"<caption>{escape(one.caption)}</caption>", f"<thead><tr>{columns}</tr></thead>"
    body = f'<div class="wide">\n<table>\n{caption}\n{head}\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>'
    return "\n".join([body, *(paragraph(note, is_quiet=True) for note in one.notes)])


def table_row(cells: Sequence[str]) -> str:
    first, *others = cells
    named = f'<th scope="row">{escape(first)}</th>'
    return f"<tr>{named}{''.join(f'<td>{escape(cell)}</td>' for cell in others)}</tr>"
