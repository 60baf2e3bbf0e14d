"""Makes enriched articles of an invented war by the thousand: the same seed makes the same messages, byte for byte.

Places and speakers are as unevenly spread as in the news (a few are in every other report, most are in hardly any).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from sitrep.contracts import identity
from sitrep.contracts.headers import write
from sitrep.contracts.topics import ENRICHED, ENRICHED_TOPIC, SIGHTING, MessageType
from sitrep.runtime.records import Incoming

Value = dict[str, Any]
FIRST_DAY = date(2024, 9, 1)
DAYS = 120
PLACES = 2000
SPEAKERS = 300
AT = "2025-01-01T00:00:00Z"

_SYLLABLES = [
    "ra",
    "ka",
    "mo",
    "tel",
    "sha",
    "dir",
    "bek",
    "zur",
    "lan",
    "hal",
    "qa",
    "nu",
    "mir",
    "dor",
    "sen",
    "ash",
    "kar",
    "vel",
    "tun",
    "gol",
]
_BODIES = ["army", "health directorate", "monitoring group", "interior ministry", "relief agency", "local council", "police"]
_PUBLISHERS = ["Northern Wire", "River Post", "The Valley Herald", "Radio Horizon", "Frontline Desk", "Daily Compass"]
_CENTRES = [(36.0, 37.0), (15.5, 32.5), (48.5, 37.5), (-1.5, 29.0), (33.5, 44.0)]
_CLAIMS = [
    ("casualties", "at least {n} {who} were killed when shells hit a market in {place} on {day}", "killed"),
    ("casualties", "{n} {who} were injured by an air strike near the hospital of {place} on {day}", "injured"),
    ("control", "its fighters had taken the airport and two bridges of {place} since {day}", None),
    ("control", "the town of {place} remained under government control on {day} despite heavy fighting", None),
    ("attack", "drones had struck a fuel depot and a railway station outside {place} late on {day}", None),
    ("displacement", "{n} {who} had fled from {place} towards the border since {day}", "displaced"),
    ("closure", "the road through {place} was closed to convoys from {day} until further notice", None),
    ("position", "the truce around {place} must be respected by all sides, as agreed on {day}", None),
]
_WHO = ["civilians", "people", "soldiers", "children", "fighters"]
_FILLER = [
    "Witnesses described smoke over the eastern districts, and power was cut for several hours.",
    "Prices of bread and diesel have doubled since the summer, according to traders at the main market.",
    "The claims could not be verified independently.",
    "Negotiators are expected to meet again next week in a neighbouring country.",
]  # fmt: skip


@dataclass(frozen=True)
class Place:
    """An invented place with coordinates in one of five theatres."""

    id: str
    name: str
    country: str
    lat: float
    lon: float


@cache
def places() -> tuple[Place, ...]:
    """Return the places, the most frequent first."""
    random = Random("places")
    made = []
    for n in range(PLACES):
        lat, lon = _CENTRES[n % len(_CENTRES)]
        name = "".join(random.choices(_SYLLABLES, k=3)).capitalize() + ("" if n < 400 else f" {n}")
        made.append(
            Place(
                f"gn:{90_000_000 + n}",
                name,
                ["SY", "SD", "UA", "CD", "IQ"][n % 5],
                round(lat + random.uniform(-2, 2), 4),
                round(lon + random.uniform(-2, 2), 4),
            )
        )
    return tuple(made)


@cache
def speakers() -> tuple[tuple[str, str], ...]:
    """Return the id and name of each speaker, the most frequent first."""
    random = Random("speakers")
    made = []
    for n in range(SPEAKERS):
        name = "".join(random.choices(_SYLLABLES, k=2)).capitalize()
        said = f"{name} {_BODIES[n % len(_BODIES)]}" if n % 2 else f"{name} {random.choice(_SYLLABLES).capitalize()}{n}"
        made.append((f"kb:speaker-{n}", said))
    return tuple(made)


@cache
def _weights(count: int) -> list[float]:
    return list(accumulate(1 / (n + 2) for n in range(count)))


class _Text:
    """A text that grows, and what stands where in it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def add(self, part: str) -> tuple[int, int]:
        start = self.length
        self.parts.append(part)
        self.length += len(part)
        return start, self.length

    def __str__(self) -> str:
        return "".join(self.parts)


def enriched(seed: str, number: int, version: int = 1, claims: int = 8) -> Value:
    """Return one enriched article as it stands on the topic."""
    random = Random(f"{seed}/{number}")
    day = FIRST_DAY + timedelta(days=random.randrange(DAYS))
    text = _Text()
    found: dict[str, Value] = {}
    dates: list[Value] = []
    made: list[Value] = []
    main = random.choices(places(), cum_weights=_weights(PLACES))[0]
    title = f"Fighting near {main.name}: report {number} of {seed}"
    text.add(title + "\n\n")
    for _ in range(claims):
        made.append(_claim(random, text, found, dates, day, main))
        if random.random() < 0.5:
            text.add(random.choice(_FILLER) + " ")
    whole = str(text).rstrip()
    article_id = identity.article_id(whole)
    for claim in made:
        claim["claim_id"] = identity.claim_id(article_id, claim["start"], claim["end"], 0)
    entities = sorted(found.values(), key=lambda entity: entity["mentions"][0]["start"])
    return {
        "article": {"article_id": article_id, "text": whole, **_described(random, article_id, number, title, day)},
        "entities": entities,
        "dates": dates,
        "claims": made,
        "enrichment": {"version": version, "fingerprint": "generated", "model": "generated", "coverage": "full"},
    }


