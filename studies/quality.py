"""What can be said of a case's images without looking at them, and what a person who looks must then answer.

The machine only ever measures the protocol (protocol.py). Whether the neck is in the picture, whether text is burnt
into it and whether a face may stay are never decided here: they are asked, every time.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, get_args

from studies.extents import extent_mm, overlap, steps_mm
from studies.geometry import Geometry
from studies.protocol import PROTOCOL, Protocol

State = Literal["pass", "question", "missing"]
STATES = get_args(State)


@dataclass(frozen=True)
class Shape:
    """A series as the protocol looks at it.

    number  by which the coordinator knows it
    doubt   why its role is not sure, in a sentence; blank if it is
    slices  where each lies, in order along their normal
    """

    number: int
    role: str
    plane: str
    frame: str
    slices: tuple[Geometry, ...]
    is_3d: bool = False
    doubt: str = ""

    def is_a(self, plane: str, role: str) -> bool:
        return (self.plane, self.role) == (plane, role)


@dataclass(frozen=True)
class Finding:
    """One thing measured. `series` is the number of the series it is about, None for the case as a whole."""

    name: str
    series: int | None
    state: State
    sentence: str


@dataclass(frozen=True)
class Question:
    """What a person must say yes to before the case is accepted. The sentence is what they then have said."""

    name: str
    sentence: str


ALWAYS = (
    Question("coverage", "The sagittal images show C1/2 to C7/T1."),
    Question("no_burned_in_text", "No text is burnt into any image."),
)
FACE = Question("face_accepted", "No face can be made out, or the study may keep images in which one can.")
ACKNOWLEDGED = {
    "slices": "Series {series} shows what is scored with the slices it has.",
    "spacing": "Series {series} shows what is scored although its slices do not lie evenly.",
    "step": "Series {series} shows what is scored although its slices lie far apart.",
    "height": "Series {series} is high enough for what is scored.",
    "role": "Series {series} is what it is taken for: its contrast has been looked at.",
    "together": "STIR and T1 can be compared although they do not lie together.",
}


def findings(series: Sequence[Shape], *, protocol: Protocol = PROTOCOL) -> list[Finding]:
    """Everything the protocol asks, in the order a person would go through it."""
    found = [presence(series, plane, role, protocol) for plane, role in protocol.required]
    for one in series:
        if any(one.is_a(plane, role) for plane, role in protocol.required):
            found += measured(one, protocol)
    found += [Finding("role", one.number, "question", one.doubt) for one in series if one.doubt]
    return [*found, *together(series, protocol), *faces(series, protocol)]


def questions(found: Iterable[Finding]) -> list[Question]:
    """What a person must answer before the case is accepted: the same two of every case, and one for each doubt."""
    asked = [one for one in found if one.state == "question"]
    doubts = [acknowledgement(one) for one in asked if one.name != "face"]
    return [*ALWAYS, *([FACE] if len(doubts) < len(asked) else []), *doubts]


def acknowledgement(finding: Finding) -> Question:
    name = finding.name if finding.series is None else f"{finding.name}_{finding.series}"
    return Question(name, ACKNOWLEDGED[finding.name].format(series=finding.series))


def presence(series: Sequence[Shape], plane: str, role: str, protocol: Protocol) -> Finding:
    """Whether a required series is there, with enough slices to be one."""
    name = f"{plane}_{role}".lower()
    fitting = [one for one in series if one.is_a(plane, role) and len(one.slices) >= protocol.least_slices]
    if not fitting:
        least = f"There is no {plane} {role} of at least {protocol.least_slices} slices."
        return Finding(name, None, "missing", least)
    return Finding(name, fitting[0].number, "pass", f"A {plane} {role} is there.")


def measured(one: Shape, protocol: Protocol) -> Iterator[Finding]:
    """How many slices a required series has, how they lie, and how much of the neck they can show."""
    steps = steps_mm(one.slices)
    yield of_count(one, protocol)
    if steps:
        yield of_evenness(one, steps, protocol)
        yield of_step(one, steps, protocol)
    yield of_height(one, protocol)


def of_count(one: Shape, protocol: Protocol) -> Finding:
    n = len(one.slices)
    if n >= protocol.wanted_slices:
        return Finding("slices", one.number, "pass", f"{n} slices.")
    few = f"Only {n} slices, where {protocol.wanted_slices} reach both facet columns."
    return Finding("slices", one.number, "question", few)


def of_evenness(one: Shape, steps: Sequence[float], protocol: Protocol) -> Finding:
    problem = unevenness(steps, protocol)
    state: State = "question" if problem else "pass"
    return Finding("spacing", one.number, state, problem or "The slices lie evenly, none is missing or doubled.")


def unevenness(steps: Sequence[float], protocol: Protocol) -> str:
    """What is wrong with the steps between slices, the gravest thing only; blank if nothing is."""
    usual = median(steps)
    if doubled := [n for n, step in enumerate(steps, start=1) if step <= protocol.doubled_share * usual]:
        return f"{pairs(doubled)} at the same place."
    if holes := [n for n, step in enumerate(steps, start=1) if step > protocol.hole_share * usual]:
        return f"{pairs(holes)} too far apart: a slice may be missing between them."
    if max(abs(step - usual) for step in steps) > protocol.uneven_share * usual:
        return f"The slices lie unevenly, {min(steps):.1f} to {max(steps):.1f} mm apart."
    return ""


def pairs(places: Sequence[int]) -> str:
    """ "Slices 3 and 4 lie", or how many such pairs there are."""
    first = places[0]
    return f"Slices {first} and {first + 1} lie" if len(places) == 1 else f"{len(places)} pairs of neighbours lie"


def of_step(one: Shape, steps: Sequence[float], protocol: Protocol) -> Finding:
    usual = median(steps)
    if usual <= protocol.widest_step_mm:
        return Finding("step", one.number, "pass", f"A slice every {usual:.1f} mm.")
    wide = f"A slice only every {usual:.1f} mm; more than {protocol.widest_step_mm:g} mm can hide a small joint."
    return Finding("step", one.number, "question", wide)


def of_height(one: Shape, protocol: Protocol) -> Finding:
    height = extent_mm(one.slices)[2]
    if height >= protocol.least_height_mm:
        return Finding("height", one.number, "pass", f"{height:.0f} mm from top to bottom.")
    low = f"{height:.0f} mm from top to bottom; C1/2 to C7/T1 may need {protocol.least_height_mm:.0f} mm."
    return Finding("height", one.number, "question", low)


def together(series: Sequence[Shape], protocol: Protocol) -> Iterator[Finding]:
    """Whether the required series lie in one coordinate system and show the same part of the body."""
    sets = [[one for one in series if one.is_a(*kind) and one.slices] for kind in protocol.required]
    if not all(sets):
        return
    problems = [apartness(a, b, protocol) for a in sets[0] for b in sets[1]]
    state: State = "question" if all(problems) else "pass"
    yield Finding("together", None, state, problems[0] if all(problems) else "STIR and T1 show the same place.")


def apartness(a: Shape, b: Shape, protocol: Protocol) -> str:
    """Why two series cannot be laid over each other; blank if they can."""
    if not a.frame or a.frame != b.frame:
        return "STIR and T1 have no coordinate system in common: the patient may have moved between them."
    if overlap(a.slices, b.slices) < protocol.least_overlap:
        return "STIR and T1 do not show the same part of the neck."
    return ""


def faces(series: Sequence[Shape], protocol: Protocol) -> Iterator[Finding]:
    """Those series from which somebody's face could be rendered, or the word that there is none."""
    thin = [one for one in series if shows_a_face(one, protocol)]
    for one in thin:
        yield Finding("face", one.number, "question", "Thin slices over a large field: a face could be rendered.")
    if not thin:
        yield Finding("face", None, "pass", "No series is thin and large enough to render a face from it.")


def shows_a_face(one: Shape, protocol: Protocol) -> bool:
    steps = steps_mm(one.slices)
    if not steps or not (one.is_3d or median(steps) <= protocol.face_step_mm):
        return False
    width, _, height = extent_mm(one.slices)
    return height >= protocol.face_height_mm and width >= protocol.face_width_mm
