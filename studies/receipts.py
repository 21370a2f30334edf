"""What a machine is told of the images it sent: the Store Instances Response of PS3.18 (section I.2)."""

from dataclasses import dataclass, field

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

# PS3.18 table I.2-2 and PS3.4 C.2.3
OUT_OF_RESOURCES, MISMATCH, NOT_UNDERSTOOD = 0xA700, 0xA900, 0xC000
PROCESSING, CLASS_UNKNOWN, SYNTAX_UNKNOWN = 0x0110, 0x0122, 0xC122
FAILURES = {
    "too_large": OUT_OF_RESOURCES,
    "too_complex": OUT_OF_RESOURCES,
    "zip_too_large": OUT_OF_RESOURCES,
    "unsupported_encoding": SYNTAX_UNKNOWN,
    "not_mr": CLASS_UNKNOWN,
    "unsupported_kind": CLASS_UNKNOWN,
    "directory": CLASS_UNKNOWN,
    "crashed": PROCESSING,
    "other_pixels": PROCESSING,
    "case_frozen": PROCESSING,
    "several_patients": PROCESSING,
    "other_subject": PROCESSING,
    "identifier_left": PROCESSING,
    "burned_in": PROCESSING,
}


@dataclass(frozen=True)
class Named:
    """How the sender knows an instance. Blank where the file does not say, or cannot be read."""

    sop_class: str = ""
    instance: str = ""
    exam: str = ""


@dataclass
class Stored:
    """What became of the parts. `failed` has the reason of each that was not taken."""

    taken: list[Named] = field(default_factory=list)
    failed: list[tuple[Named, int]] = field(default_factory=list)
    is_done: bool = True

    @property
    def status(self) -> int:
        if not self.is_done:
            return 202
        if not self.failed:
            return 200
        return 202 if self.taken else 409


def answer(stored: Stored) -> Dataset:
    """The Store Instances Response (PS3.18 table I.1-1)."""
    said = Dataset()
    said.RetrieveURL = None  # under the names of its sender nothing can be retrieved
    if stored.taken:
        said.ReferencedSOPSequence = Sequence([reference(name) for name in stored.taken])
    failed = [failure(name, reason) for name, reason in stored.failed if name.instance]
    others = [failure(name, reason) for name, reason in stored.failed if not name.instance]
    if failed:
        said.FailedSOPSequence = Sequence(failed)
    if others:
        said.OtherFailuresSequence = Sequence(others)
    return said


def reference(name: Named) -> Dataset:
    item = Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID, item.RetrieveURL = name.sop_class, name.instance, None
    return item


def failure(name: Named, reason: int) -> Dataset:
    item = Dataset()
    if name.instance:
        item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = name.sop_class, name.instance
    item.FailureReason = reason
    return item
