"""Content items of DICOM structured documents (PS3.3 C.17.3): a concept, how it relates to its parent, and its value."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pydicom import Dataset
from pydicom.uid import MRImageStorage

PRIVATE = "99DENS"  # what no public scheme says for certain
HAS_CONTEXT, HAS_MODIFIER, CONTAINS, INFERRED = "HAS OBS CONTEXT", "HAS CONCEPT MOD", "CONTAINS", "INFERRED FROM"


class Code(NamedTuple):
    value: str
    scheme: str
    meaning: str


def private(value: str, meaning: str) -> Code:
    return Code(value[:16], PRIVATE, meaning[:64])


SPINE = Code("122494005", "SCT", "Cervical spine")
NO_UNITS = Code("1", "UCUM", "no units")
PERSON, OBSERVER_TYPE = Code("121006", "DCM", "Person"), Code("121005", "DCM", "Observer Type")
OBSERVER = Code("121008", "DCM", "Person Observer Name")
SOURCE = Code("260753009", "SCT", "Source")


def coded(code: Code) -> list[Dataset]:
    """A code sequence of one item."""
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = code
    return [item]


def item(relation: str, kind: str, concept: Code, children: Sequence[Dataset] = (), **values: Any) -> Dataset:
    made = Dataset()
    made.RelationshipType, made.ValueType, made.ConceptNameCodeSequence = relation, kind, coded(concept)
    for keyword, value in values.items():
        setattr(made, keyword, value)
    if children:
        made.ContentSequence = list(children)
    return made


def code(relation: str, concept: Code, value: Code, children: Sequence[Dataset] = ()) -> Dataset:
    return item(relation, "CODE", concept, children, ConceptCodeSequence=coded(value))


def text(relation: str, concept: Code, value: str) -> Dataset:
    return item(relation, "TEXT", concept, TextValue=value)


def uidref(relation: str, concept: Code, uid: str) -> Dataset:
    return item(relation, "UIDREF", concept, UID=uid)


def number(concept: Code, value: float, children: Sequence[Dataset] = ()) -> Dataset:
    """A measurement without unit."""
    measured = Dataset()
    measured.NumericValue, measured.MeasurementUnitsCodeSequence = f"{value:g}", coded(NO_UNITS)
    return item(CONTAINS, "NUM", concept, children, MeasuredValueSequence=[measured])


def point(place: Sequence[float], frame: str) -> Dataset:
    """A point in space: millimetres, patient LPS, in a frame of reference."""
    given = {"GraphicData": list(place), "GraphicType": "POINT", "ReferencedFrameOfReferenceUID": frame}
    return item(INFERRED, "SCOORD3D", SOURCE, **given)


def image(concept: Code, uid: str) -> Dataset:
    return item(CONTAINS, "IMAGE", concept, ReferencedSOPSequence=[reference(uid)])


def reference(uid: str) -> Dataset:
    made = Dataset()
    made.ReferencedSOPClassUID, made.ReferencedSOPInstanceUID = MRImageStorage, uid
    return made


def container(concept: Code, children: Iterable[Dataset]) -> Dataset:
    return item(CONTAINS, "CONTAINER", concept, list(children), ContinuityOfContent="SEPARATE")


def observer(name: str) -> list[Dataset]:
    """R1, R2: who that is stays in Dens."""
    named = item(HAS_CONTEXT, "PNAME", OBSERVER, PersonName=f"{name}^")
    return [code(HAS_CONTEXT, OBSERVER_TYPE, PERSON), named]
