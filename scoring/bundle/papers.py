"""What goes along of the study itself: charters, allotments with what checks them, the digest of the audit trail."""

from pathlib import Path

from scoring import markup, printed
from scoring.bundle import verifying
from scoring.bundle.checksums import write_json
from scoring.dossier import CaseRecord, CharterCopy, Header, InstrumentCopy, to_json
from scoring.plan import standalone

AUDIT = (
    "SHA-256 of the events of the study in their order, each as canonical JSON and a line feed; events of exports are "
    "not counted, or each export would change the next one."
)


class Papers:
    """Written before the first case: no case adds to them."""

    def begin(self, folder: Path, header: Header) -> None:
        write_json(folder / "instrument.json", header.definition)
        for charter in header.charters:
            write_charter(folder / "charter", header, charter)
        for run in header.allocations:
            write_json(folder / "allocation" / f"run-{run['run']}.json", run)
        write_text(folder / "allocation" / "verify_allocation.py", standalone.script())
        write_text(folder / "verify_export.py", Path(verifying.__file__).read_text(encoding="utf-8"))
        write_json(folder / "audit_digest.json", {**to_json(header.audit), "what": AUDIT})

    def add(self, case: CaseRecord) -> None:
        """Nothing."""

    def finish(self) -> None:
        """Everything is written."""


def write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_charter(folder: Path, header: Header, charter: CharterCopy) -> None:
    """Its content, of which the hash can be taken again, and the same in sentences."""
    told = {"content": charter.content, "sha256": charter.sha256, "frozen_at": charter.frozen_at}
    write_json(folder / f"charter-{charter.version}.json", told)
    write_text(folder / f"charter-{charter.version}.html", page(header, charter))


def page(header: Header, charter: CharterCopy) -> str:
    """As it is printed in Dens, without the name of who brought it into force."""
    in_force = f"Charter of reading, version {charter.version}, in force since {charter.frozen_at}"
    reason = charter.content["reason"]
    return markup.page(
        f"Charter {charter.version}: {header.title}",
        [
            markup.heading(header.title, 1),
            markup.paragraph(in_force, is_quiet=True),
            *(markup.section("Reason of this version", [reason]) if reason else []),
            *(part for one in sections(header.instrument, charter) for part in markup.section(*one)),
            markup.table(markup.Table("Origin", ["", ""], hashes(header, charter))),
        ],
    )


def sections(instrument: InstrumentCopy, charter: CharterCopy) -> list[tuple[str, list[str]]]:
    """The instrument is named as the charter names it."""
    reference, sha256 = charter.content["instrument"], charter.content["instrument_sha256"]
    title = instrument.title if reference == instrument.reference else reference
    return printed.sections(charter.rules, title, reference, sha256)


def hashes(header: Header, charter: CharterCopy) -> list[list[str]]:
    return [
        ["Study", header.study],
        ["SHA-256 of this charter", charter.sha256],
        ["SHA-256 of the seed", header.seed_sha256],
    ]
