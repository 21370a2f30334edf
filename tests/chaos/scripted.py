"""A reader's browser written down in Python: an outbox, a shelf that outlives its page, and a network that fails.

It is written after the contract and shares nothing with the page's own code, so that both can be held against it.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session

from tests.cast import PASSWORD, Browser
from tests.chaos.books import BLANK, Thing

FATES = {"arrives": 50, "is lost": 15, "is not answered": 15, "arrives twice": 10, "is late": 10}
PATIENCE = 60  # requests for one thing, before the script says that it will never come through
Request = Callable[[], Any]


class Network:
    """Carries requests: some never arrive, of some the answer is lost, some arrive twice, and some much later."""

    def __init__(self, rng: Random, happened: Counter[str]) -> None:
        self.rng, self.happened = rng, happened
        self.in_the_air: list[Request] = []
        self.promised: dict[str, str] = {}  # the server's word for what became of an operation, heard here or not

    def carry(self, request: Request) -> Any:
        """The answer; None where there was none."""
        [fate] = self.rng.choices(list(FATES), weights=list(FATES.values()))
        self.happened[f"a request {fate}"] += 1
        if fate == "is late":
            self.in_the_air.append(request)
        if fate in ("is not answered", "arrives twice"):
            request()
        return request() if fate in ("arrives", "arrives twice") else None

    def promise(self, answer: Any) -> Any:
        """Keeps what the server has answered for."""
        if answer.status_code == 200:
            outcomes = {one["key"]: one["outcome"] for one in answer.json()["outcomes"]}
            self.promised |= {key: outcome for key, outcome in outcomes.items() if outcome != "early"}
        return answer

    def deliver_what_is_late(self) -> None:
        self.rng.shuffle(self.in_the_air)
        while self.in_the_air:
            self.in_the_air.pop()()


class Words:
    """What a person has said of each thing, at which machine; taken back where they let another word stand."""

    def __init__(self) -> None:
        self.said: dict[Thing, list[tuple[str, Any]]] = {}

    def say(self, thing: Thing, key: str, value: Any) -> None:
        self.said.setdefault(thing, []).append((key, value))

    def take_back(self, thing: Thing, keys: set[str]) -> None:
        self.said[thing] = [word for word in self.said[thing] if word[0] not in keys]

    def last(self) -> dict[Thing, Any]:
        return {thing: words[-1][1] for thing, words in self.said.items() if words}


class Machine:
    """One browser of a person: its session, its clock, and the shelf that keeps what has not been acknowledged."""

    def __init__(self, door: Browser, name: str, *, network: Network, words: Words, rng: Random) -> None:
        self.door, self.name, self.network, self.words, self.rng = door, name, network, words, rng
        self.clock_is_wrong_by = timedelta(hours=rng.randint(-48, 48))
        self.shelf: dict[str, dict[str, Any]] = {}
        self.page: Page | None = None

    def tells(self) -> str:
        """The time, as this machine has it; now and then somebody sets the clock."""
        if self.rng.random() < 0.1:
            self.clock_is_wrong_by = timedelta(hours=self.rng.randint(-48, 48))
        return (datetime.now(UTC) + self.clock_is_wrong_by).isoformat()

    def forgets_the_session(self) -> None:
        Session.objects.filter(pk=self.door.client.session.session_key).delete()
        self.network.happened["a session ended"] += 1

    def asks(self, request: Request) -> Any:
        """The answer of one try. Who is signed out signs in again, and the request counts as lost."""
        answer = self.network.carry(request)
        if answer is None or answer.status_code not in (401, 403):
            return answer
        self.signs_in()
        return None

    def insists(self, request: Request) -> Any:
        """The answer, however many tries it takes."""
        answers = (self.asks(request) for _ in range(PATIENCE))
        return next(answer for answer in answers if answer is not None)

    def looks(self, path: str) -> Any:
        """What is there to be seen. To ask changes nothing, so the network need not be in the way."""
        answer = self.door.get(path)
        if answer.status_code != 200:
            self.signs_in()
            answer = self.door.get(path)
        return answer.json()

    def signs_in(self) -> None:
        signed_in = self.door.post("/api/session", {"username": self.name, "password": PASSWORD})
        assert signed_in.status_code == 200, signed_in.content
        self.network.happened["signed in again"] += 1

    def kills_the_page(self) -> None:
        self.page = None
        self.network.happened["a page was killed"] += 1

    def opens(self, code: str) -> "Page":
        self.page = self.page or Page(self, code)
        return self.page


class Page:
    """The page of one reading. What the shelf kept of an earlier page goes out first."""

    def __init__(self, machine: Machine, code: str) -> None:
        self.machine, self.rng, self.path = machine, machine.rng, f"/api/readings/{code}"
        self.desk = self.new_key()
        self.waiting: list[dict[str, Any]] = list(machine.shelf.values())
        self.reads()

    def new_key(self) -> str:
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def reads(self) -> None:
        """What the server has; where nothing is on its way from here, the next word comes after it."""
        reading = self.machine.looks(self.path)
        self.last: dict[Thing, str | None] = {}
        for score in reading["scores"]:
            self.last[Thing("answer", score["item"])] = score["answer_operation"]
            self.last[Thing("comment", score["item"])] = score["comment_operation"]
        for pin in reading["pins"]:
            self.last[Thing("pin", pin["item"], pin["key"])] = pin["operation"]
        self.pins = [thing for thing in self.last if thing.pin]  # that the page shows
        for operation in self.waiting:
            self.last[thing_of(operation)] = operation["key"]
            self.shows(thing_of(operation), operation["value"])

    def shows(self, thing: Thing, value: Any) -> None:
        if thing.pin and value is None and thing in self.pins:
            self.pins.remove(thing)
        if thing.pin and value is not None and thing not in self.pins:
            self.pins.append(thing)

    def says(self, thing: Thing, value: Any) -> None:
        """A new word: on the shelf, then on its way."""
        operation = {
            "key": self.new_key(), **thing._asdict(), "value": value, "after": self.last.get(thing),
            "made_at": self.machine.tells(),
        }  # fmt: skip
        self.machine.shelf[operation["key"]] = operation
        self.machine.words.say(thing, operation["key"], value)
        self.waiting.append(operation)
        self.last[thing] = operation["key"]
        self.shows(thing, value)
        self.machine.network.happened["words"] += 1

    def sends(self) -> None:
        """One try at everything that waits."""
        if not self.waiting:
            return
        batch = self.out_of_order(self.waiting) if self.rng.random() < 0.2 else list(self.waiting)
        body = {"desk": self.desk, "operations": batch}
        post = self.machine.door.post
        answer = self.machine.asks(lambda: self.machine.network.promise(post(f"{self.path}/operations", body)))
        if answer is not None:
            self.is_answered(answer)

    def is_answered(self, answer: Any) -> None:
        if answer.status_code == 409:
            assert answer.json()["error"]["code"] == "open_elsewhere", answer.content
            self.takes_over()
        else:
            assert answer.status_code == 200, answer.content
            for outcome in answer.json()["outcomes"]:
                self.hears(outcome)

    def out_of_order(self, operations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return self.rng.sample(operations, len(operations))

    def takes_over(self) -> None:
        """Works here, wherever the reading was open until now."""
        claim = {"desk": self.desk, "take": True}
        answer = self.machine.insists(lambda: self.machine.door.put(f"{self.path}/desk", claim))
        assert answer.status_code == 200, answer.content
        self.reads()
        self.machine.network.happened["taken over"] += 1

    def hears(self, outcome: dict[str, Any]) -> None:
        operation = next((one for one in self.waiting if one["key"] == outcome["key"]), None)
        if operation is None:
            return  # decided about with an earlier one
        match outcome["outcome"]:
            case "applied":
                self.lets_go([operation])
            case "superseded":
                self.is_contradicted(operation, outcome["current"])
            case other:
                assert other == "early", outcome

    def lets_go(self, operations: list[dict[str, Any]]) -> None:
        for operation in operations:
            self.waiting.remove(operation)
            del self.machine.shelf[operation["key"]]

    def is_contradicted(self, operation: dict[str, Any], current: dict[str, Any]) -> None:
        """Something else stands. The person decides at once: their own last word, or the other one."""
        thing = thing_of(operation)
        mine = [one for one in self.waiting if thing_of(one) == thing]
        self.lets_go(mine)
        self.machine.words.take_back(thing, {one["key"] for one in mine})
        self.last[thing] = current["operation"]
        self.shows(thing, current["value"])
        if mine[-1]["value"] == current["value"]:
            return
        choice = self.rng.choice(["mine", "theirs"])
        self.machine.network.happened[f"a conflict, decided for {choice}"] += 1
        if choice == "mine":
            self.says(thing, mine[-1]["value"])


def thing_of(operation: dict[str, Any]) -> Thing:
    return Thing(operation["kind"], operation["item"], operation["pin"])


class Script:
    """One reading from the first word to the last, at two machines, with its own dice."""

    ITEMS = ("VB_C4", "FJ_C4C5")

    def __init__(self, code: str, *, doors: list[Browser], username: str, seed: int, happened: Counter[str]) -> None:
        self.code, self.rng, self.words, self.happened = code, Random(seed), Words(), happened
        self.network = Network(self.rng, happened)
        self.machines = [
            Machine(door, username, network=self.network, words=self.words, rng=self.rng) for door in doors
        ]
        self.here = self.machines[0]

    def run(self, *, steps: int) -> None:
        for _ in range(steps):
            self.something_happens()
            self.speaks()
        self.network.deliver_what_is_late()
        for _ in range(PATIENCE):
            for machine in self.machines:
                if machine.shelf:
                    machine.opens(self.code).sends()
        assert not any(machine.shelf for machine in self.machines), f"{self.code} never arrived"

    def something_happens(self) -> None:
        trouble = self.rng.random()
        if trouble < 0.15:
            self.here.kills_the_page()
        elif trouble < 0.30:
            self.here.forgets_the_session()
        elif trouble < 0.55:
            self.here = self.machines[self.machines.index(self.here) - 1]
        elif trouble < 0.70:
            self.network.deliver_what_is_late()

    def speaks(self) -> None:
        page = self.here.opens(self.code)
        for _ in range(self.rng.randint(1, 3)):
            page.says(*self.word(page))
        page.sends()

    def word(self, page: Page) -> tuple[Thing, Any]:
        item, dice = self.rng.choice(self.ITEMS), self.rng.random()
        if dice < 0.65:
            return Thing("answer", item), self.answer()
        if dice < 0.85:
            return Thing("comment", item), {"text": self.rng.choice(["", "faint", "chemical shift?", "see T1"])}
        if page.pins and dice < 0.95:
            return self.rng.choice(page.pins), self.rng.choice([None, self.place()])
        return Thing("pin", item, page.new_key()), self.place()

    def answer(self) -> dict[str, Any]:
        grade = {"grade": self.rng.randint(0, 3), "not_assessable": ""}
        return self.rng.choice([grade, grade, grade, BLANK, {"grade": None, "not_assessable": "artefact"}])

    def place(self) -> dict[str, Any]:
        x, y, z = (round(self.rng.uniform(-50, 50), 2) for _ in range(3))
        view = {"centre": [x, y, z], "mm_per_pixel": 0.4, "low": 0.0, "high": 900.0}
        return {"series": self.rng.randint(1, 2), "slice": self.rng.randint(0, 2), "point": [x, y, z], "view": view}
