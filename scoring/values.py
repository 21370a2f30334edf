"""What an operation may say, checked and cleaned: an answer, a comment, a place in the images.

Each function takes what a browser sent, gives what may be stored, and raises Refusal with a sentence for the reader.
"""

import unicodedata
from collections.abc import Mapping
from typing import Any

from readers.errors import Refusal

LONGEST_COMMENT = 1000  # characters
FARTHEST_MM = 10_000.0  # from the scanner's centre, in any direction
MOST_MM_PER_PIXEL = 100.0
STRONGEST_SIGNAL = 1_000_000.0  # either end of a window, in rescaled values
NO_PLACE = "This is not a place in the images. Put the pin again."
Value = dict[str, Any]


def answer(value: Any) -> Value:
    """A grade, or the code of a reason, or neither. Whether the instrument knows them is the catalogue's to say."""
    grade, reason = entries(value, "grade", "not_assessable", otherwise="This is not an answer. Give it again.")
    if not (grade is None or is_count(grade)) or not isinstance(reason, str):
        raise Refusal("no_answer", "This is not an answer. Give it again.")
    return {"grade": grade, "not_assessable": reason}


def comment(value: Any) -> Value:
    """A text of at most 1000 characters, without what cannot be printed. Empty means: no comment."""
    [text] = entries(value, "text", otherwise="This is not a comment. Write it again.")
    if not isinstance(text, str):
        raise Refusal("no_comment", "This is not a comment. Write it again.")
    text = printable(text)
    if len(text) > LONGEST_COMMENT:
        raise Refusal("comment_too_long", f"A comment has at most {LONGEST_COMMENT} characters. Shorten it.")
    return {"text": text}


def printable(text: str) -> str:
    """The text without control characters, which no table or screen shows, and without halves of characters."""
    lines = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(one for one in lines if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs")).strip()


def place(value: Any, *, slice_counts: Mapping[int, int]) -> Value:
    """A point on a slice that is there, and how one looked at it.

    slice_counts   number of a series, as it is shown, to how many slices it has; slices count from 0 in spatial order
    """
    series, number, point, view = entries(value, "series", "slice", "point", "view", otherwise=NO_PLACE)
    centre, scale, low, high = entries(view, "centre", "mm_per_pixel", "low", "high", otherwise=NO_PLACE)
    if not is_count(series) or not is_count(number) or number >= slice_counts.get(series, 0):
        raise Refusal("no_such_slice", "This pin is on a slice that is not among these images. Put it again.")
    if not is_position(point) or not is_position(centre):
        raise Refusal("no_place", NO_PLACE)
    if not is_number(scale, most=MOST_MM_PER_PIXEL) or scale <= 0 or not is_window(low, high):
        raise Refusal("no_place", NO_PLACE)
    seen = {"centre": centre, "mm_per_pixel": scale, "low": low, "high": high}
    return {"series": series, "slice": number, "point": point, "view": seen}


def entries(value: Any, *names: str, otherwise: str) -> list[Any]:
    """The named entries of an object that has them all; what else is in it is left out."""
    if not isinstance(value, dict) or not all(name in value for name in names):
        raise Refusal("malformed", otherwise)
    return [value[name] for name in names]


def is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_number(value: Any, *, most: float) -> bool:
    """Whether this is a number between -most and most: neither infinity nor NaN is."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most


def is_position(value: Any) -> bool:
    """Whether this is x, y, z in patient LPS, mm."""
    return isinstance(value, list) and len(value) == 3 and all(is_number(one, most=FARTHEST_MM) for one in value)


def is_window(low: Any, high: Any) -> bool:
    return all(is_number(one, most=STRONGEST_SIGNAL) for one in (low, high)) and low < high
