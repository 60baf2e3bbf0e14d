"""What the formats make of bytes."""

import contextlib
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.draft import Document, Draft, IncompleteError, Part
from services.ingest.formats import json_article, json_strict, plain
from services.ingest.formats.sniff import Format, sniff
from sitrep.contracts.codes import RejectionCode as Code
from sitrep.contracts.published import PublishedFrom
from sitrep.runtime.outcomes import Reject


def only(document: Document) -> Draft:
    parts = list(document.parts)
    assert [part.suffix for part in parts] == [""]
    assert isinstance(parts[0].outcome, Draft)
    return parts[0].outcome


def outcomes(parts: list[Part]) -> dict[str, str]:
    return {part.suffix: part.outcome.code if isinstance(part.outcome, Reject) else part.outcome.text for part in parts}


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"Shelling near Rivertown.", "a.txt", Format.TEXT),
        (b"Shelling near Rivertown.", "a", Format.TEXT),
        (b"[Update] Shelling", "a.txt", Format.TEXT),
        (b"<3 is a heart", "a.txt", Format.TEXT),
        (b'{"text": "a"}', "a.txt", Format.JSON),
        (b'  [ {"text": "a"} ]', "a", Format.JSON),
        (b"{", "a.txt", Format.JSON),
        (b"plain", "a.json", Format.JSON),
        (b'{"a": 1}\n{"b": 2}\n', "a.json", Format.JSON_LINES),
        (b'{"a": 1}\n', "a.jsonl", Format.JSON_LINES),
        (b'\xef\xbb\xbf{"a": 1}\n{"b": 2}\n', "a.txt", Format.JSON_LINES),
        ("{\"text\": \"a\"}".encode("utf-16"), "a.txt", Format.JSON),
        ("<html><p>".encode("utf-16"), "a.txt", Format.HTML),
        (b"<p>One</p>", "a.txt", Format.HTML),
        (b"<nitf><body/></nitf>", "a.txt", Format.UNSUPPORTED),
        (b"<!-- c -->\n<!DOCTYPE html>", "a.txt", Format.HTML),
        (b"# Title", "a.md", Format.UNSUPPORTED),
        (b"PK\x03\x04", "a.txt", Format.UNSUPPORTED),
        (b"words", "a.url", Format.UNSUPPORTED),
    ],
)  # fmt: skip
def test_sniff(head: bytes, name: str, expected: Format) -> None:
    assert sniff(head, name, whole=True)[0] is expected


@pytest.mark.parametrize("head", [b"<!-- c -->" * 100_000 + b"<div>", b"<" * 2_000_000, b"{" * 2_000_000, b" " * 2_000_000])
def test_sniff_takes_no_time_on_hostile_input(head: bytes) -> None:
    began = time.process_time()
    sniff(head, "a.txt", whole=True)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("data", "text", "dates"),
    [
        (" date 2024-11-30 Rebels advance.", "Rebels advance.", [("header", "2024-11-30")]),
        (" date 2024-11-30 \nRebels advance.", "Rebels advance.", [("header", "2024-11-30")]),
        ("date 2024-13-45\r\nRebels advance.", "Rebels advance.", [("header", "2024-13-45")]),
        ("date night in Rivertown", "date night in Rivertown", []),
        ("Date: 30 Nov 2024\nSource: Wire\n\nRebels advance.", "Rebels advance.", [("header", "30 Nov 2024")]),
        ("---\npublished: 2024-11-30\n---\nRebels advance.", "Rebels advance.", [("front_matter", "2024-11-30")]),
        ("---\rpublished: 2024-11-30\r---\rRebels advance.", "Rebels advance.", [("front_matter", "2024-11-30")]),
        ("---\nnot: closed\nRebels", "---\nnot: closed\nRebels", []),
        ("---\njust a rule\n---\nRebels", "---\njust a rule\n---\nRebels", []),
        ("Source: Wire\nUnknown: x\n\nRebels", "Source: Wire\nUnknown: x\n\nRebels", []),
        ("Warning: shelling\n\nRebels", "Warning: shelling\n\nRebels", []),
        ("Source: Wire\nno empty line", "Source: Wire\nno empty line", []),
    ],
)  # fmt: skip
def test_plain_text(data: str, text: str, dates: list[tuple[str, str]]) -> None:
    draft = only(plain.read_text(data.encode()))
    assert draft.text.strip() == text
    assert list(draft.dates) == [(PublishedFrom(source), value) for source, value in dates]


