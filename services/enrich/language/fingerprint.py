"""The fingerprint of the language work: a hash over everything in this folder that decides the result.

Python counts without its comments and docstrings, so that a better comment needs no new VERSION. Everything else counts
as it is. What is cut out goes by tokens and not by the syntax tree, which differs between Python versions.
"""

import hashlib
import io
import itertools
import tokenize
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
DETERMINING = frozenset({".py", ".cfg", ".tsv"})
_OUTSIDE_OF_STATEMENTS = frozenset({tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT})


def code_hash(root: Path = HERE) -> str:
    """Return the SHA-256 over the code and the data in a folder, in hexadecimal digits."""
    return hash_of_files(sorted(path for path in root.rglob("*") if path.suffix in DETERMINING), root)


def hash_of_files(paths: list[Path], root: Path) -> str:
    """Return the SHA-256 over the names and contents of files, in hexadecimal digits."""
    digest = hashlib.sha256()
    for path in paths:
        content = without_comments(path.read_text("utf-8")).encode() if path.suffix == ".py" else path.read_bytes()
        digest.update(path.relative_to(root).as_posix().encode() + b"\x1f" + content + b"\x1f")
    return digest.hexdigest()


def without_comments(source: str) -> str:
    """Return Python source without comments, without statements that are only a string, and without the empty lines between."""
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    lines = source.splitlines()
    within = {number for token in tokens for number in range(token.start[0], token.end[0])}  # lines that a string goes on from
    kept: list[str | None] = [line if number in within else line.rstrip() for number, line in enumerate(lines, 1)]
    for start, end in sorted(_cut_out(tokens), reverse=True):
        kept[start[0] - 1] = (lines[start[0] - 1][: start[1]] + lines[end[0] - 1][end[1] :]).rstrip()
        kept[start[0] : end[0]] = [None] * (end[0] - start[0])
        within -= set(range(start[0], end[0]))
    inside = within | {number + 1 for number in within}
    return "\n".join(line for number, line in enumerate(kept, 1) if line is not None and (line or number in inside))


def _cut_out(tokens: list[tokenize.TokenInfo]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield where comments and bare strings begin and end, as (line counted from 1, column)."""
    begins_statement = True
    for token, following in itertools.pairwise(tokens):
        bare = token.type == tokenize.STRING and begins_statement and following.type in {tokenize.NEWLINE, tokenize.COMMENT}
        if bare or token.type == tokenize.COMMENT:
            yield token.start, token.end
        if token.type not in {tokenize.NL, tokenize.COMMENT}:
            begins_statement = token.type in _OUTSIDE_OF_STATEMENTS
