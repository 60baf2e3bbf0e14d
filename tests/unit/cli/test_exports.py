"""The forms of export: FollowTheMoney by that model's own schema files, tables that a spreadsheet cannot be tricked with."""

import importlib.util
import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitrep.cli.export import whole
from sitrep.cli.exports.claims import _cell
from sitrep.cli.exports.ftm import things
from sitrep.cli.page import section
from sitrep.cli.problem import Problem
from sitrep.cli.report import Counts, Report, Told
from sitrep.cli.report_html import as_html
from sitrep.cli.report_markdown import as_markdown, plain
from sitrep.contracts.enriched import EnrichedArticle
from tests.support import generator
from tests.support.make import example

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}.*)?)?)?")
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]*[0-9A-Za-z]")


@cache
def schema(name: str) -> dict[str, Any]:
    spec = importlib.util.find_spec("followthemoney")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "schema" / f"{name}.yaml"
    loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))[name]
    return loaded


@cache
def ancestors(name: str) -> frozenset[str]:
    parents = schema(name).get("extends", [])
    return frozenset([name]).union(*(ancestors(parent) for parent in parents))


def properties(name: str) -> dict[str, Any]:
    return {key: value for one in ancestors(name) for key, value in schema(one).get("properties", {}).items()}


def required(name: str) -> set[str]:
    return {key for one in ancestors(name) for key in schema(one).get("required", [])}


def articles() -> list[EnrichedArticle]:
    generated = [json.dumps(generator.enriched("ftm", n)).encode() for n in range(5)]
    return [
        EnrichedArticle.model_validate_json(value) for value in [*generated, json.dumps(example("enriched")["value"]).encode()]
    ]


def test_entities_are_what_their_schema_allows() -> None:
    written: set[str] = set()
    made = [thing for article in articles() for thing in things(article, written)]
    kinds = {thing["id"]: thing["schema"] for thing in made}
    assert {"Article", "Event", "Address", "Mention"} <= set(kinds.values())
    assert len({thing["id"] for thing in made}) == len(made)
    for thing in made:
        allowed = properties(thing["schema"])
        assert not schema(thing["schema"]).get("abstract")
        assert _ID.fullmatch(thing["id"]), thing["id"]
        assert required(thing["schema"]) <= set(thing["properties"]), thing
        for name, values in thing["properties"].items():
            assert name in allowed, f"{thing['schema']} has no {name}"
            assert all(isinstance(value, str) and value for value in values)
            check(allowed[name], values, kinds)


def check(declared: dict[str, Any], values: list[str], kinds: dict[str, str]) -> None:
    match declared.get("type", "string"):
        case "entity":
            assert all(declared["range"] in ancestors(kinds[value]) for value in values), (declared, values)
        case "date":
            assert all(_DATE.fullmatch(value) for value in values), values
        case "country":
            assert all(re.fullmatch("[a-z]{2}", value) for value in values), values
        case "number":
            assert all(float(value) is not None for value in values)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("a=b", "a=b"),
        (["-a", "b"], "'-a; b"),
        (-1.5, -1.5),
        (True, "true"),
        (None, None),
    ],
)
def test_cell_is_never_a_formula(value: object, cell: object) -> None:
    assert _cell(value) == cell


def test_what_was_there_is_written_to_not_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("before")
    link.symlink_to(target)
    with whole(link) as where:
        where.write_text("after")
    assert link.is_symlink()
    assert target.read_text() == "after"
    with whole(Path(os.devnull)) as where:
        where.write_text("nothing")
    assert Path(os.devnull).is_char_device()
    with pytest.raises(Problem, match="is a directory"), whole(tmp_path):
        pass


def report_of(publisher: str, url: str) -> Report:
    article = EnrichedArticle.model_validate_json(json.dumps(generator.enriched("report", 1)))
    about = article.article.model_copy(update={"publisher": publisher, "url": url, "title": publisher})
    article = article.model_copy(update={"article": about})
    told = [
        Told(
            claim_id=f"{n:016x}", article_id=about.article_id, type=claim.type, speaker=publisher, polarity="asserted",
            background=False, claim=claim.text, quote="indirect", earliest=None, latest=None, places=[publisher],
            start=claim.start, end=claim.end, sentence_start=claim.sentence.start, sentence_end=claim.sentence.end,
            published_on=None, publisher=publisher, title=publisher, url=url,
        )
        for n, claim in enumerate(article.claims)
    ]  # fmt: skip
    return Report("x", Counts(len(told), 1, 1, 1), told, [], [article])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://x/><script>alert(2)</script>", "https://x/a b", ""])
@pytest.mark.parametrize("publisher", ["<img src=x onerror=alert(1)>", "](javascript:x) <b>"])
def test_report_carries_nothing_that_a_browser_runs(publisher: str, url: str) -> None:
    made = as_markdown(report_of(publisher, url))
    bare = re.sub(r"\\.", "", made)
    assert not re.search(r"<(?!a id=|https?://[^<>\s]*>|/a>)", bare), bare
    assert not re.search(r"\]\((?!#claim-|<https?://[^<>\s]*>\))", bare)
    page = as_html(report_of(publisher, url))
    assert "<img" not in page
    assert "<script>alert" not in page


def test_page_has_a_place_for_each_of_several_claims_that_begin_together() -> None:
    message = generator.enriched("together", 1)
    first = message["claims"][0]
    shorter = {**first, "claim_id": "0" * 16, "end": first["end"] - 5, "text": first["text"][:-5], "quantities": []}
    article = EnrichedArticle.model_validate_json(json.dumps({**message, "claims": [*message["claims"], shorter]}))
    made = section(article)
    assert all(f'id="claim-{claim.claim_id}"' in made for claim in article.claims)


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "[x](javascript:y)", "a | b", "# head", "`code`", "*b*\n\n> q"]
)
def test_text_means_nothing_to_markdown(hostile: str) -> None:
    made = plain(hostile)
    assert "\n" not in made
    assert not re.search(r"(?<!\\)[<>\[\]|`*#]", made)
