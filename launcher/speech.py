"""What a person reads while Dens gets ready: one calm line a step, with its seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from launcher import Refused

WIDTH = 44


def say(text: str = "") -> None:
    print(text, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """`Building the front end ........ 8.1 s`; the seconds follow when it is done."""
    started = time.monotonic()
    print(f"  {name} ".ljust(WIDTH, "."), end="", flush=True)
    try:
        yield
    except BaseException as error:
        say(" failed" if isinstance(error, Refused) else "")
        raise
    say(f" {time.monotonic() - started:.1f} s")
