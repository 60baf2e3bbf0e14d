"""Which of several sightings is believed."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sitrep.contracts.article import Sighting, SightingMessage
from sitrep.contracts.merge import believability, merge
from sitrep.contracts.published import PublishedFrom, order

PLACES = st.sampled_from([*PublishedFrom, None])
DAYS = st.sampled_from(["2024-11-30", "2024-11-29", "2024-11-29T23:00:00+02:00", "1969-12-31", "2024-11-30T00:30:00Z"])
WORDS = st.one_of(st.none(), st.sampled_from(["one", "two"]))


@st.composite
def sightings(draw: st.DrawFn) -> SightingMessage:
    place = draw(PLACES)
    n = draw(st.integers(0, 15))
    return SightingMessage(
        article_id="0" * 32, encoding="utf-8", encoding_confidence=1.0, recipe=1,
        sighting=Sighting(uri="inbox:x", key=draw(st.sampled_from("abc")), sha256=f"{n:x}" * 64, size=1),
        published=draw(DAYS) if place else None, published_from=place,
        title=draw(WORDS), publisher=draw(WORDS), language=draw(st.sampled_from([None, "en", "uk"])),
        canary=draw(st.booleans()),
    )  # fmt: skip


@given(st.lists(sightings(), min_size=1, max_size=6, unique_by=believability), st.randoms())
def test_merge_does_not_depend_on_the_order(found: list[SightingMessage], random: Random) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    assert merge(found) == merge(shuffled)


def test_order_puts_rank_before_date_before_hash() -> None:
    a, b = "a" * 64, "b" * 64
    ranked = [
        order("2024-11-30", PublishedFrom.SIDECAR, b, "k"),
        order("2024-11-28", PublishedFrom.HEADER, b, "k"),
        order("2024-11-29T00:00:00+00:00", PublishedFrom.HEADER, a, "k"),
        order("2024-11-29", PublishedFrom.HEADER, b, "k"),
        order(None, None, a, "k"),
    ]
    assert ranked == sorted(ranked)
