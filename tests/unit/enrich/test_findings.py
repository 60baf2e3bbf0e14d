"""What a language process says besides its results: the time of each component, and what there was in the articles."""

import pytest
import spacy
from spacy.tokens import Doc

from services.enrich.findings import Findings, count
from services.enrich.stopwatch import Stopwatch, Timed
from sitrep.contracts.enriched import Entity, Mention
from sitrep.contracts.published import PublishedFrom
from tests.support.make import article, enriched


def entity(id_: str) -> Entity:
    mention = Mention(start=0, end=6, text="Rebels", label="NORP")
    return Entity(
        entity_id=id_, name="Rebels", label="NORP", category="nationality", precision="none", score=1.0, mentions=(mention,)
    )


def test_findings_go_over_the_pipe_and_back() -> None:
    said = Findings(1.5, {"ner": 0.5}, 12, {"claims": 2}, {"en": 1})
    assert Findings.from_bytes(said.to_bytes()) == said


def test_what_is_found_is_counted_by_kind_and_language_but_for_canaries() -> None:
    found = [
        enriched(
            article(language="en", published="2024-11-30", published_from=PublishedFrom.SIDECAR),
            entities=(entity("kb:rebels"),),
        ),
        enriched(article("Rebels, dit-on.", language="fr"), entities=(entity("local:0123456789abcdef"),)),
        enriched(article("Waxba.", language="so")),
        enriched(article("Nothing.", language=None)),
        enriched(article("Rebels are canaries.", canary=True), entities=(entity("kb:rebels"),)),
    ]
    counts, languages = count(found)
    assert counts == {"entities": 2, "unresolved": 1, "dates": 0, "claims": 0, "undated": 3}
    assert languages == {"en": 1, "fr": 1, "other": 1, "none": 1}


class Slow:
    """A component that takes so much time of a clock for each document."""

    def __init__(self, clock: "Clock", seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds

    def __call__(self, doc: Doc) -> Doc:
        self._clock.now += self._seconds
        return doc


class Clock:
    now = 0.0

    def perf_counter(self) -> float:
        return self.now


def test_each_component_has_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr("services.enrich.stopwatch.time", clock)
    nlp = spacy.blank("en")
    docs = [nlp.make_doc("one two three") for _ in range(3)]
    first, second = Timed(Slow(clock, 2.0), lambda _: True), Timed(Slow(clock, 20.0), lambda doc: doc is not docs[0])
    assert [doc.text for doc in second.pipe(first.pipe(docs))] == ["one two three"] * 3
    assert (first.seconds, second.seconds) == (6.0, 60.0)
    assert (first.tokens, second.tokens) == (9, 6)


def test_a_stopwatch_changes_nothing_and_begins_anew_with_each_reading() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    plain = [[sent.text for sent in doc.sents] for doc in nlp.pipe(["One. Two.", "Three."])]
    stopwatch = Stopwatch(nlp)
    assert [[sent.text for sent in doc.sents] for doc in nlp.pipe(["One. Two.", "Three."])] == plain
    spent, tokens = stopwatch.read()
    assert set(spent) == {"sentencizer"}
    assert tokens == 6
    assert stopwatch.read() == ({"sentencizer": 0.0}, 0)
