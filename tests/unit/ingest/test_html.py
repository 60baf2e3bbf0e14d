"""A web page becomes the article in it, with what the page says of itself."""

import time

import pytest

from services.ingest.draft import Draft
from services.ingest.formats.html import ELEMENTS, LIMIT, read_html
from sitrep.contracts.codes import RejectionCode
from sitrep.contracts.published import PublishedFrom
from sitrep.runtime.outcomes import Reject
from tests.support.web import PAGE

STORY = "<article><h1>Bridge closed</h1><p>{}</p><p>A second paragraph tells of those who fled over the river.</p></article>"


def draft(page: bytes) -> Draft:
    (part,) = read_html(page).parts
    assert isinstance(part.outcome, Draft)
    return part.outcome


def page(head: str = "", text: str = "The army closed the bridge on Friday, residents said.") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{STORY.format(text)}</body></html>".encode()


def test_page_gives_its_article_and_what_it_says_of_itself() -> None:
    found = draft(PAGE)
    assert (found.title, found.publisher, found.byline) == ("Bridge closed", "The Valley Post", "Ana Ruiz")
    assert found.dates == ((PublishedFrom.METADATA, "2024-11-29T22:15:00+02:00"),)
    paragraphs = found.text.split("\n\n")
    assert paragraphs[-1].startswith("“Nobody is crossing,” said Marie Kavira")
    assert "Home" not in found.text


@pytest.mark.parametrize(
    ("head", "first"),
    [
        ('<meta property="article:published_time" content="2024-11-29T23:30:00-05:00">', "2024-11-29T23:30:00-05:00"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2024-11-28"}]}</script>', "2024-11-28"),
        ('<script type="application/ld+json">{broken</script><meta name="pubdate" content="2024-11-27">', "2024-11-27"),
    ],
    ids=["meta", "json-ld", "broken json-ld"],
)  # fmt: skip
def test_publish_date_is_taken_as_it_is_written(head: str, first: str) -> None:
    assert draft(page(head)).dates[0] == (PublishedFrom.METADATA, first)


def test_page_without_a_date_has_none() -> None:
    assert draft(page()).dates == ()


@pytest.mark.parametrize(
    ("declaration", "encoding", "read_as"),
    [
        ('<meta charset="windows-1252">', "cp1252", "cp1252"),
        ('<meta charset="iso-8859-1">', "cp1252", "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "cp1251", "cp1251"),
        ('<meta charset="windows-1251">', "utf-8", "utf-8"),  # it lies
    ],
)
def test_declared_encoding_is_believed_after_utf8(declaration: str, encoding: str, read_as: str) -> None:
    text = "Мост закрыт, сказали жители." if encoding in {"cp1251", "utf-8"} else "“Nobody’s crossing” at the café, he said."
    found = draft(page(declaration, text).decode().encode(encoding))
    assert found.encoding == read_as
    assert text in found.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html></html>", RejectionCode.NO_TEXT),
        (b"<html><script>" + b"x" * 100_000, RejectionCode.NO_TEXT),
        (b"<html><body>" + b"<div>" * 25_000 + b"deep", RejectionCode.NO_TEXT),
        (b"<html><body>" + b"<p>one</p>" * (ELEMENTS + 1), RejectionCode.TOO_LARGE),
        (b"<html>" + b" " * LIMIT, RejectionCode.TOO_LARGE),
        (b'<!DOCTYPE html [<!ENTITY a "b">]><html><p>&a;</p></html>', RejectionCode.ENTITY_DECLARATION),
        (b"<html>\x00</html>", RejectionCode.BINARY),
    ],
    ids=["empty", "script", "deep", "elements", "bytes", "entity", "nul"],
)
def test_hostile_page_is_refused_in_bounded_time(data: bytes, code: RejectionCode) -> None:
    began = time.process_time()
    with pytest.raises(Reject) as refused:
        list(read_html(data).parts)
    assert refused.value.code is code
    assert time.process_time() - began < 5


def test_page_is_the_same_whenever_it_is_read() -> None:
    assert draft(PAGE) == draft(PAGE)
