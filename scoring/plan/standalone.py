"""docs/verify_allocation.py: the modules of this package in one file, for people who have Python and nothing else."""

import ast
from pathlib import Path

MODULES = (
    "draws", "inputs", "refusals", "groups", "flow", "loads", "pairs", "spacing", "orders", "allotting", "checks",
    "manifests", "verifying",
)  # fmt: skip
HEAD = '''#!/usr/bin/env python3
"""Rebuild an allocation of readings from its seed: `python3 verify_allocation.py MANIFEST [--seed HEX]`.

Needs Python 3.11 or newer and nothing else. Exit code 0: the manifest holds; 1: it does not, and what differs is said;
2: the seed is still sealed, and what can be checked without it holds. Assembled from scoring/plan by
`manage.py verify_allocation --write-script docs/verify_allocation.py`: change it there.
"""
'''
FOOT = """if __name__ == "__main__":
    sys.exit(main())
"""


def script() -> str:
    """The whole file."""
    sources = [(name, (Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8")) for name in MODULES]
    bodies = [f"{banner(name, source)}\n\n\n{body(source)}\n" for name, source in sources]
    return f"{HEAD}\n{imports([source for _, source in sources])}\n\n" + "\n\n".join([*bodies, FOOT])


def banner(name: str, source: str) -> str:
    """A module's name and docstring, as a comment."""
    lines = [f"--- {name} ---", *(ast.get_docstring(ast.parse(source)) or "").splitlines()]
    return "\n".join(f"# {line}".rstrip() for line in lines)


def imports(sources: list[str]) -> str:
    """What the modules import from the standard library, each once."""
    plain, named = {"sys"}, dict[str, set[str]]()
    for node in (node for source in sources for node in ast.parse(source).body):
        if isinstance(node, ast.Import):
            plain.update(one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and not str(node.module).startswith("scoring."):
            named.setdefault(str(node.module), set()).update(one.name for one in node.names)
    lines = [f"import {name}" for name in sorted(plain)]
    return "\n".join(lines + [f"from {module} import {', '.join(sorted(named[module]))}" for module in sorted(named)])


def body(source: str) -> str:
    """A module without its docstring and imports, letter for letter."""
    nodes = ast.parse(source).body[1:]
    last = max((node.end_lineno or 0 for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)), default=0)
    return "\n".join(source.splitlines()[max(last, 1) :]).strip()