def _described(random: Random, article_id: str, number: int, title: str, day: date) -> Value:
    undated = random.random() < 0.01
    sha256 = identity.content_sha256(article_id.encode())
    return {
        "title": title,
        "language": "en",
        "language_confidence": 1.0,
        "encoding": "utf-8",
        "encoding_confidence": 1.0,
        "publisher": random.choice(_PUBLISHERS),
        "published": None if undated else day.isoformat(),
        "published_from": None if undated else "sidecar",
        "sighting": {"uri": f"inbox:{number}.txt", "key": f"{number}.txt", "sha256": sha256, "size": 2000},
        "recipe": 1,
    }


def _claim(random: Random, text: _Text, found: dict[str, Value], dates: list[Value], day: date, main: Place) -> Value:
    type_, template, what = random.choice(_CLAIMS)
    speaker_id, speaker = random.choices(speakers(), cum_weights=_weights(SPEAKERS))[0]
    place = main if random.random() < 0.6 else random.choices(places(), cum_weights=_weights(PLACES))[0]
    sentence = text.length
    by = text.add(speaker)
    _mention(found, speaker_id, speaker, "ORG", "other", None, by)
    text.add(" ")
    cue = text.add(random.choice(["said", "claimed", "reported"]))
    text.add(" that ")
    start = text.length
    happened = day - timedelta(days=random.randrange(4))
    quantities: list[Value] = []
    n, who = random.randrange(2, 200), random.choice(_WHO)
    pieces = template.replace("{n} {who}", "{count}").split("{")
    text.add(pieces[0].replace("at least ", ""))
    for piece in pieces[1:]:
        slot, _, rest = piece.partition("}")
        if slot == "count":
            at_least = template.startswith("at least")
            surface = f"at least {n} {who}" if at_least else f"{n} {who}"
            span = text.add(surface)
            quantities.append(
                {"text": surface, "start": span[0], "end": span[1], "min": n, "max": None if at_least else n,
                 "unit": "person", "of": who, "what": what, "approximate": False, "part_of": None}
            )  # fmt: skip
        elif slot == "place":
            _mention(found, place.id, place.name, "GPE", "city", place, text.add(place.name))
        else:
            surface = f"{happened:%A}"
            span = text.add(surface)
            dates.append(
                {"start": span[0], "end": span[1], "text": surface, "kind": "date", "value": str(happened),
                 "earliest": str(happened), "latest": str(happened), "granularity": "day", "anchor": "published",
                 "approximate": False}
            )  # fmt: skip
        text.add(rest)
    end = text.length
    text.add(". ")
    return {
        "claim_id": "", "start": start, "end": end, "text": str(text)[start:end],
        "sentence": {"start": sentence, "end": end + 1},
        "speaker": {"name": speaker, "text": speaker, "start": by[0], "end": by[1], "entity_id": speaker_id},
        "via": [], "cue": {"text": str(text)[cue[0] : cue[1]], "start": cue[0], "end": cue[1]},
        "quote": "indirect", "type": type_, "polarity": "asserted" if random.random() < 0.9 else "denied",
        "background": False, "confidence": 0.8, "quantities": quantities, "places": [place.id], "actors": [speaker_id],
        "when": {"earliest": str(happened), "latest": str(happened)},
    }  # fmt: skip


def _mention(
    found: dict[str, Value], id_: str, name: str, label: str, category: str, place: Place | None, span: tuple[int, int]
) -> None:
    entity = found.get(id_)
    if entity is None:
        entity = {"entity_id": id_, "name": name, "label": label, "category": category, "score": 1.0, "mentions": []}
        if place is not None:
            entity |= {"country": place.country, "lat": place.lat, "lon": place.lon, "precision": "locality"}
        found[id_] = entity
    entity["mentions"].append({"start": span[0], "end": span[1], "text": name, "label": label})


def value(message: Value) -> bytes:
    """Return the bytes of a message."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def record(number: int, message: bytes, type_: MessageType = ENRICHED, key: str = "") -> Incoming:
    """Return a message as it comes from the topic."""
    return Incoming(ENRICHED_TOPIC.name, number % 6, number, key.encode(), message, write(message, type_, "enrich", at=AT))  # type: ignore[arg-type]


def records(seed: str, count: int, first: int = 0) -> Iterator[Incoming]:
    """Yield `count` enriched articles as they come from the topic, in version 1."""
    for number in range(first, first + count):
        yield record(number, value(enriched(seed, number)))


def mixture(seed: str, count: int) -> Iterator[Incoming]:
    """Yield what makes order matter: two versions of each article, two publish dates of some, sightings of others."""
    for number in range(count):
        first = enriched(seed, number)
        yield record(number, value(first))
        random = Random(f"{seed}/{number}/more")
        if random.random() < 0.5:
            second = enriched(seed, number, version=2)
            second["claims"] = second["claims"][: random.randrange(8)]
            yield record(number, value(second))
        if random.random() < 0.3:
            yield from _seen_again(number, first, random)


def _seen_again(number: int, message: Value, random: Random) -> Iterator[Incoming]:
    """Yield another sighting of an article and, where its publish date is a better one, the article anew."""
    article = message["article"]
    sighting = {**article["sighting"], "key": f"again/{number}.txt", "sha256": f"{number:064x}"}
    dated = random.random() < 0.5
    published = str(FIRST_DAY) if dated else None
    seen = {
        **{name: said for name, said in article.items() if name != "text"},
        "sighting": sighting, "published": published, "published_from": "sidecar" if dated else None, "publisher": "Reprint",
    }  # fmt: skip
    yield record(number, value(seen), SIGHTING)
    if dated:
        again = {**message, "article": {**article, "published": published, "published_from": "sidecar"}}
        yield record(number, value(again))
