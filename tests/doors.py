"""Every door of Dens, and whom it is for. A door that is not declared here fails the run (tests/test_doors.py).

Declare a new endpoint only after asking: what can a reader learn from it, by what it says, when, how long, and what it
refuses? What a reader opens lies under /api/readings and is answered as the database role that sees own rows only.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from django.urls import URLPattern, get_resolver


class For(StrEnum):
    """Whom a door is for; everybody else finds nothing there."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed in"  # of their own account, their own roles, or what is public
    READERS = "readers"
    ADJUDICATORS = "adjudicators"
    TEAM = "team"  # coordinators and others who see cases; never who is blinded
    MACHINES = "machines and team"


DOORS: dict[str, For] = {
    "healthz": For.EVERYBODY,
    "api/session": For.EVERYBODY,
    "api/session/password": For.SIGNED_IN,
    "api/instruments": For.SIGNED_IN,
    "api/studies": For.SIGNED_IN,
    "api/practice/<code>": For.READERS,
    "api/readings": For.READERS,
    "api/readings/<code>": For.READERS,
    "api/readings/<code>/images": For.READERS,
    "api/readings/<code>/images/<number>": For.READERS,
    "api/readings/<code>/desk": For.READERS,
    "api/readings/<code>/operations": For.READERS,
    "api/readings/<code>/review": For.READERS,
    "api/readings/<code>/sign": For.READERS,
    "api/readings/<code>/reopen": For.READERS,
    "api/readings/<code>/problems": For.READERS,
    "api/readings/<code>/sitting": For.READERS,
    "api/adjudications": For.ADJUDICATORS,
    "api/adjudications/<code>": For.ADJUDICATORS,
    "api/adjudications/<code>/images": For.ADJUDICATORS,
    "api/adjudications/<code>/images/<number>": For.ADJUDICATORS,
    "api/adjudications/<code>/disputes/<item>": For.ADJUDICATORS,
    "api/adjudications/<code>/disputes/<item>/own": For.ADJUDICATORS,
    "api/adjudications/<code>/pick": For.ADJUDICATORS,
    "api/adjudications/<code>/sign": For.ADJUDICATORS,
    "api/studies/<code>": For.TEAM,
    "api/studies/<code>/members": For.TEAM,
    "api/studies/<code>/members/<username>": For.TEAM,
    "api/studies/<code>/machines": For.TEAM,
    "api/studies/<code>/machines/<machine>": For.TEAM,
    "api/studies/<code>/uploads": For.TEAM,
    "api/studies/<code>/centres": For.TEAM,
    "api/studies/<code>/cases": For.TEAM,
    "api/studies/<code>/facts": For.TEAM,
    "api/studies/<code>/covariates": For.TEAM,
    "api/studies/<code>/charter": For.TEAM,
    "api/studies/<code>/charter/freeze": For.TEAM,
    "api/studies/<code>/charter/<version>": For.TEAM,
    "api/studies/<code>/references": For.TEAM,
    "api/studies/<code>/allocation": For.TEAM,
    "api/studies/<code>/allocation/manifests": For.TEAM,
    "api/studies/<code>/reassign": For.TEAM,
    "api/studies/<code>/reminders": For.TEAM,
    "api/studies/<code>/unblindings": For.TEAM,
    "api/studies/<code>/lock": For.TEAM,
    "api/studies/<code>/unlockings": For.TEAM,
    "api/unlockings/<code>/decide": For.TEAM,
    "api/studies/<code>/progress": For.TEAM,
    "api/studies/<code>/slips": For.TEAM,
    "api/studies/<code>/agreement": For.TEAM,
    "api/studies/<code>/agreement/readings/<what>": For.TEAM,
    "api/studies/<code>/agreement/files/<name>": For.TEAM,
    "api/studies/<code>/explain/cases": For.TEAM,
    "api/studies/<code>/explain/<case>": For.TEAM,
    "api/studies/<code>/explain/<case>/<what>": For.TEAM,
    "api/studies/<code>/exports": For.TEAM,
    "api/studies/<code>/requests": For.TEAM,
    "api/studies/<code>/audit": For.TEAM,
    "api/studies/<code>/audit/print": For.TEAM,
    "api/studies/<code>/audit/reviews": For.TEAM,
    "api/studies/<code>/signatures": For.TEAM,
    "api/uploads/<code>": For.TEAM,
    "api/uploads/<code>/files": For.TEAM,
    "api/uploads/<code>/files/<number>": For.TEAM,
    "api/uploads/<code>/finish": For.TEAM,
    "api/cases/<code>": For.TEAM,
    "api/cases/<code>/series/<number>": For.TEAM,
    "api/cases/<code>/check": For.TEAM,
    "api/cases/<code>/consensus": For.TEAM,
    "api/cases/<code>/queries": For.TEAM,
    "api/cases/<code>/images": For.TEAM,
    "api/cases/<code>/images/<number>": For.TEAM,
    "api/queries/<code>": For.TEAM,
    "api/queries/<code>/close": For.TEAM,
    "api/problems/<code>/close": For.TEAM,
    "api/reopenings/<code>/decide": For.TEAM,
    "api/exports/<code>/file": For.TEAM,
}


def every_door() -> Iterator[str]:
    """Every path the resolver knows, its parameters by name alone."""
    yield from (re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", path) for path in paths())


def paths(patterns: list[object] | None = None, prefix: str = "") -> Iterator[str]:
    for pattern in patterns or get_resolver().url_patterns:
        path = prefix + str(pattern.pattern)  # type: ignore[attr-defined]
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from paths(pattern.url_patterns, path)  # type: ignore[attr-defined]


def doors_for(audience: For) -> list[str]:
    return [door for door, whom in DOORS.items() if whom == audience]
