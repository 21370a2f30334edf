"""Records as JSON, and back: the same record always gives the same characters."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Convert = Callable[[Any], Any]
Record = TypeVar("Record")


def line_of(record: Any) -> str:
    """A record in one line: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(to_json(record), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def to_json(value: Any) -> Any:
    """A record as dicts and lists; what is no record is left as it is."""
    if is_dataclass(value):
        kind: Any = type(value)
        return {name: to_json(getattr(value, name)) for name in names_of(kind)}
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    return value


@cache
def names_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def from_json(kind: type[Record], stored: Any) -> Record:
    """The record that `to_json` gave; what an older version did not know yet has its default."""
    wanted: Any = kind
    made: Record = reader_of(wanted)(stored)
    return made


@cache
def reader_of(kind: Any) -> Convert:
    """How a stored value becomes what the annotation says."""
    if is_dataclass(kind):
        return record_reader(kind)
    if get_origin(kind) is tuple:
        return tuple_reader(get_args(kind))
    if get_origin(kind) in (Union, UnionType):
        return optional_reader(get_args(kind))
    return unchanged


def record_reader(kind: Any) -> Convert:
    hints = get_type_hints(kind)
    readers = [(field.name, reader_of(hints[field.name])) for field in fields(kind)]

    def read(stored: dict[str, Any]) -> Any:
        return kind(**{name: convert(stored[name]) for name, convert in readers if name in stored})

    return read


def tuple_reader(kinds: tuple[Any, ...]) -> Convert:
    convert = reader_of(kinds[0])
    if convert is unchanged:
        return tuple
    return lambda stored: tuple(convert(one) for one in stored)


def optional_reader(kinds: tuple[Any, ...]) -> Convert:
    records: list[Any] = [kind for kind in kinds if is_dataclass(kind)]
    if not records or NoneType not in kinds:
        return unchanged
    convert = reader_of(records[0])
    return lambda stored: None if stored is None else convert(stored)


def unchanged(value: Any) -> Any:
    return value
