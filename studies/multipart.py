"""multipart/related, both ways (RFC 2387, RFC 2046): read as a stream that is never whole in memory, and written."""

import secrets
from collections.abc import Callable, Iterable, Iterator

from studies.media import RELATED, Media

BLOCK_BYTES = 256 * 1024
HEADER_BYTES = 8192  # of one part
BOUNDARY_CHARACTERS = 200  # RFC 2046 says 70; some clients write more


class Malformed(ValueError):
    """A body that is not what its Content-Type says, or ends too early."""


class Reader:
    """The parts of a body, one after another.

    read  gives at most so many bytes, b"" at the end
    """

    def __init__(self, read: Callable[[int], bytes], *, boundary: str) -> None:
        if not 0 < len(boundary) <= BOUNDARY_CHARACTERS or not boundary.isascii():
            raise Malformed
        self.read = read
        self.delimiter = b"\r\n--" + boundary.encode()
        self.held = b"\r\n"  # so that a body may begin with its first delimiter, or with a line end before it

    def parts(self) -> Iterator[tuple[dict[str, str], Iterator[bytes]]]:
        """Headers (names in lower case) and content of each part. A content that is not read to its end is skipped."""
        for _ in self.content():  # the preamble
            pass
        while not self.is_last():
            headers, content = self.headers(), self.content()
            yield headers, content
            for _ in content:
                pass

    def more(self) -> None:
        block = self.read(BLOCK_BYTES)
        if not block:
            raise Malformed
        self.held += block

    def content(self) -> Iterator[bytes]:
        """Everything up to the next delimiter, which is then consumed."""
        keep = len(self.delimiter) - 1
        while (end := self.held.find(self.delimiter)) < 0:
            ready, self.held = self.held[:-keep], self.held[-keep:]
            if ready:
                yield ready
            self.more()
        ready, self.held = self.held[:end], self.held[end + len(self.delimiter) :]
        if ready:
            yield ready

    def is_last(self) -> bool:
        """Whether the delimiter was the closing one; else the line it stands in is consumed."""
        while len(self.held) < 2:
            self.more()
        if self.held.startswith(b"--"):
            return True
        line = self.up_to(b"\r\n")
        if line.strip(b" \t"):
            raise Malformed
        self.held = b"\r\n" + self.held  # so that a part without headers begins with an empty line like any other
        return False

    def headers(self) -> dict[str, str]:
        text = self.up_to(b"\r\n\r\n").decode("latin-1")
        return dict(header(line) for line in text.split("\r\n") if line)

    def up_to(self, end: bytes) -> bytes:
        while (place := self.held.find(end)) < 0:
            if len(self.held) > HEADER_BYTES:
                raise Malformed
            self.more()
        found, self.held = self.held[:place], self.held[place + len(end) :]
        return found


def header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon:
        raise Malformed
    return name.strip().lower(), value.strip()


def boundary_of(content_type: Media) -> str:
    if not content_type.is_multipart:
        raise Malformed
    return content_type.parameters.get("boundary", "")


def new_boundary() -> str:
    """Random bits that no payload can hold by chance; `write` looks all the same."""
    return secrets.token_hex(20)


def content_type(boundary: str, *, part: str) -> str:
    return f'{RELATED}; type="{part}"; boundary="{boundary}"'


def write(payloads: Iterable[bytes], *, boundary: str, part_type: str) -> Iterator[bytes]:
    """The body, part by part. Raises Malformed, rather than be misread, should a payload hold the boundary.

    The header's name is written `Content-Type`, exactly: there are viewers that look for these very letters.
    """
    mark = boundary.encode()
    for payload in payloads:
        if mark in payload:
            raise Malformed
        yield b"--%b\r\nContent-Type: %b\r\n\r\n" % (mark, part_type.encode())
        yield payload
        yield b"\r\n"
    yield b"--%b--\r\n" % mark
