"""A reading as changes are put into it: what a change can be about, which values it can have, and where they belong."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from readers.errors import Refusal
from readers.models import User
from scoring import catalogue, submission, values
from scoring.models import Item, OperationKind, Reading
from studies import frames

BLANK = {"grade": None, "not_assessable": ""}


class Thing(NamedTuple):
    """What a change is about; the item by its code."""

    kind: str
    item: str
    pin: UUID | None


class Form:
    """A locked reading with the questions of its instrument and, for pins, the extent of its images."""

    def __init__(self, reading: Reading, *, with_images: bool) -> None:
        self.reading = reading
        self.items: dict[str, Item] = {item.code: item for item in reading.items()}
        self.slice_counts = frames.slice_counts(reading.case) if with_images else {}

    def has(self, thing: Thing) -> bool:
        """Whether there can be such a thing here: of an item of the instrument, and with a key if it is a pin."""
        return thing.item in self.items and (thing.kind == OperationKind.PIN) == (thing.pin is not None)

    def checked(self, thing: Thing, value: Any) -> Any:
        """What may be stored of a value. Raises Refusal for a thing or a value there is not."""
        if not self.has(thing):
            raise Refusal("no_such_item", "The instrument of this reading has nothing like this.")
        match thing.kind:
            case OperationKind.ANSWER:
                answer = values.answer(value)
                catalogue.check_answer(self.items[thing.item], **answer)
                return answer
            case OperationKind.COMMENT:
                return values.comment(value)
        return None if value is None else values.place(value, slice_counts=self.slice_counts)

    def write(self, thing: Thing, value: Any, *, actor: User, now: datetime) -> None:
        """Put a checked value where it belongs."""
        question = self.items[thing.item]
        match thing.kind, thing.pin:
            case OperationKind.ANSWER, _:
                submission.write_answer(self.reading, question, **value, actor=actor, now=now)
            case OperationKind.COMMENT, _:
                submission.write_comment(self.reading, question, **value, actor=actor, now=now)
            case OperationKind.PIN, UUID() as key if value is None:
                submission.take_pin(self.reading, question, key=key, actor=actor, now=now)
            case OperationKind.PIN, UUID() as key:
                submission.put_pin(self.reading, question, key=key, place=value, actor=actor, now=now)

    def standing(self, thing: Thing) -> Any:
        """The value that stands, in the form of an operation's."""
        if thing.pin:
            pin = self.reading.pins.filter(key=thing.pin, item__code=thing.item, is_removed=False).first()
            return submission.place_of(pin) if pin else None
        score = self.reading.scores.filter(item__code=thing.item).first()
        if thing.kind == OperationKind.COMMENT:
            return {"text": score.comment if score else ""}
        return submission.answer_of(score) if score else BLANK
