"""Files that no article can be made of, and files that look so: what each must end as."""

import gzip
import io
import json
import os
import socket
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sitrep.contracts.codes import RejectionCode as Code

Write = Callable[[Path], None]
STORED = "stored"
LEFT = "left where it is"


@dataclass(frozen=True)
class Bad:
    """One thing in the inbox: its name (bytes, where they are no text), how it is made, and how it ends."""

    name: str
    make: Write
    ends: Code | str


def content(data: bytes) -> Write:
    """Return a maker that writes these bytes."""

    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


def text(words: str) -> Write:
    """Return a maker that writes an article with these words in it."""
    return content(f"Report with {words}\n\nShelling near Rivertown, {words}.".encode())


def _of_time(mtime: int, words: str) -> Write:
    def make(path: Path) -> None:
        text(words)(path)
        os.utime(path, (mtime, mtime))

    return make


def _empty(path: Path) -> None:
    path.touch()


def _unreadable(path: Path) -> None:
    path.write_text("Nobody may read this.")
    path.chmod(0)


def _link(target: str) -> Write:
    return lambda path: path.symlink_to(target)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # a socket's path may have 108 bytes only
        made.bind(path.name)
        os.chdir(here)


def _directory(path: Path) -> None:
    path.mkdir()
    text("a directory that is named like a file")(path / "inside.txt")


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (members or {"a.txt": b"An article inside an archive."}).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _tar(target: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        member = tarfile.TarInfo("link.txt")
        member.type, member.linkname = tarfile.SYMTYPE, target
        archive.addfile(member)
    return buffer.getvalue()


def _holes(size: int) -> Write:
    """Return a maker of a file of holes, which takes no room."""

    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def _repeated(block: bytes, times: int) -> Write:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            for _ in range(times):
                file.write(block)

    return make


def _hard_link(path: Path) -> None:
    text("a second name outside of the inbox")(path.parent / f".{path.name}.first")
    os.link(path.parent / f".{path.name}.first", path)


def _laughs(head: str) -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    return f"{head} [{entities}]><p>&l9;</p>".encode()


def _sidecar(path: Path) -> None:
    (path.parent / f"{path.name}.meta.json").write_text("[1, 2]")
    text("a sidecar that is a list")(path)


DEEP = b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
HEAD = "Shelling near Rivertown"

BAD = [
    Bad("empty.txt", _empty, Code.EMPTY),
    Bad("blank.txt", content(b" \n\t\r\n \xc2\xa0 \n"), Code.EMPTY),
    Bad("punctuation.txt", content(b"... --- ... !"), Code.EMPTY),
    Bad("one-byte.txt", content(b"."), Code.EMPTY),
    Bad("million-empty-lines.txt", content(b"\n" * 1_000_000), Code.EMPTY),
    Bad("not-utf8.txt", content(b"caf\x81 \x8d\x8f\x90 \x9d\xff\xfe\x81 text"), Code.ENCODING),
    Bad("utf8-but-one-byte.txt", content("Über die Brücke \xff".encode() + b"\xff ging es."), Code.ENCODING),
    Bad("nul.txt", content(b"Shelling\x00 near Rivertown"), Code.BINARY),
    Bad("picture.txt", content(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))), Code.BINARY),
    Bad("surrogate.txt", content(b"Half a character \xed\xa0\x80 here"), Code.SURROGATE),
    Bad("surrogate.json", content(b'{"text": "half \\ud800 of it"}'), Code.SURROGATE),
    Bad("five-megabytes.txt", content(b"Shelling near Rivertown. " * 200_000), Code.TOO_LONG),
    Bad("long-token.txt", content(b"a" * 500_000), Code.TOO_LONG),
    Bad("sparse.txt", _holes(65 * 1024 * 1024), Code.TOO_LARGE),
    Bad("gibibyte.txt", _holes(1024**3), Code.TOO_LARGE),
    Bad("hundred-mebibytes.txt", _repeated(b"Shelling near Rivertown. " * 41_944, 100), Code.TOO_LARGE),
    Bad("ten-mebibytes-in-a-line.txt", _repeated(b"a" * 1024 * 1024, 10), Code.TOO_LONG),
    Bad("million-characters.txt", content(b"Shelling, " * 100_000 + b"."), Code.TOO_LONG),
    Bad("half-megabyte-of-marks.txt", content(b"a" + "\u0301\u0323".encode() * 130_000), Code.TOO_LONG),
    Bad("eight-megabytes-of-marks.txt", content(b"a" + "\u0301\u0323".encode() * 1_900_000), Code.TOO_LONG),
    Bad("odd-utf16.txt", content("Shelling near Rivertown".encode("utf-16")[:-1]), Code.INCOMPLETE),
    Bad("overlong.txt", content(b"Shelling \xc0\xaf near \xe0\x80\xaf Rivertown"), Code.ENCODING),
    Bad("only-a-mark.txt", content(b"\xef\xbb\xbf"), Code.EMPTY),
    Bad("zero-width.txt", content("\u200b\u2060\ufeff\u200b".encode()), Code.EMPTY),
    Bad("truncated.json", content(b'{"title": "Cut", "text": "Shelling near'), Code.INCOMPLETE),
    Bad("truncated-array.json", content(b'[{"text": "Shelling"}, {"te'), Code.INCOMPLETE),
    Bad("half-character.txt", content("Shelling near Zagreb, č".encode()[:-1]), Code.INCOMPLETE),
    Bad("deep.json", content(DEEP), Code.TOO_DEEP),
    Bad("twice.json", content(b'{"text": "a", "text": "b"}'), Code.MALFORMED),
    Bad("nan.json", content(b'{"text": "a", "size": NaN}'), Code.MALFORMED),
    Bad("infinite.json", content(b'{"text": "a", "size": 1e400}'), Code.MALFORMED),
    Bad("digits.json", content(b'{"text": "a", "size": ' + b"9" * 5000 + b"}"), Code.MALFORMED),
    Bad("wrong-type.json", content(b'{"text": ["a"]}'), Code.MALFORMED),
    Bad("no-comma.json", content(b'{"text": "a" "title": "b"}'), Code.MALFORMED),
    Bad("scalar.json", content(b"17"), Code.MALFORMED),
    Bad("not.json", content(b"This is no JSON at all."), Code.MALFORMED),
    Bad("depth-101.json", content(b'{"text": "a", "x": ' + b"[" * 101 + b"]" * 101 + b"}"), Code.TOO_DEEP),
    Bad("true.json", content(b'{"text": true}'), Code.MALFORMED),
    Bad("null.json", content(b'{"text": null}'), Code.NO_TEXT),
    Bad("nothing.jsonl", content(b"\n\n\n"), Code.EMPTY),
    Bad("control.json", content(b'{"text": "a\x01b"}'), Code.MALFORMED),
    Bad("no-text.json", content(b'{"title": "Nothing below"}'), Code.NO_TEXT),
    Bad("empty-array.json", content(b"[]"), Code.NO_TEXT),
    Bad("tag.md.txt", content(b"---\ntitle: !!python/object:os.system x\n---\nShelling."), Code.FRONT_MATTER),
    Bad("anchor.txt", content(b"---\na: &x 1\nb: *x\n---\nShelling."), Code.FRONT_MATTER),
    Bad("nested.txt", content(b"---\na: " + b"[" * 3000 + b"\n---\nShelling."), Code.FRONT_MATTER),
    Bad("page.html", content(b"<!DOCTYPE html><html><body></body></html>"), Code.NO_TEXT),
    Bad("page.txt", content(b"\n <div><script>let shelling = 1;</script></div>"), Code.NO_TEXT),
    Bad("entities.html", content(b'<!DOCTYPE html [<!ENTITY a "b">]><html><p>&a;</p></html>'), Code.ENTITY_DECLARATION),
    Bad("paragraphs.html", content(b"<html><body>" + b"<p>one</p>" * 31_000), Code.TOO_LARGE),
    Bad("deep.html", content(b"<html><body>" + b"<div>" * 25_000 + b"deep"), Code.NO_TEXT),
    Bad("laughs.html", content(_laughs("<!DOCTYPE html")), Code.ENTITY_DECLARATION),
    Bad("file.html", content(b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>'), Code.ENTITY_DECLARATION),
    Bad(
        "call.html",
        content(b'<!DOCTYPE html [<!ENTITY % x SYSTEM "http://127.0.0.1:9/">%x;]><p>a</p>'),
        Code.ENTITY_DECLARATION,
    ),
    Bad("fifty-thousand-tags.html", content(b"<html><body>" + b"<b>" * 50_000 + b"deep"), Code.NO_TEXT),
    Bad("laughs.xml", content(_laughs('<?xml version="1.0"?><!DOCTYPE feed')), Code.UNSUPPORTED_FORMAT),
    Bad("bomb.zip", content(_zip(**{"a.txt": b"0" * 20_000_000})), Code.UNSUPPORTED_FORMAT),
    Bad("climbing.zip", content(_zip(**{"../../etc/cron.d/x": b"x"})), Code.UNSUPPORTED_FORMAT),
    Bad("nested.zip", content(_zip(**{"a.zip": _zip()})), Code.UNSUPPORTED_FORMAT),
    Bad("linked.tar.gz", content(_tar("/etc/passwd")), Code.UNSUPPORTED_FORMAT),
    Bad("old.doc", content(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512), Code.UNSUPPORTED_FORMAT),
    Bad("feed", content(b'<?xml version="1.0"?><rss><channel></channel></rss>'), Code.UNSUPPORTED_FORMAT),
    Bad("note.md", content(b"# Shelling\n\nnear Rivertown"), Code.UNSUPPORTED_FORMAT),
    Bad("archive.txt", content(_zip()), Code.UNSUPPORTED_FORMAT),
    Bad("packed.txt", content(gzip.compress(b"Shelling near Rivertown.")), Code.UNSUPPORTED_FORMAT),
    Bad("paper.pdf", content(b"%PDF-1.7\n1 0 obj"), Code.UNSUPPORTED_FORMAT),
    Bad("link.url", content(b"[InternetShortcut]\nURL=https://example.org/\n"), Code.UNSUPPORTED_FORMAT),
    Bad("lonely.txt.meta.json", content(b'{"published": "2024-11-30"}'), Code.ORPHAN_SIDECAR),
    Bad("sidecar.txt", _sidecar, Code.MALFORMED),
    Bad("unreadable.txt", _unreadable, Code.UNREADABLE),
    Bad("to-passwd.txt", _link("/etc/passwd"), LEFT),
    Bad("dangling.txt", _link("nowhere"), LEFT),
    Bad("loop.txt", _link("loop.txt"), LEFT),
    Bad("pipe.txt", _fifo, LEFT),
    Bad("socket.txt", _socket, LEFT),
    Bad("to-shadow.txt", _link("/etc/shadow"), LEFT),
    Bad("to-itself-above.txt", _link("../inbox"), LEFT),
    Bad(".hidden.txt", text("a hidden name"), LEFT),
    Bad("_private.txt", text("an underscore"), LEFT),
    Bad("half.txt.part", text("a name for a part"), LEFT),
    Bad("draft.txt~", text("a name for a backup"), LEFT),
    Bad("directory.txt", _directory, STORED),
    Bad("new\nline.txt", text("a line end in its name"), STORED),
    Bad(os.fsdecode(b"latin-\xe9.txt"), text("a name that is not UTF-8"), STORED),
    Bad("-rf.txt", text("a name like an option"), STORED),
    Bad("%41 ü'\"$(x).txt", text("a name with everything"), STORED),
    Bad("l" * 251 + ".txt", text("a name of 255 bytes"), STORED),
    Bad("utf16.txt", content(f"{HEAD} in UTF-16.".encode("utf-16")), STORED),
    Bad("mark.txt", content(b"\xef\xbb\xbf" + f"{HEAD} behind a byte order mark.".encode()), STORED),
    Bad("windows.txt", content(f"{HEAD}, “the army said” on Friday, near the café.".encode("cp1252")), STORED),
    Bad("huge-number.json", content(b'{"text": "' + HEAD.encode() + b' with a date.", "date": ' + b"9" * 400 + b"}"), STORED),
    Bad("half-name.json", content(b'{"text": "' + HEAD.encode() + b' by half a name.", "author": "\\ud800"}'), STORED),
    Bad("bracket.txt", content(f"[Update] {HEAD} in brackets.".encode()), STORED),
    Bad("comments.txt", content(b"<!-- c -->" * 400 + f"\n{HEAD} behind comments.".encode()), STORED),
    Bad("unclosed.txt", content(f"---\ntitle: never closed\n{HEAD} under a rule.".encode()), STORED),
    Bad("old.txt", _of_time(1, "a very old file"), STORED),
    Bad("later.txt", _of_time(4102444800, "a file of 2100"), STORED),
    Bad("linked-twice.txt", _hard_link, STORED),
    Bad("year-0.json", content(b'{"text": "' + HEAD.encode() + b' in the year 0.", "date": "0000-01-01"}'), STORED),
    Bad("year-10000.json", content(b'{"text": "' + HEAD.encode() + b' in the year 10000.", "date": "10000-01-01"}'), STORED),
    Bad("february-30.json", content(b'{"text": "' + HEAD.encode() + b' on a day of no month.", "date": "2024-02-30"}'), STORED),
    Bad(
        "leap-second.json",
        content(b'{"text": "' + HEAD.encode() + b' in a leap second.", "date": "2016-12-31T23:59:60Z"}'),
        STORED,
    ),
    Bad("marks.txt", content(f"{HEAD}, e".encode() + "\u0301\u0323".encode() * 40_000), STORED),
    Bad("double-marks.txt", content(f"{HEAD}, e".encode() + "\u0f73\u0f81".encode() * 40_000), STORED),
    Bad("right-to-left.txt", content(f"\u202e{HEAD} from the right\u2066.".encode()), STORED),
    Bad("composed.txt", content(f"{HEAD}, caf\u00e9.".encode()), STORED),
    Bad("decomposed.txt", content(f"{HEAD}, cafe\u0301.".encode()), STORED),
    Bad("fifty-thousand-a.txt", content(b"a" * 50_000), STORED),
    Bad("quotes.txt", content(b"He said \xc2\x9dyes\xc2\x9d near Rivertown " + b"\xc2\x9d" * 5000), STORED),
]


def mixed() -> bytes:
    """Return JSON Lines of which four are articles and five are not."""
    good = [json.dumps({"text": f"Good line {number}: {HEAD}.", "date": "2024-11-30"}) for number in range(4)]
    bad = ['{"text": 5}', "no JSON", '{"title": "no text"}', "[" * 200, '{"text": "' + "x" * 2_100_000 + '"}']
    return "\n".join([good[0], bad[0], good[1], "", bad[1], bad[2], good[2], bad[3], bad[4], good[3]]).encode()
