"""Where and when a claim plays: in its own words, else in its sentence, else where and when the sentences before it do."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.drafts import Draft
from services.enrich.language.claims.leads import behind_lead
from services.enrich.language.claims.lexicon import CUES, SPEECH
from services.enrich.language.claims.narrator import gives_account
from services.enrich.language.claims.spans import verb_above
from services.enrich.language.claims.standing import (
    HIGHEST,
    LEFT,
    REACHED,
    contains,
    is_beside,
    is_of_speech,
    stands,
    tells_of_place,
)
from services.enrich.language.coreference.resolve import Coreference
from services.enrich.language.entities.found import PLACES
from services.enrich.language.tables import word_lists
from sitrep.contracts.enriched import ClaimType, DateExpression, Entity, Interval

_TENSES = word_lists("timex/en/tense.tsv")


IN_SENTENCE: frozenset[ClaimType] = frozenset({"casualties", "displacement", "control", "attack", "other"})
"""Types that play where another clause of their sentence says it, where their own does not."""

BEFORE: dict[ClaimType, int] = {
    "casualties": 2, "denial": 2, "attack": 1, "control": 1, "closure": 1, "displacement": 1, "movement": 1, "agreement": 1
}  # fmt: skip
"""Sentences back that a claim is plainly of the same event as what was told there, and plays where that did; other types never do.

