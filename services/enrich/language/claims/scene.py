"""Where and when a claim plays: in its own words, else in its sentence, else where and when the sentences before it do."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.lexicon import CUES, SPEECH
from services.enrich.language.claims.spans import verb_above
from services.enrich.language.coreference.resolve import Coreference
from services.enrich.language.entities.context import WHERE
from services.enrich.language.entities.datelines import datelines
from services.enrich.language.entities.found import PLACES
from services.enrich.language.entities.places import distance
from services.enrich.language.tables import word_lists
from sitrep.contracts.enriched import ClaimType, DateExpression, Entity, Interval

_TENSES = word_lists("timex/en/tense.tsv")

STANDS = frozenset({"pobj", "dobj", "nsubjpass", "conj", "appos", "attr", "npadvmod", "ROOT", "oprd"})
"""Roles in which a name says where; as the subject or possessor of something a place does it: "Moscow sent troops"."""

ELSEWHERE: frozenset[ClaimType] = frozenset({"support", "agreement", "plan", "position"})
"""Claims that play where they say and nowhere else; the others play where the report plays that they are part of."""

FAR = 4
"""Sentences after which a place or time that was named is no longer where the report plays."""

FAR_IN_TIME = 2
HIGHEST = 9


@dataclass
class Scene:
    """What the sentences before told of where and when, and how many sentences ago."""

    places: tuple[str, ...] = ()
    when: Interval | None = None
    placed_at: int = 0
    timed_at: int = 0


@dataclass
class Stage:
    """The places and dates of a document, asked for claims in the order in which they stand there."""

    doc: Doc
    entities: Sequence[Entity]
    dates: Sequence[DateExpression]
    coreference: Coreference
    _scene: Scene = field(default_factory=Scene)
    _next: int = 0

    def __post_init__(self) -> None:
        self._by_id = {entity.entity_id: entity for entity in self.entities}
        named = [(m.start, m.end, e) for e in self.entities if e.label in PLACES for m in e.mentions]
        again = [(token.idx, token.idx + len(token), place) for token in self.doc if (place := self.coreference.place(token))]
        self._mentions = sorted([*named, *again], key=lambda mention: mention[:2])
        self._starts = [mention[0] for mention in self._mentions]
        self._datelines = frozenset(
            found.start for found in datelines(self.doc.text)
        )  # where it was written, not where it happened
        self._sentences = list(self.doc.sents)
        self._number = {sentence.start: number for number, sentence in enumerate(self._sentences)}

    def of(self, span: Span, head: Token, type_: ClaimType) -> tuple[tuple[str, ...], Interval | None]:
        """Return the ids of the places of a claim, and its time; `head` is its verb."""
        number = self._number[span.root.sent.start]
        self._go_on(number)
        sentence = self._sentences[number]
        inherits = type_ not in ELSEWHERE
        places = self._finest(self._places(span.start_char, span.end_char))
        if not places and inherits:
            near = number - self._scene.placed_at <= FAR
            places = self._finest(self._places(sentence.start_char, sentence.end_char)) or (self._scene.places if near else ())
        when = self._when(span.start_char, span.end_char, said=True)
        if when is None and inherits and _happened(head):
            near = number - self._scene.timed_at <= FAR_IN_TIME
            when = self._when(sentence.start_char, sentence.end_char, said=False) or (self._scene.when if near else None)
        return places, when

    def said(self, cue: Token, content: Span) -> Interval | None:
        """Return when something was said, by the time that hangs on the cue's verb: "the army said on Friday"."""
        for one in self._dates_in(cue.sent.start_char, cue.sent.end_char):
            inside = content.start_char <= one.start < content.end_char
            span = None if inside else self.doc.char_span(one.start, one.end, alignment_mode="expand")
            known = one.kind in {"date", "time"} and (one.earliest is not None or one.latest is not None)
            if span is not None and known and verb_above(span.root, HIGHEST) == cue:
                return self._interval(one)
        return None

    def _go_on(self, number: int) -> None:
        """Take in the sentences before one; a post of a live blog, which begins with a clock time, begins anew."""
        for passed in range(self._next, number):
            sentence = self._sentences[passed]
            if self._begins_a_post(sentence):
                self._scene = Scene()
            meets = sentence.root.lemma_.lower() in SPEECH["meeting"]  # the town of talks is not where the fighting is
            if not meets and (places := self._finest(self._places(sentence.start_char, sentence.end_char))):
                self._scene.places, self._scene.placed_at = places, passed
            when = self._when(sentence.start_char, sentence.end_char, said=False)
            if when is not None and when.earliest is not None and when.latest is not None:  # "since 2016" is nobody else's time
                self._scene.when, self._scene.timed_at = when, passed
        self._next = max(self._next, number)
        if self._next == number and self._begins_a_post(self._sentences[number]):
            self._scene = Scene()

    def _begins_a_post(self, sentence: Span) -> bool:
        return any(
            d.granularity == "time" and d.start == sentence.start_char
            for d in self._dates_in(sentence.start_char, sentence.end_char)
        )

    def _places(self, start: int, end: int) -> Iterator[str]:
        """Yield the ids of what is named in a part of the text as the place of something."""
        at = bisect_left(self._starts, start)
        while at < len(self._mentions) and self._mentions[at][0] < end:
            first, last, entity = self._mentions[at]
            at += 1
            span = (
                self.doc.char_span(first, last, alignment_mode="expand")
                if last <= end and first not in self._datelines
                else None
            )
            if span is not None and _stands(span.root, entity):
                yield entity.entity_id

    def _finest(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return places without those that others of them lie in: Dessie, not "Dessie in Ethiopia's Amhara region"."""
        found = list(dict.fromkeys(ids))
        return tuple(
            one for one in found if not any(_contains(self._by_id[one], self._by_id[other]) for other in found if other != one)
        )

    def _dates_in(self, start: int, end: int) -> Iterator[DateExpression]:
        return (one for one in self.dates if start <= one.start and one.end <= end)

    def _when(self, start: int, end: int, *, said: bool) -> Interval | None:
        """Return the first known time in a part of the text; `said`: also that of the saying, in words that are quoted."""
        for one in self._dates_in(start, end):
            known = one.earliest is not None or (one.latest is not None and not one.approximate)
            if known and one.kind in {"date", "time"} and (said or not self._is_of_saying(one)):
                return self._interval(one)
        return None

    def _is_of_saying(self, one: DateExpression) -> bool:
        """Return whether a time is when something was said: "the army said on Friday"."""
        span = self.doc.char_span(one.start, one.end, alignment_mode="expand")
        verb = None if span is None else verb_above(span.root, HIGHEST)
        return verb is not None and verb.pos_ == "VERB" and verb.lemma_.lower() in CUES

    def _interval(self, one: DateExpression) -> Interval:
        """Return a time with what the preposition before it makes of it: "since May", "until Friday", "before January"."""
        span = self.doc.char_span(one.start, one.end, alignment_mode="expand")
        before = self.doc[span.start - 1].lower_ if span is not None and span.start > 0 else ""
        if before in _TENSES["open_end"]:
            return Interval(earliest=one.earliest, latest=None)
        if before in _TENSES["open_start"]:
            return Interval(earliest=None, latest=one.latest)
        if before == "before" and one.earliest is not None:
            return Interval(earliest=None, latest=one.earliest - timedelta(days=1))
        return Interval(earliest=one.earliest, latest=one.latest)


def _happened(verb: Token) -> bool:
    """Return whether a verb tells of something that happened then, and not of how things are or have been."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if verb.tag_ == "VBD":
        return True
    return verb.tag_ in {"VBN", "VBG"} and (bool(auxiliaries & {"was", "were", "had"}) or not auxiliaries)


def _stands(root: Token, entity: Entity) -> bool:
    """Return whether a name stands as a place; a country does only where a preposition of place says so."""
    first = root
    while root.dep_ == "conj" and root.head is not root:
        root = root.head
    if _is_of_whom(first, root):
        return False
    if entity.category == "country":
        return root.dep_ == "pobj" and root.head.lower_ in WHERE
    if root.dep_ == "compound":  # "the Goma market", "Goma residents": where they are, unless it is a country's
        return entity.category not in {"country", "province"}
    return root.dep_ in STANDS or root.lower_ == "there" or (root.dep_ == "nsubj" and entity.label == "FAC")


def _is_of_whom(first: Token, root: Token) -> bool:
    """Return whether a name tells of whom and not of where: "Turkey-backed", "based in Britain", "the Idlib directorate said"."""
    if first.i + 1 < len(first.doc) and first.nbor(1).text == "-":
        return True
    if root.dep_ == "pobj" and root.head.head.lemma_.lower() in SPEECH["seat"]:
        return True
    speaks = root.head.dep_ == "nsubj" and root.head.head.lemma_.lower() in {*CUES, "put"}
    return root.dep_ == "compound" and speaks


def _contains(whole: Entity, part: Entity) -> bool:
    """Return whether a place lies in another one: in its country, or in the reach of its province."""
    if whole.category == "country":
        return part.category != "country" and part.country == whole.country
    if whole.category not in {"province", "region"} or part.category in {"country", "province", "region"}:
        return False
    if whole.lat is None or whole.lon is None or part.lat is None or part.lon is None:
        return False
    return distance(whole.lat, whole.lon, part.lat, part.lon) <= 1.5 * (whole.extent_km or 50)
