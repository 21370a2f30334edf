"""Manifests from files, checked, and the answer in lines that anybody can read."""

import argparse
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scoring.plan.manifests import check

HOLDS, DIFFERS, SEALED = 0, 1, 2
"""Exit codes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify the file named on the command line, print the answer and return the exit code."""
    parser = argparse.ArgumentParser(description="Rebuild the allocation of readings from its seed and compare.")
    add_arguments(parser)
    given = parser.parse_args(arguments)
    code, lines = verify(given.manifest, seed=given.seed)
    print("\n".join(lines))
    return code


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("manifest", type=Path, help="a manifest, a list of them, or a zip archive with some")
    parser.add_argument("--seed", help="the study's seed, if the manifest does not say it yet")


def verify(path: Path, *, seed: str | None) -> tuple[int, list[str]]:
    """The exit code, and one line for each manifest or for each thing that is wrong with it."""
    try:
        found = manifests_in(path)
    except (OSError, ValueError, zipfile.BadZipFile) as wrong:
        return DIFFERS, [f"{path} cannot be read: {wrong}"]
    if not found:
        return DIFFERS, [f"There is no manifest of an allocation in {path}."]
    answers = [answer(one, seed=seed) for one in found]
    codes = {code for code, _ in answers}
    worst = next(code for code in (DIFFERS, SEALED, HOLDS) if code in codes)
    return worst, [line for _, lines in answers for line in lines]


def answer(published: dict[str, Any], *, seed: str | None) -> tuple[int, list[str]]:
    name = f"{published.get('study')}, run {published.get('run')}"
    if complaints := check(published, seed):
        return DIFFERS, [f"{name}: {complaint}" for complaint in complaints]
    readings, sha256 = len(published["plan"]), published["plan_sha256"]
    if seed or published["seed"]:
        return HOLDS, [f"{name}: holds. The seed gives these {readings} readings and no others (SHA-256 {sha256})."]
    sealed = "The seed is still sealed, so the plan could not be rebuilt. All that can be checked without it holds"
    return SEALED, [f"{name}: {sealed} ({readings} readings, SHA-256 {sha256})."]


def manifests_in(path: Path) -> list[dict[str, Any]]:
    """The manifests in a JSON file or in the JSON files of a zip archive."""
    if not zipfile.is_zipfile(path):
        return manifests_among(json.loads(path.read_bytes()))
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".json"))
        return [one for name in names for one in manifests_among(json.loads(archive.read(name)))]


def manifests_among(content: Any) -> list[dict[str, Any]]:
    listed = content if isinstance(content, list) else [content]
    return [one for one in listed if isinstance(one, dict) and str(one.get("format", "")).startswith("dens-allocation")]
