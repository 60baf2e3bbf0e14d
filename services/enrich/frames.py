"""What a worker and its language processes say to each other: frames of lines over a pipe, each with its length."""

import asyncio
import struct
from typing import BinaryIO

_LENGTH = struct.Struct(">I")


def pack(lines: list[bytes]) -> bytes:
    """Return a frame of lines; JSON as we write it has no line ends in it."""
    body = b"\n".join(lines)
    return _LENGTH.pack(len(body)) + body


def read(pipe: BinaryIO) -> list[bytes] | None:
    """Return the lines of the next frame, or None at the end of the pipe."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = pipe.read(length)
    return body.split(b"\n") if len(body) == length else None


async def receive(reader: asyncio.StreamReader) -> list[bytes]:
    """Return the lines of the next frame. Raises asyncio.IncompleteReadError at the end of the pipe."""
    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
    return (await reader.readexactly(length)).split(b"\n")
