"""Readings to report on, without a database: cases of the shipped instrument, graded as a test says."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from scoring.report import ItemIn, Material, Read, ReadCase, Repeat

FILE = Path(__file__).resolve().parents[2] / "scoring" / "instruments" / "cspine-bme-baraliakos-1.0.0.yaml"


@cache
def definition() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text())


@cache
def items() -> tuple[ItemIn, ...]:
    return tuple(
        ItemIn(
            code=f"{region['code']}_{code}",
            label=f"{region['site_label']} {site}",
            region=region["code"],
            site=site,
            n_grades=len(definition()["scales"][region["scale"]]),
            is_flag=not region["scored"],
            place=f"{region['code']}:{code}",
        )
        for region in definition()["regions"]
        for code, site in region["sites"].items()
    )


def answers(**grades: int | None) -> dict[str, int | None]:
    """Every item 0, or what is named; None is not assessable."""
    return {item.code: grades.get(item.code, 0) for item in items()}


def case(number: int, one: dict[str, Any], other: dict[str, Any], **options: Any) -> ReadCase:
    """Case `number`, read by R1 and R2 unless `readers` says otherwise."""
    readers = options.pop("readers", ("R1", "R2"))
    reads = tuple(Read(reader, said, number) for reader, said in zip(readers, (one, other), strict=True))
    return ReadCase(f"C{number:03}", options.pop("patient", f"P{number:03}"), reads, **options)  # type: ignore[arg-type]


def material(*cases: ReadCase, repeats: tuple[Repeat, ...] = ()) -> Material:
    return Material(definition=definition(), items=items(), cases=cases, repeats=repeats)


def random_answers(random: np.random.Generator) -> dict[str, int]:
    return {item.code: int(random.choice(item.n_grades, p=shares(item.n_grades))) for item in items()}


def shares(n_grades: int) -> list[float]:
    return [0.7, 0.3] if n_grades == 2 else [0.7, 0.15, 0.1, 0.05]


def near(random: np.random.Generator, said: dict[str, int]) -> dict[str, int]:
    """A second reader who says the same of nine items in ten, and something of their own of the others."""
    own = random_answers(random)
    return {code: grade if random.random() < 0.9 else own[code] for code, grade in said.items()}


def many(n: int, *, seed: int = 1, readers: tuple[str, ...] = ("R1", "R2")) -> list[ReadCase]:
    """n cases, each read by the next two of `readers`."""
    random, made = np.random.default_rng(seed), []
    pairs = [(a, b) for place, a in enumerate(readers) for b in readers[place + 1 :]]
    for number in range(1, n + 1):
        said = random_answers(random)
        made.append(case(number, said, near(random, said), readers=pairs[number % len(pairs)]))
    return made
