"""python -m demo.phantom OUT --seed 7 --lesion C5.body:2 --lesion C4/5.facet.L:1

Writes OUT/stir and OUT/t1 as DICOM and OUT/truth.json beside them.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from demo.phantom import Finding, Lesion, Phantom, simulate, write_dicom


def main() -> None:
    arguments = parse_arguments()
    phantom = simulate(arguments.seed, arguments.lesion, size=arguments.size, n_slices=arguments.slices)
    paths = write_dicom(phantom, arguments.out, subject=arguments.subject)
    truth = arguments.out / "truth.json"
    truth.write_text(json.dumps(describe(phantom, arguments.subject), indent=1) + "\n")
    print(f"{len(paths)} images and truth.json in {arguments.out}")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo.phantom", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lesion", action="append", default=[], type=lesion, help="may be given several times")
    parser.add_argument("--size", type=int, default=384, help="rows and columns")
    parser.add_argument("--slices", type=int, default=15)
    parser.add_argument("--subject", default="DEMO-0001")
    return parser.parse_args()


def lesion(text: str) -> Lesion:
    try:
        return Lesion.parse(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem


def describe(phantom: Phantom, subject: str) -> dict:
    """The truth as JSON: indices count from 0, positions are patient LPS in mm."""
    return {
        "subject": subject,
        "seed": phantom.seed,
        "n_slices": phantom.geometry.n_slices,
        "midline_slice": phantom.midline_slice,
        "body_centres": phantom.body_centres,
        "findings": [describe_finding(finding) for finding in phantom.truth],
    }


def describe_finding(finding: Finding) -> dict:
    extent = asdict(finding.extent) if finding.extent else {}
    fraction = finding.fraction_of_unit
    return {**asdict(finding.lesion), "is_visible": finding.is_visible, "fraction_of_unit": fraction, **extent}


if __name__ == "__main__":
    main()
