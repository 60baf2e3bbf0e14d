"""From a draft to an article."""

from datetime import date

import pytest

from services.ingest import build
from services.ingest.draft import Draft
from services.ingest.sidecar import Beside, read_defaults, read_sidecar, together
from sitrep.contracts.article import Article, Sighting
from sitrep.contracts.codes import RejectionCode as Code
from sitrep.contracts.published import PublishedFrom
from sitrep.runtime.outcomes import Reject

TODAY = date(2024, 12, 1)
SIGHTING = Sighting(uri="inbox:a.txt", key="a.txt", sha256="0" * 64, size=1)


def made(draft: Draft, beside: Beside | None = None) -> Article:
    return build.article(draft, SIGHTING, beside or Beside(), TODAY)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Rebels take the town\n\nThey came on Friday.", "Rebels take the town"),
        ("Rebels take the town.\n\nThey came on Friday.", "Rebels take the town."),
        ("Rebels take the town\nThey came on Friday.", "Rebels take the town"),
        ("Rebels took the town.\nThey came on Friday.", None),
        ("“We took the town.”\nThey came on Friday.", None),
        ("x" * 120 + "\n\nThey came on Friday.", None),
    ],
)
def test_title_of_plain_text(text: str, title: str | None) -> None:
    article = made(Draft(text, plain=True))
    assert article.title == title
    assert article.text == text


def test_title_from_metadata_goes_before_the_text_once() -> None:
    assert made(Draft("They came.", title="Rebels")).text == "Rebels\n\nThey came."
    assert made(Draft("Rebels came.", title="Rebels")).text == "Rebels came."


def test_publish_date_is_that_of_the_best_source_and_bad_ones_are_warned_about() -> None:
    beside = together(
        read_sidecar(b'{"published": "31.31.2024"}'),
        read_defaults(b'published = 2024-11-01\npublisher = "Default"'),
        "2024-10-01",
    )
    article = made(Draft("They came.", dates=((PublishedFrom.HEADER, "2024-11-29"),), publisher="Own"), beside)
    assert (article.published, article.published_from) == ("2024-11-29", PublishedFrom.HEADER)
    assert article.publisher == "Own"
    assert len(article.warnings) == 1
    assert made(Draft("They came."), beside).published == "2024-11-01"
    assert made(Draft("They came."), together(Beside(), Beside(), "2024-10-01")).published_from == PublishedFrom.DEFAULTS


def test_dateline_is_the_publish_date_where_nothing_better_is_there() -> None:
    text = "SARMADA, November 21, 2024 (Orontes Post) - The talks have been postponed."
    article = made(Draft(text))
    assert (article.published, article.published_from) == ("2024-11-21", PublishedFrom.DATELINE)
    assert made(Draft(text, dates=((PublishedFrom.HEADER, "2024-11-29"),))).published == "2024-11-29"
    assert made(Draft(text), together(Beside(), Beside(), "2024-10-01")).published_from == PublishedFrom.DATELINE
    ahead = made(Draft(text.replace("2024", "2034")))
    assert ahead.published is None
    assert len(ahead.warnings) == 1


def test_sidecar_speaks_before_the_file() -> None:
    beside = together(read_sidecar(b'{"Publisher": "Beside", "canary": true, "DATE": "2024-11-28"}'), Beside(), None)
    article = made(Draft("They came.", publisher="Own", dates=((PublishedFrom.FRONT_MATTER, "2024-11-29"),)), beside)
    assert (article.publisher, article.canary, article.published) == ("Beside", True, "2024-11-28")


@pytest.mark.parametrize(
    "field", [{"publisher": "half \ud800"}, {"title": "\ufb2c" * 900}, {"language": "\u0958" * 30}, {"url": "x" * 3000}]
)
def test_unusable_field_is_left_out_with_a_warning(field: dict[str, str]) -> None:
    article = made(Draft("They came.", **field))  # type: ignore[arg-type]
    assert len(article.warnings) == 1
    assert article.text == "They came."


@pytest.mark.parametrize(("text", "code"), [("", Code.EMPTY), ("\x00", Code.BINARY), ("\ud800", Code.SURROGATE)])
def test_text_that_cannot_be(text: str, code: Code) -> None:
    with pytest.raises(Reject) as caught:
        made(Draft(text, title="Only a title"))
    assert caught.value.code is code


@pytest.mark.parametrize(
    "toml", [b"published = ", b"x = " + b"9" * 5000, b"\xff", b"published = 0x" + b"F" * 5000, b"published = 5"]
)
def test_defaults_that_cannot_be_read_are_a_warning(toml: bytes) -> None:
    beside = read_defaults(toml)
    assert len(beside.warnings) == 1
    assert made(Draft("They came."), beside).published is None


def test_language_is_told_or_detected() -> None:
    assert made(Draft("They came to the town on Friday and left again.")).language == "en"
    assert made(Draft("They came.", language="uk")).language_confidence == 1.0


@pytest.mark.parametrize(
    "text",
    ["They came.\r\nAnd left: caf\u00e9.", "They came.\nAnd left: cafe\u0301.", "\ufeff They came.\rAnd left: caf\u00e9.\n"],
)
@pytest.mark.parametrize("key", ["a.txt", "other/name.json#item=3"])
def test_identity_does_not_depend_on_names_line_ends_or_composition(text: str, key: str) -> None:
    sighting = Sighting(uri=f"inbox:{key}", key=key, sha256="1" * 64, size=2)
    article = build.article(Draft(text), sighting, Beside(), TODAY)
    assert article.article_id == made(Draft("They came.\nAnd left: caf\u00e9.")).article_id
