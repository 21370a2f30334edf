"""Content items of structured documents (PS3.3 C.17.3) as bytes: a concept, its relation to its parent, its value."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from pydicom.uid import MRImageStorage

from scoring.bundle.explicit import dataset

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


@cache
def coded(code: Code) -> list[bytes]:
    """A code sequence of one item."""
    value, scheme, meaning = code
    return [dataset({"CodeValue": value, "CodingSchemeDesignator": scheme, "CodeMeaning": meaning})]


def item(relation: str, kind: str, concept: Code, children: Sequence[bytes] = (), **values: Any) -> bytes:
    made = {"RelationshipType": relation, "ValueType": kind, "ConceptNameCodeSequence": coded(concept), **values}
    return dataset({**made, "ContentSequence": children} if children else made)


@cache
def code(relation: str, concept: Code, value: Code, children: tuple[bytes, ...] = ()) -> bytes:
    return item(relation, "CODE", concept, children, ConceptCodeSequence=coded(value))


def text(relation: str, concept: Code, value: str) -> bytes:
    return item(relation, "TEXT", concept, TextValue=value)


def uidref(relation: str, concept: Code, uid: str) -> bytes:
    return item(relation, "UIDREF", concept, UID=uid)


def number(concept: Code, value: float, children: Sequence[bytes] = ()) -> bytes:
    """A measurement without unit."""
    measured = dataset({"NumericValue": f"{value:g}", "MeasurementUnitsCodeSequence": coded(NO_UNITS)})
    return item(CONTAINS, "NUM", concept, children, MeasuredValueSequence=[measured])


def point(place: Sequence[float], frame: str) -> bytes:
    """A point in space: millimetres, patient LPS, in a frame of reference."""
    return item(
        INFERRED,
        "SCOORD3D",
        SOURCE,
        GraphicData=list(place),
        GraphicType="POINT",
        ReferencedFrameOfReferenceUID=frame,
    )


def image(concept: Code, uid: str) -> bytes:
    return item(CONTAINS, "IMAGE", concept, ReferencedSOPSequence=[reference(uid)])


def reference(uid: str) -> bytes:
    return dataset({"ReferencedSOPClassUID": MRImageStorage, "ReferencedSOPInstanceUID": uid})


def container(concept: Code, children: Sequence[bytes]) -> bytes:
    return item(CONTAINS, "CONTAINER", concept, children, ContinuityOfContent="SEPARATE")


def observer(name: str) -> list[bytes]:
    """R1, R2: who that is stays in Dens."""
    named = item(HAS_CONTEXT, "PNAME", OBSERVER, PersonName=f"{name}^")
    return [code(HAS_CONTEXT, OBSERVER_TYPE, PERSON), named]