The article's own statements look one sentence back whatever they are. A position, a plan or an agreement plays where it says.
"""

LEADS_TO: frozenset[ClaimType] = frozenset({"attack", "casualties", "control", "displacement", "movement", "other"})
"""Types of claims that another clause of the sentence may be a result of."""

TIMED_IN_SENTENCE: frozenset[ClaimType] = frozenset(
    {"attack", "casualties", "control", "closure", "other", "denial", "movement"}
)
TIMED_BEFORE: frozenset[ClaimType] = frozenset({"attack", "casualties", "closure", "denial"})
"""The same for when it happened: in the words of its sentence, or up to two sentences before."""

TIME_REACH = 2
_BETWEEN = re.compile(r",? ?(?:and )?(?:on )?")
DESCRIBES = frozenset({"relcl", "acl"})

ORIGIN, DESTINATION = frozenset({"from", "out"}), frozenset({"to", "into", "toward", "towards", "for", "onto"})


@dataclass(frozen=True)
class Setting:
    """Where and when a claim plays; `origins` and `destinations` are of a movement, and among the places too."""

    places: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    when: Interval | None = None
    borrowed: bool = False
    """Whether the places are those of a sentence before."""


@dataclass
class Scene:
    """What the sentences before told of where and when, and in which sentence; `claimed` is where the last claim says that it plays."""

    places: tuple[str, ...] = ()
    when: Interval | None = None
    placed_at: int = -9
    timed_at: int = -9
    claimed: tuple[str, ...] = ()
    claimed_at: int = -9
    claimed_type: ClaimType = "other"


@dataclass
class Stage:
    """The places and dates of a document, asked for claims in the order in which they stand there."""

    doc: Doc
    entities: Sequence[Entity]
    dates: Sequence[DateExpression]
    coreference: Coreference
    _scene: Scene = field(default_factory=Scene)
    _next: int = 0
    _history: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._by_id = {entity.entity_id: entity for entity in self.entities}
        named = [(m.start, m.end, e) for e in self.entities if e.label in PLACES for m in e.mentions]
        again = [(token.idx, token.idx + len(token), place) for token in self.doc if (place := self.coreference.place(token))]
        self._mentions = sorted([*named, *again], key=lambda mention: mention[:2])
        self._starts = [mention[0] for mention in self._mentions]
        self._text = self.doc.text
        self._sentences = list(self.doc.sents)
        self._number = {sentence.start: number for number, sentence in enumerate(self._sentences)}

    def of(self, draft: Draft) -> Setting:
        """Return where and when a claim plays. Ask in the order of the text."""
        span, type_ = draft.span, draft.type
        number = self._number[span.root.sent.start]
        self._go_on(number)
        named = tuple(dict.fromkeys(self._places(span.start_char, span.end_char, draft)))
        own = tuple(dict.fromkeys(self._places(span.start_char, span.end_char, draft, asides=False))) or named
        before, borrowed = ((), False) if own else self._told(number, type_, narrated=draft.attributed is None)
        places = own or before
        aside = self._scene.claimed_at == number and self._scene.claimed_type in LEADS_TO and type_ not in LEADS_TO
        if own and not aside:
            self._scene.claimed, self._scene.claimed_at, self._scene.claimed_type = own, number, type_
        origins, destinations = self._ways(draft)
        return Setting(places, origins, destinations, self._time(draft, number), borrowed=borrowed and bool(places))

    def of_history(self, draft: Draft, setting: Setting) -> Setting:
        """Return where and when a claim plays that is background: not where the event before it did, and its time is no later event's."""
        self._history.add(self._number[draft.span.root.sent.start])
        return replace(setting, places=(), borrowed=False) if setting.borrowed else setting

    def _told(self, number: int, type_: ClaimType, *, narrated: bool) -> tuple[tuple[str, ...], bool]:
        """Return where the event plays that a claim without a place of its own is plainly of, and whether a sentence before says so."""
        scene, sentence = self._scene, self._sentences[number]
        if scene.claimed_at == number:
            return (scene.claimed if type_ in IN_SENTENCE and scene.claimed_type in LEADS_TO else ()), False
        if places := self._finest(self._places(sentence.start_char, sentence.end_char)):
            return (places if type_ in IN_SENTENCE else ()), False
        reach = max(BEFORE.get(type_, 0), int(narrated))
        if number - scene.claimed_at <= reach:
            return scene.claimed, True
        return (scene.places if number - scene.placed_at <= reach else ()), True

    def _time(self, draft: Draft, number: int) -> Interval | None:
        span, type_, sentence = draft.span, draft.type, self._sentences[number]
        when = self._when(span.start_char, span.end_char, said=True, head=draft.head)
        counted = type_ == "casualties" and draft.head.pos_ not in {"VERB", "AUX"}  # "put the toll at 11"
        if when is not None or not (counted or _happened(draft.head)):
            return when if type_ != "position" else None
        if when is None and type_ in TIMED_IN_SENTENCE:
            when = self._when(sentence.start_char, sentence.end_char, said=False)
        if when is None and type_ in TIMED_BEFORE and number - self._scene.timed_at <= TIME_REACH:
            when = self._scene.when
        return when

    def _ways(self, draft: Draft) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the ids of where a movement or displacement began, and of where it leads."""
        origins: list[str] = []
        destinations: list[str] = []
        for event in draft.events if draft.type in {"movement", "displacement"} else ():
            if event.type != draft.type:
                continue
            for word in event.token.children:
                if word.dep_ not in {"prep", "dobj", "nsubjpass"}:
                    continue
                named = [entity.entity_id for entity in self._named(word)]
                lemma = event.token.lemma_.lower()
                if word.lower_ in ORIGIN or (word.dep_ == "dobj" and lemma in LEFT):
                    origins += named
                elif word.lower_ in DESTINATION or (word.dep_ == "dobj" and lemma in REACHED):
                    destinations += named
        return tuple(dict.fromkeys(origins)), tuple(dict.fromkeys(destinations))

    def _named(self, phrase: Token) -> Iterator[Entity]:
        """Yield the places that a phrase names."""
        start, end = phrase.left_edge.idx, phrase.right_edge.idx + len(phrase.right_edge)
        at = bisect_left(self._starts, start)
        while at < len(self._mentions) and self._mentions[at][0] < end:
            yield self._mentions[at][2]
            at += 1

    def dates_beside(self, draft: Draft) -> list[DateExpression]:
        """Return the dates of the sentence that a claim stands in, its own among them."""
        sentence = draft.head.sent
        return list(self._dates_in(sentence.start_char, sentence.end_char))

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
            if (stamp := self._stamp(sentence)) is not None:
                self._scene = _begun(stamp, passed)
            meets = sentence.root.lemma_.lower() in SPEECH["meeting"]  # the town of talks is not where the fighting is
            if not meets and (places := self._finest(self._places(sentence.start_char, sentence.end_char))):
                self._scene.places, self._scene.placed_at = places, passed
            when = None if passed in self._history else self._when(sentence.start_char, sentence.end_char, said=False)
            if when is not None and when.earliest is not None and when.latest is not None:  # "since 2016" is nobody else's time
                self._scene.when, self._scene.timed_at = when, passed
        self._next = max(self._next, number)
        if self._next == number and (stamp := self._stamp(self._sentences[number])) is not None:
            self._scene = _begun(stamp, number)

    def _stamp(self, sentence: Span) -> DateExpression | None:
        """Return the stamp of the post of a live blog that begins with a sentence; None where none does."""
        stamps = (one for one in self.dates if one.granularity == "time" and one.start == sentence.start_char)
        return next((one for one in stamps), None)

    def _places(self, start: int, end: int, draft: Draft | None = None, *, asides: bool = True) -> Iterator[str]:
        """Yield the ids of what is named in a part of the text as the place of something."""
        at = bisect_left(self._starts, start)
        while at < len(self._mentions) and self._mentions[at][0] < end:
            first, last, entity = self._mentions[at]
            at += 1
            span = self.doc.char_span(first, last, alignment_mode="expand") if last <= end and not self.is_lead(first) else None
            if span is not None and draft is not None and not asides and self._is_aside(first, last, draft.head):
                continue
            if span is not None and draft is None and is_of_speech(span.root):
                continue
            if span is not None and tells_of_place(span.root):
                continue
            if span is not None and (stands(span.root, entity) or (draft is not None and _undergoes(draft, span.root, entity))):
                yield entity.entity_id

    def _finest(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return places without those that others of them lie in: Dessie, not "Dessie in Ethiopia's Amhara region"."""
        found = list(dict.fromkeys(ids))
        return tuple(
            one for one in found if not any(contains(self._by_id[one], self._by_id[other]) for other in found if other != one)
        )

    def _dates_in(self, start: int, end: int) -> Iterator[DateExpression]:
        return (one for one in self.dates if start <= one.start and one.end <= end and not self.is_lead(one.start))

    def is_lead(self, at: int) -> bool:
        """Return whether an offset is in a dateline or a stamp: where and when it was written, and not what happened."""
        return behind_lead(self._text, at) != at

    def _when(self, start: int, end: int, *, said: bool, head: Token | None = None) -> Interval | None:
        """Return the first known time in a part of the text; `said`: also that of the saying, in words that are quoted."""
        found = [
            one
            for one in self._dates_in(start, end)
            if (one.earliest is not None or (one.latest is not None and not one.approximate))
            and one.kind in {"date", "time"}
            and (said or not self._is_of_saying(one))
        ]
        own = [one for one in found if head is None or not self._is_aside(one.start, one.end, head)]
        return self._listed(own) if own else None

    def _listed(self, found: Sequence[DateExpression]) -> Interval:
        """Return the first of some times, with those that follow it in a list: "on November 25, 26 and 27"."""
        interval = self._interval(found[0])
        for before, after in pairwise(found):
            listed = _BETWEEN.fullmatch(self._text[before.end : after.start]) is not None
            latest = self._interval(after).latest
            if not listed or after.granularity != before.granularity or interval.earliest is None or latest is None:
                break
            if latest < interval.earliest:
                break
            interval = Interval(earliest=interval.earliest, latest=latest)
        return interval

    def _is_aside(self, start: int, end: int, head: Token) -> bool:
        """Return whether words hang on a clause that only describes somebody or something: "Bama, which the army lost in 2014, was …"."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        at = None if span is None else span.root
        for _ in range(HIGHEST):
            if at is None or at in {head, at.head}:
                return False
            if at.dep_ in DESCRIBES or is_beside(at):
                return True
            at = at.head
        return False

    def _is_of_saying(self, one: DateExpression) -> bool:
        """Return whether a time is when something was said: "the army said on Friday"."""
        span = self.doc.char_span(one.start, one.end, alignment_mode="expand")
        verb = None if span is None else verb_above(span.root, HIGHEST)
        return verb is not None and verb.pos_ == "VERB" and (verb.lemma_.lower() in CUES or gives_account(verb))

    def _interval(self, one: DateExpression) -> Interval:
        """Return a time with what the preposition before it makes of it: "since May", "until Friday", "before January"."""
        span = self.doc.char_span(one.start, one.end, alignment_mode="expand")
        before = self.doc[span.start - 1].lower_ if span is not None and span.start > 0 else ""
        if before in _TENSES["open_end"]:
            return Interval(earliest=one.earliest, latest=None)
        if before in _TENSES["open_start"]:
            return Interval(earliest=None, latest=one.latest)
        if before == "before" and one.earliest is not None and one.kind == "date":  # "before dawn on Saturday" is on Saturday
            return Interval(earliest=None, latest=one.earliest - timedelta(days=1))
        return Interval(earliest=one.earliest, latest=one.latest)


def _begun(stamp: DateExpression, number: int) -> Scene:
    """Return the scene of a post, of which nothing is known but its day, if that is."""
    if stamp.earliest is None and stamp.latest is None:
        return Scene()
    return Scene(when=Interval(earliest=stamp.earliest, latest=stamp.latest), timed_at=number)


def _undergoes(draft: Draft, root: Token, entity: Entity) -> bool:
    """Return whether something is told of a place as a place: "Korenevo fell", "the town is ours"; a country acts."""
    if entity.category == "country" or root.dep_ not in {"nsubj", "nsubjpass"} or root.head != draft.head:
        return False
    happens = draft.events[0] if draft.events else None
    return root.head.lemma_ == "be" or (happens is not None and root in happens.affected())


def _happened(verb: Token) -> bool:
    """Return whether a verb tells of something that happened then, and not of how things are or have been."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if verb.tag_ == "VBD":
        return True
    return verb.tag_ in {"VBN", "VBG"} and (bool(auxiliaries & {"was", "were", "had"}) or not auxiliaries)
