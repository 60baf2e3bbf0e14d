"""Claims in sentences of our own, with the real model."""

import pytest

from services.enrich.language.pipeline import Pipeline
from sitrep.contracts.enriched import Claim, EnrichedArticle
from sitrep.contracts.published import PublishedFrom
from tests.support.make import article


def read(pipeline: Pipeline, text: str) -> EnrichedArticle:
    (made,) = pipeline.enrich([article(text, published="2024-11-30", published_from=PublishedFrom.SIDECAR)])
    return made


def one(pipeline: Pipeline, text: str, content: str) -> Claim:
    claims = read(pipeline, text).claims
    found = [claim for claim in claims if claim.text == content]
    assert found, [claim.text for claim in claims]
    return found[0]


@pytest.mark.parametrize(
    ("text", "content", "speaker", "cue"),
    [
        ("The UN said that 12 people had been killed in Goma.", "12 people had been killed in Goma", "United Nations", "said"),
        ("Twelve people were killed in Goma, the army said.", "Twelve people were killed in Goma", "army", "said"),
        ("According to the UN, rebels have entered Goma.", "rebels have entered Goma", "United Nations", "According to"),
        ("Rebels have entered Goma, according to residents.", "Rebels have entered Goma", "residents", "according to"),
        ("The rebels claimed to control the whole of Goma.", "to control the whole of Goma", "rebels", "claimed"),
        ("The army denied reports of rebel gains.", "reports of rebel gains", "army", "denied"),
        ("Moscow condemned the attack on the market.", "the attack on the market", "Moscow", "condemned"),
        ("The minister called for a ceasefire.", "a ceasefire", "minister", "called for"),
    ],
)  # fmt: skip
def test_attribution(pipeline: Pipeline, text: str, content: str, speaker: str, cue: str) -> None:
    claim = one(pipeline, text, content)
    assert claim.speaker is not None
    assert (claim.speaker.name, claim.cue and claim.cue.text) == (speaker, cue)


def test_coordinated_clauses_are_claims_of_their_own(pipeline: Pipeline) -> None:
    claims = read(pipeline, "The UN said that rebels had taken Goma and that thousands of civilians had fled the city.").claims
    assert [claim.type for claim in claims] == ["control", "displacement"]
    assert all(claim.speaker and claim.speaker.name == "United Nations" for claim in claims)


def test_pronoun_is_who_spoke_before(pipeline: Pipeline) -> None:
    text = "Maria Ortega said that the bridge was closed. She added that two soldiers had died."
    assert [claim.speaker and claim.speaker.name for claim in read(pipeline, text).claims] == ["Maria Ortega"] * 2


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The army denied that it had shelled the town.", "denied"),
        ("The UN said that no one had been killed.", "denied"),
        ("The UN said that rebels had reportedly entered the town.", "uncertain"),
        ("The UN said that rebels had entered the town.", "asserted"),
        ("Rebels have not captured the airport.", "denied"),
    ],
)
def test_polarity(pipeline: Pipeline, text: str, polarity: str) -> None:
    assert [claim.polarity for claim in read(pipeline, text).claims] == [polarity]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("At least 12 people were killed in a strike on a market.", "casualties"),
        ("Rebels captured the town of Sake.", "control"),
        ("Russian jets bombed the port.", "attack"),
        ("Troops withdrew from the border.", "movement"),
        ("Authorities closed the airport.", "closure"),
        ("Thousands of people fled the town.", "displacement"),
        ("The two sides signed a ceasefire.", "agreement"),
    ],
)
def test_what_the_article_itself_states(pipeline: Pipeline, text: str, type_: str) -> None:
    (claim,) = read(pipeline, text).claims
    assert (claim.type, claim.speaker, claim.cue, claim.quote) == (type_, None, None, "none")


def test_meetings_and_prices_are_no_claims(pipeline: Pipeline) -> None:
    assert read(pipeline, "The minister met his colleagues in Geneva. Bread became dearer.").claims == ()


@pytest.mark.parametrize(
    ("text", "bounds", "what"),
    [
        ("At least 12 people were killed.", (12, None), "killed"),
        ("More than 300 civilians fled.", (300, None), "displaced"),
        ("Nearly 40 soldiers were wounded.", (None, 40), "injured"),
        ("About 20 fighters were killed.", (20, 20), "killed"),
        ("Dozens of soldiers were killed.", (24, None), "killed"),
        ("Three thousand people were displaced.", (3000, 3000), "displaced"),
        ("Tens of thousands of people fled.", (20_000, None), "displaced"),
        ("Rebels control half of the city.", (0.5, 0.5), "controlled"),
        ("The army controls 70 per cent of the province.", (0.7, 0.7), "controlled"),
    ],
)
def test_quantity(pipeline: Pipeline, text: str, bounds: tuple[float | None, float | None], what: str) -> None:
    (claim,) = read(pipeline, text).claims
    assert [(q.min, q.max, q.what) for q in claim.quantities] == [(*bounds, what)]