def test_plain_text_takes_fields_without_regard_to_case() -> None:
    draft = only(plain.read_text(b"HEADLINE: One\nAuthor: A. Writer\nLink: https://example.org\n\nText."))
    assert (draft.title, draft.byline, draft.url) == ("One", "A. Writer", "https://example.org")


@pytest.mark.parametrize("block", ["a: " + "[" * 4000, "- " * 2000, "a: &b 1\nc: *b", 'a: "\\UFFFFFFFF"', "a: !!int 1", "a: {"])
def test_front_matter_refuses_quickly(block: str) -> None:
    began = time.process_time()
    with pytest.raises(Reject) as caught:
        plain.front_matter(block)
    assert caught.value.code is Code.FRONT_MATTER
    assert time.process_time() - began < 1


def test_json_reads_the_fields_of_news_sites() -> None:
    value = {
        "headline": " Rebels  advance ", "body": "Text.", "datePublished": "2024-11-30T10:00:00Z",
        "publisher": {"@type": "Organization", "name": "Example Wire"}, "author": [{"name": "A"}, {"name": "B"}],
        "language": "en", "unknown": {"deep": [1]},
    }  # fmt: skip
    draft = only(json_article.read_json(json.dumps(value).encode(), final=True))
    assert (draft.title, draft.text, draft.publisher, draft.byline) == ("Rebels advance", "Text.", "Example Wire", "A, B")
    assert draft.dates == ((PublishedFrom.METADATA, "2024-11-30T10:00:00Z"),)


def test_json_array_gives_each_element_its_own_outcome() -> None:
    data = b'[{"text": "one"}, 5, {"text": "t,w]o"}, {"text": "a", "text": "b"}, {"x": 1}]'
    document = json_article.read_json(data, final=True)
    assert document.container
    assert outcomes(list(document.parts)) == {
        "#item=1": "one", "#item=2": Code.MALFORMED, "#item=3": "t,w]o", "#item=4": Code.MALFORMED, "#item=5": Code.NO_TEXT,
    }  # fmt: skip


@pytest.mark.parametrize("data", [b'[{"text": "a"}] x', b'[{"text": "a"}}]', b'{"text": "a"}]', b'[1, {"a": ]'])
def test_json_with_broken_brackets_is_malformed(data: bytes) -> None:
    with pytest.raises(Reject) as caught:
        json_article.read_json(data, final=True)
    assert caught.value.code is Code.MALFORMED


def test_json_array_with_a_comma_too_many_refuses_what_is_not_there() -> None:
    document = json_article.read_json(b'[{"text": "a"},]', final=True)
    assert outcomes(list(document.parts)) == {"#item=1": "a", "#item=2": Code.MALFORMED}


@given(st.integers(1, 200))
def test_json_cut_anywhere_is_incomplete(at: int) -> None:
    whole = json.dumps({"title": 'Ünï\\" [code]', "text": "a, {b}: \n[c]", "n": [1, 2.5e3, True, None]}).encode()
    cut = whole[: at % (len(whole) - 1) + 1]
    with pytest.raises(IncompleteError):
        json_article.read_json(cut, final=False)


@pytest.mark.parametrize(
    "text",
    ['{"a": ' + "[1," * 1_000_000, '"' * 1_000_000, '{"' + "\\" * 1_000_000, "[" * 1_000_000,
     "{" + ",".join(f'"{n}": 0' for n in range(60_000)) + ', "7": 1}', '{"a": [' + ",".join(["[]"] * 200_000) + "]}"],
)  # fmt: skip
def test_json_takes_no_time_on_hostile_input(text: str) -> None:
    began = time.process_time()
    with pytest.raises((Reject, IncompleteError)):
        json_strict.loads(text)
    assert time.process_time() - began < 2


@given(st.binary(max_size=300))
def test_only_reject_or_incomplete_escape(data: bytes) -> None:
    for read in (plain.read_text, lambda d: json_article.read_json(d, final=False)):
        with contextlib.suppress(Reject, IncompleteError):
            list(read(data).parts)


@given(st.lists(st.integers(1, 40), max_size=20))
def test_lines_do_not_depend_on_where_blocks_end(cuts: list[int]) -> None:
    data = b'{"text": "one"}\r\n\n{"text": "two"}\nnothing\n{"text": "three"}'
    blocks, at = [], 0
    for cut in cuts:
        blocks.append(data[at : at + cut])
        at += cut
    found = outcomes(list(json_article.lines([*blocks, data[at:]])))
    assert found == {"#line=1": "one", "#line=3": "two", "#line=4": Code.MALFORMED, "#line=5": "three"}
