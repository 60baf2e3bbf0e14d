"""Claims as records: every field of one, and what tells the fields of an attributed claim from the article's own."""

import pytest

from services.enrich.language.claims.extract import extract, readings
from services.enrich.language.coreference.resolve import Coreference
from sitrep.contracts import identity
from sitrep.contracts.enriched import Claim
from sitrep.contracts.published import PublishedFrom
from tests.support.make import article
from tests.support.parses import doc
from tests.unit.enrich.language.claims.build import FRIDAY, day, entity, plain_weights


@pytest.fixture(autouse=True)
def _nothing_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.enrich.language.claims.types._table", plain_weights)


def of(text: str, *entities: object, dates: object = ()) -> list[Claim]:
    parsed = doc(text)
    about = article(text, published="2024-11-30", published_from=PublishedFrom.SIDECAR)
    return list(extract(parsed, about, entities, dates, Coreference(parsed, entities, ())))  # type: ignore[arg-type]


def test_every_field_of_an_attributed_claim() -> None:
    text = "At least 27 civilians were killed in Goma on Friday, the UN said."
    un, goma = entity(text, "UN", label="ORG", category="international_org"), entity(text, "Goma")
    (claim,) = of(text, un, goma, dates=[day(text, "Friday")])
    content = "At least 27 civilians were killed in Goma on Friday"
    assert (claim.text, claim.start, claim.end) == (content, 0, len(content))
    assert claim.claim_id == identity.claim_id(article(text).article_id, 0, len(content), 0)
    assert (claim.sentence.start, claim.sentence.end) == (0, len(text))
    assert claim.speaker is not None
    assert (claim.speaker.name, claim.speaker.entity_id) == ("UN", "kb:un")
    assert claim.cue is not None
    assert (claim.cue.text, claim.cue.start) == ("said", text.index("said"))
    assert (claim.quote, claim.type, claim.polarity, claim.background) == ("indirect", "casualties", "asserted", False)
    assert [(q.min, q.max, q.what) for q in claim.quantities] == [(27, None, "killed")]
    assert claim.places == ("kb:goma",)
    assert claim.when is not None
    assert (claim.when.earliest, claim.when.latest) == (FRIDAY, FRIDAY)
    assert (claim.actors, claim.affected, claim.origins, claim.destinations, claim.said) == ((), (), (), (), None)
    assert claim.confidence is not None
    assert 0.5 < claim.confidence < 1


def test_the_articles_own_statement_has_no_speaker_and_a_confidence_of_its_own() -> None:
    (claim,) = of("Rebels took Goma.")
    assert (claim.speaker, claim.cue, claim.quote) == (None, None, "none")
    (attributed,) = of("Rebels took Goma, the army said on Friday.")
    assert (attributed.text, attributed.type) == (claim.text, claim.type)
    assert claim.confidence is not None
    assert attributed.confidence is not None
    assert claim.confidence != attributed.confidence
    assert 0.5 < claim.confidence < 1


def test_who_acts_and_who_is_affected() -> None:
    text = "The UN said that rebels had taken Goma and that civilians had fled."
    un, goma = entity(text, "UN", label="ORG", category="international_org"), entity(text, "Goma")
    assert [(claim.actors, claim.affected) for claim in of(text, un, goma)] == [((), ("kb:goma",)), ((), ())]
    for own in ("Russian forces shelled Goma.", "Goma was shelled by Russian forces."):
        russian = entity(own, "Russian", label="NORP", category="nationality")
        (claim,) = of(own, russian, entity(own, "Goma"))
        assert (claim.actors, claim.affected) == (("kb:russian",), ("kb:goma",))


def test_movement_has_origins_and_destinations_and_what_is_said_a_time_of_the_saying() -> None:
    text = "Families fled from Goma to Kesra, the army said on Friday."
    (claim,) = of(text, entity(text, "Goma"), entity(text, "Kesra"), dates=[day(text, "Friday")])
    assert (claim.type, claim.places) == ("displacement", ("kb:goma", "kb:kesra"))
    assert (claim.origins, claim.destinations) == (("kb:goma",), ("kb:kesra",))
    assert claim.said is not None
    assert (claim.said.earliest, claim.said.latest) == (FRIDAY, FRIDAY)
    assert claim.when is None


def test_who_leaves_in_a_displacement_is_displaced() -> None:
    (claim,) = of("6,000 families left Goma.")
    assert [(q.min, q.of, q.what) for q in claim.quantities] == [(6000, "families", "displaced")]
    (other,) = of("Rebels captured six villages.")
    assert [(q.of, q.what) for q in other.quantities] == [("villages", "captured")]


def test_a_correction_counts_what_the_wrong_figure_did() -> None:
    wrong, right = of("An earlier version of this report said that 12 people had died. It was 21.")
    assert (wrong.polarity, wrong.speaker, wrong.cue) == ("denied", None, None)
    assert [(q.min, q.of, q.what) for q in wrong.quantities] == [(12, "people", "killed")]
    assert (right.text, right.polarity, right.type) == ("It was 21", "asserted", "casualties")
    assert [(q.min, q.of, q.what) for q in right.quantities] == [(21, "people", "killed")]


def test_what_a_claim_was_read_from() -> None:
    text = "Ana Ruiz said the road was closed. She told Reuters that two soldiers had died."
    parsed, named = doc(text), [entity(text, "Ana Ruiz", label="PERSON", category="person")]
    about = article(text, published="2024-11-30", published_from=PublishedFrom.SIDECAR)
    first, second = readings(parsed, about, named, (), Coreference(parsed, named, ()))
    assert first.claim.text == first.draft.span.text == "the road was closed"
    assert second.claim.text == second.draft.span.text == "two soldiers had died"
    assert (first.antecedents, [name for name, _ in second.antecedents]) == ((), ["Ana Ruiz"])
    assert second.features
    assert second.past["type=casualties"] == 1.0


def test_who_passes_it_on() -> None:
    text = "The governor told Reuters that the road was closed."
    (claim,) = of(text, entity(text, "Reuters", label="ORG", category="media"))
    assert [via.name for via in claim.via] == ["Reuters"]
    assert claim.speaker is not None
    assert claim.speaker.name == "governor"


def test_speaker_of_a_relative_clause_is_its_antecedent() -> None:
    (claim,) = [c for c in of("Residents, who said the road was closed, had fled.") if c.speaker is not None]
    assert (claim.speaker and claim.speaker.name, claim.text) == ("Residents", "the road was closed")


def test_old_events_are_background() -> None:
    text = "Rebels took Goma on Friday."
    old = day(text, "Friday", FRIDAY.replace(year=2012))
    assert [claim.background for claim in of(text, dates=[old])] == [True]
    assert [claim.background for claim in of(text, dates=[day(text, "Friday")])] == [False]
