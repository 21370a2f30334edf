"""README.txt: what every file of a bundle is, in plain words."""

from pathlib import Path
from textwrap import fill

from scoring.bundle import tables
from scoring.bundle.coding import Coding
from scoring.dossier import CaseRecord, Header

WIDTH = 100
RULES = (
    "CSV files are UTF-8 without a byte order mark, with LF and a header. In Excel open them with Data > From Text, "
    "UTF-8. Text that begins with = + - @, a tab or a carriage return has an apostrophe in front, so that no "
    "spreadsheet runs it as a formula; numbers never have one.",
    "0 is written as 0. Not assessable leaves the value empty and gives the reason beside it. A blank item has "
    "neither. An item on which nobody decided has the method unresolved. Nothing is imputed.",
    "Readers are R1, R2, ... and adjudicators ADJ1, ADJ2, ... in the order in which they joined. Their names stay in "
    "Dens. Participants have the study's own pseudonyms. There is no date of a scan: days count from a participant's "
    "first exam. Times of signatures are UTC.",
    "The same data give the same bytes: there is no clock in any file. To see whether a file was altered, run "
    "python3 verify_export.py on the zip or on this folder, or sha256sum -c SHA256SUMS.",
)
OTHERS = {
    "long.parquet, wide.parquet": "long.csv and wide.csv with typed columns, for R (arrow), Python and DuckDB",
    "wide.sav": "wide.csv for SPSS: value labels, and why an item was not assessable as a user-missing code",
    "wide.dta": "the same for Stata 14 and newer: extended missing values .a to .z",
    "load.R": "loads every CSV file into R, with column types and labelled grades",
    "sdtm/": "readings item by item, laid out after SDTMIG 3.4: mk, suppmk, pr, relrec, as CSV and SAS transport "
    "(XPT) files; columns.csv describes them. Not validated for a submission",
    "adam/": "totals of readers and consensus after the manner of ADaM (adtot). Not validated either",
    "redcap/": "redcap_dictionary.csv to upload as data dictionary, redcap_data.csv to import under it",
    "dicom/sr/": "each signed reading as a DICOM structured report (TID 1500), named by the code of the reading",
    "dicom/ko/": "the images that pins of a reading lie on, as DICOM key object selections",
    "agreement/": "the reliability report: report.html in the order of GRRAS, its tables as CSV, all numbers as JSON; "
    "or WITHHELD.txt, while the charter does not disclose agreement yet",
    "instrument.json": "the scoring instrument: sites, grades, sums and rules",
    "charter/": "each version of the rules of reading, in sentences and as data; its SHA-256 is of the content as "
    "canonical JSON (sorted keys, no spaces)",
    "allocation/": "each run of the allotment with its hashes, and verify_allocation.py, which rebuilds it from the "
    "seed; the seed is unsealed when the study is locked. The draw is by account names of readers, so they are here "
    "and in no other file: leave this folder out where nobody may know who R1 is",
    "audit_digest.json": "how many events of each kind the audit trail had, and its SHA-256",
    "manifest.json": "counts, versions, rules, and the checksum and size of every file",
    "SHA256SUMS": "the checksum of every file, the manifest among them",
    "verify_export.py": "says which file is missing, was added or altered. Needs Python 3.11 and nothing else",
}


class Readme:
    def begin(self, folder: Path, header: Header) -> None:
        (folder / "README.txt").write_text(text(header), encoding="utf-8")

    def add(self, case: CaseRecord) -> None:
        """Nothing."""

    def finish(self) -> None:
        """It is written."""


def text(header: Header) -> str:
    instrument = header.instrument
    synthetic = ["Synthetic data: no patient."] if header.is_synthetic else []
    scored = f"Scored with {instrument.title} ({instrument.reference}), status: {instrument.status}."
    files = {f"{sheet.name}.csv": f"one row is {sheet.about}" for sheet in tables.of(header)}
    parts = [
        f"{header.title}\nExport of study {header.study} by Dens {header.software}",
        *(fill(one, WIDTH) for one in (*synthetic, scored, *RULES)),
        "FILES",
        *(entry(name, what) for name, what in {**files, **OTHERS}.items()),
        f"CODES of what has no grade, in wide.sav and redcap (in wide.dta)\n{codes(header)}",
    ]
    return "\n\n".join(parts) + "\n"


def entry(name: str, what: str) -> str:
    return f"{name}\n{fill(what, WIDTH, initial_indent='    ', subsequent_indent='    ')}"


def codes(header: Header) -> str:
    coding = Coding(header)
    return "\n".join(f"    {code} (.{coding.letters[code]})  {label}" for code, label in coding.labels.items())
