"""The pipeline: the model is the one that was chosen, and the same text gives the same bytes."""

import gc
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.enrich import fingerprint_lock
from services.enrich.language.coreference.resolve import Coreference
from services.enrich.language.model import LIGHT, ModelError, load_model
from services.enrich.language.pipeline import Pipeline
from services.enrich.settings import EnrichSettings
from sitrep.contracts.enriched import EnrichedArticle
from sitrep.contracts.text import UnfitTextError
from tests.language.sentences import SENTENCES
from tests.support import language_bench as bench
from tests.support.make import article

MODEL = EnrichSettings.model_fields["model"].default
PINNED = json.loads(Path(__file__).with_name("tags.json").read_text("utf-8"))


def test_model_is_the_pinned_one_and_tags_as_it_did() -> None:
    model = load_model(MODEL)
    assert (model.name, model.files_hash) == (PINNED["model"], PINNED["files"])
    found = [
        {"tags": " ".join(t.tag_ for t in doc), "entities": [[e.text, e.label_] for e in doc.ents]}
        for doc in model.nlp.pipe(SENTENCES)
    ]
    assert found == PINNED["sentences"]


def test_version_was_raised_with_whatever_decides_the_result() -> None:
    assert fingerprint_lock.RECORD.read_text() == fingerprint_lock.present(), (
        "raise VERSION, then python -m services.enrich.fingerprint_lock"
    )


def test_enrich_groups_the_mentions_of_a_name(pipeline: Pipeline) -> None:
    text = "The Arakan Army took Sittwe.\n\nSittwe fell to the Arakan Army on Friday; Sittwe's port was shut."
    (made,) = pipeline.enrich([article(text)])
    army = [entity for entity in made.entities if entity.name == "Arakan Army"]
    assert [[mention.start for mention in entity.mentions] for entity in army] == [[4, 49]]
    town = [mention.text for entity in made.entities if entity.name == "Sittwe" for mention in entity.mentions]
    assert town == ["Sittwe"] * 3
    assert made.enrichment.coverage == "full"


def test_enrich_gives_the_same_bytes_alone_and_in_company(pipeline: Pipeline) -> None:
    articles = [article(" ".join(SENTENCES[n:] + SENTENCES[:n]), f"{n}.txt") for n in range(6)]
    together = [made.to_bytes() for made in pipeline.enrich(articles)]
    alone = [pipeline.enrich([one])[0].to_bytes() for one in reversed(articles)]
    assert together == alone[::-1]


def test_enrich_leaves_other_languages_unread(pipeline: Pipeline) -> None:
    (made,) = pipeline.enrich([article("Повстанцы заняли город.", language="ru", language_confidence=0.97)])
    assert made.entities == ()
    assert made.enrichment.coverage == "partial"
    assert made.enrichment.warnings == ("stored, not read: Russian",)


def test_enrich_reads_in_doubt_and_says_so(pipeline: Pipeline) -> None:
    articles = [
        article("Raids hit Binnish on 16 July.", "a.txt", language="pcm", language_confidence=0.3),
        article("Повстанцы заняли город.", "b.txt", language="ru", language_confidence=0.97),
        article("Shells killed six people in Saraqib.", "c.txt", language="en", language_confidence=1.0),
    ]
    doubtful, unread, sure = pipeline.enrich(articles)
    assert [one.article.sighting.key for one in (doubtful, unread, sure)] == ["a.txt", "b.txt", "c.txt"]
    assert doubtful.enrichment.coverage == "full"
    assert "in doubt" in doubtful.enrichment.warnings[0]
    assert {entity.name for entity in doubtful.entities} == {"Binnish"}
    assert sure.enrichment.warnings == ()


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300))
def test_every_span_holds_in_any_text(text: str) -> None:
    try:
        one = article(f"Rebels {text} Rivertown", language="en")
    except UnfitTextError:
        return
    (made,) = _light().enrich([one])
    assert EnrichedArticle.model_validate_json(made.to_bytes()) == made


_LIGHT: list[Pipeline] = []


def _light() -> Pipeline:
    if not _LIGHT:
        _LIGHT.append(Pipeline(LIGHT))
    return _LIGHT[0]


@pytest.mark.parametrize("name", ["no_such_model", "json", "/nowhere", "../x"])
def test_model_that_is_not_there_is_a_sentence(name: str) -> None:
    with pytest.raises(ModelError, match="model"):
        Pipeline(name)


def mangled(seed: int, count: int) -> Iterator[str]:
    """Yield texts of real sentences, some with their words shuffled, cut, or with a mark in a place where none belongs."""
    chosen = random.Random(seed)
    sentences = [sentence for text in bench.prose() for sentence in re.split(r"(?<=[.!?])\s+", text) if " " in sentence]
    marks = [":", '"', ";", "[", ",", "\u2014", " said ", " not ", " according to ", "\n", "\u201c", "\u201d"]
    for _ in range(count):
        parts = []
        for sentence in chosen.sample(sentences, chosen.randint(1, 8)):
            how, words, at = chosen.random(), sentence.split(), chosen.randrange(len(sentence) + 1)
            if how < 0.3:
                chosen.shuffle(words)
                parts.append(" ".join(words))
            else:
                parts.append(sentence if how < 0.6 else sentence[:at] + chosen.choice(marks) + sentence[at:])
        yield chosen.choice([" ", "\n", "\n\n"]).join(parts)


def test_mangled_sentences_are_read_and_every_span_is_in_the_text(pipeline: Pipeline) -> None:
    for made in bench.run(list(mangled(0, 300)), pipeline):
        text = made.article.text
        for claim in made.claims:
            assert claim.text == text[claim.start : claim.end]
            for part in (claim.cue, claim.speaker):
                assert part is None or part.text == text[part.start : part.end]


def test_no_document_is_kept_by_a_cycle_when_it_is_read(pipeline: Pipeline) -> None:
    """What a cycle holds outlives the memory zone, until the collector comes by."""
    gc.collect()
    gc.disable()
    try:
        bench.run(bench.prose()[:3], pipeline)
        assert not [kept for kept in gc.get_objects() if isinstance(kept, Coreference)]
    finally:
        gc.enable()
