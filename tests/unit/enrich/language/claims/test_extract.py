"""Claims as records: every field of one, and what tells the fields of an attributed claim from the article's own."""

from services.enrich.language.claims.extract import extract
from services.enrich.language.coreference.resolve import Coreference
from sitrep.contracts import identity
from sitrep.contracts.enriched import Claim
from sitrep.contracts.published import PublishedFrom
from tests.support.make import article
from tests.support.parses import doc
from tests.unit.enrich.language.claims.build import FRIDAY, day, entity


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
    assert claim.confidence is not None
    assert 0.5 < claim.confidence < 1


def test_the_articles_own_statement_has_no_speaker_and_is_less_sure() -> None:
    (claim,) = of("Rebels took Goma.")
    assert (claim.speaker, claim.cue, claim.quote) == (None, None, "none")
    (attributed,) = of("Rebels had left, the army said.")
    assert claim.confidence is not None
    assert attributed.confidence is not None
    assert claim.confidence < attributed.confidence


def test_who_acts_is_named_in_the_claim() -> None:
    text = "The UN said that rebels had taken Goma and that civilians had fled."
    un, goma = entity(text, "UN", label="ORG", category="international_org"), entity(text, "Goma")
    assert [claim.actors for claim in of(text, un, goma)] == [(), ()]
    own = "Iran backed the rebels."
    (claim,) = of(own, entity(own, "Iran", label="NORP", category="nationality"))
    assert claim.actors == ("kb:iran",)


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