def test_dates_and_ages_are_no_quantities(pipeline: Pipeline) -> None:
    (claim,) = read(pipeline, "On 12 November 2024 a man was killed after 72 hours.").claims
    assert [quantity.text for quantity in claim.quantities] == ["a man"]
    assert claim.when is not None
    assert str(claim.when.earliest) == "2024-11-12"


def test_what_is_long_past_is_background(pipeline: Pipeline) -> None:
    claims = read(pipeline, "Rebels captured the town in 2012. Rebels captured it again on Friday.").claims
    assert [claim.background for claim in claims] == [True, False]


def test_background_lends_its_time_to_no_later_event_and_plays_where_it_says(pipeline: Pipeline) -> None:
    text = (
        "Rebels attacked an army post in Homs on Friday. The war, which began in March 2011, has killed 300,000 people. "
        "Two soldiers were killed, residents said."
    )
    claims = {claim.background: claim for claim in read(pipeline, text).claims if claim.type == "casualties"}
    assert claims[True].places == ()
    when = claims[False].when
    assert when is not None
    assert str(when.earliest) == "2024-11-29"


def test_day_on_which_accounts_were_given_is_not_that_of_the_event(pipeline: Pipeline) -> None:
    text = "Monitors and the army gave different accounts on Friday. Two civilians were killed, residents said."
    assert [claim.when for claim in read(pipeline, text).claims if claim.type == "casualties"] == [None]


def test_town_of_a_dateline_acts_in_nothing(pipeline: Pipeline) -> None:
    read_ = read(
        pipeline, "GOMA, Congo, Nov 29 - Rwandan shelling killed at least 12 people in Sake on Friday, residents said."
    )
    names = {entity.entity_id: entity.name for entity in read_.entities}
    (claim,) = read_.claims
    assert "Goma" not in {names[one] for one in (*claim.actors, *claim.affected, *claim.places)}


def test_name_beside_a_description_is_the_speaker(pipeline: Pipeline) -> None:
    (claim,) = read(pipeline, "The mayor, Ana Ruiz, said that the bridge was closed.").claims
    assert claim.speaker is not None
    assert claim.speaker.name == "Ana Ruiz"


def test_quote_over_two_sentences_is_one_speaker(pipeline: Pipeline) -> None:
    text = "“They took the village at night,” Ana Ruiz said. “Nobody came to help us. We had no water.”"
    claims = read(pipeline, text).claims
    assert [claim.speaker and claim.speaker.name for claim in claims] == ["Ana Ruiz"] * len(claims)
    assert {"Nobody came to help us", "We had no water"} <= {claim.text for claim in claims}
    assert claims[-1].quote == "direct"


def test_what_came_of_it_is_a_claim_of_its_own(pipeline: Pipeline) -> None:
    claims = read(pipeline, "The army shelled a market in Goma, killing 19 people.").claims
    assert [(claim.type, [q.min for q in claim.quantities]) for claim in claims] == [("attack", []), ("casualties", [19])]


def test_outlet_that_is_told_passes_it_on(pipeline: Pipeline) -> None:
    (claim,) = read(pipeline, "General Omar Said told Reuters that his troops had left the town.").claims
    assert claim.speaker is not None
    assert ("Said" in claim.speaker.name, [via.name for via in claim.via]) == (True, ["Reuters"])


def test_time_that_has_no_end_is_not_that_of_the_next_claim(pipeline: Pipeline) -> None:
    text = "The army has held Goma since 2016. Rebels attacked the airport, residents said. They came on Friday. Two men were killed, residents said."
    claims = {claim.text: claim.when for claim in read(pipeline, text).claims}
    assert claims["Rebels attacked the airport"] is None
    assert claims["Two men were killed"] is not None


@pytest.mark.parametrize(
    ("text", "content", "said", "happened"),
    [
        ("The army said on Friday that it had left Homs on Wednesday.", "it had left Homs on Wednesday", "2024-11-29", "2024-11-27"),
        ("Ten people had died, the mayor told reporters on Monday.", "Ten people had died", "2024-11-25", None),
        ("The army said that it had left Homs on Wednesday.", "it had left Homs on Wednesday", None, "2024-11-27"),
    ],
)  # fmt: skip
def test_when_it_was_said_is_not_when_it_happened(
    pipeline: Pipeline, text: str, content: str, said: str | None, happened: str | None
) -> None:
    claim = one(pipeline, text, content)
    days = [None if when is None else str(when.earliest) for when in (claim.said, claim.when)]
    assert days == [said, happened]
