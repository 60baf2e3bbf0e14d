"""Which place a name means."""

from collections import Counter

from services.enrich.language.entities.places import Evidence, readings
from services.enrich.language.knowledge.lexicon import lexicon


def test_place_is_where_the_text_says_that_it_lies() -> None:
    texas = [entry for entry in lexicon().named("Texas") if entry.category == "province"]
    assert readings("Paris", Evidence(Counter({"US": 2})), None, texas)[0].country == "US"
    assert readings("Paris", Evidence(Counter({"US": 2})))[0].country == "FR"


def test_hamlet_in_a_country_that_nothing_speaks_of_is_not_believed() -> None:
    assert all(one.score < 0.4 for one in readings("Westmoreland", Evidence(Counter({"JM": 3}))) if one.country == "US")
