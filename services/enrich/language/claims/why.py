"""Why a claim is what it is, and why there is none at a place: the rules' own reasons, in words, for whoever doubts a claim."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.attributed import Attributed, Rule
from services.enrich.language.claims.attribution import is_reporting
from services.enrich.language.claims.confidence import weight
from services.enrich.language.claims.extract import Reading
from services.enrich.language.claims.factuality import hedged, is_negated, reporting
from services.enrich.language.claims.headline import end_of_headline
from services.enrich.language.claims.lexicon import SPEECH, cue_of
from services.enrich.language.claims.narrator import is_followed
from services.enrich.language.claims.spans import LONGEST_SENTENCE, Range, clauses, sentences
from services.enrich.language.claims.subjects import subject
from services.enrich.language.claims.types import strongest

RULES: dict[Rule, str] = {
    "clause": "the clause behind a reporting verb",
    "around": "the clause before or around an attribution",
    "infinitive": "what somebody claims to do, or tells somebody to do",
    "phrase": "the noun phrase that a reporting verb takes",
    "passive": "what a passive verb reports of its subject",
    "tally": "the number that somebody gives for something",
    "noun": "what a reporting noun says",
    "adjective": "the clause that an adjective like “unclear” is about",
    "preposition": "the clause that a phrase like “according to” belongs to",
    "label": "the words after or before the name of a speaker",
    "quotation": "a sentence in a quotation whose speaker is named beside it or before it",
    "continuation": "a sentence that goes on reporting the speaker before it, as its tense says",
    "narrated": "what the article itself states on a topic that is followed",
}
FRAMES = {"np": "a noun phrase", "to": "an infinitive", "for": "a phrase with “for” or “of”", "inf": "an order to somebody"}

STRONGEST = 6
"""Features that are named for a confidence."""

Reasons = list[tuple[str, str]]
"""Pairs of a field and the reason for it."""


def of_claim(reading: Reading) -> Reasons:
    """Return the reasons for the fields of a claim, field by field."""
    claim, draft, attributed = reading.claim, reading.draft, reading.draft.attributed
    rule: Rule = "narrated" if attributed is None else attributed.rule
    reasons = [("content", f"{RULES[rule]} ({rule}); headed by “{draft.head.text}”")]
    if attributed is not None and claim.cue is not None:
        reasons += [("cue", _cue(attributed, claim.cue.text)), ("speaker", _speaker(reading))]
        reasons += [("via", f"“{via.text}” passes it on") for via in claim.via]
    reasons += [("polarity", f"{claim.polarity}: {_polarity(reading)}"), ("type", f"{claim.type}: {_type(reading)}")]
    if claim.said is not None:
        days = " to ".join(dict.fromkeys(str(day or "open") for day in (claim.said.earliest, claim.said.latest)))
        reasons.append(("said", f"{days}: the time beside the cue"))
    strongest = sorted(((weight(name), name) for name in reading.features), key=lambda pair: -abs(pair[0]))[:STRONGEST]
    parts = ", ".join(f"{name} {points:+.2f}" for points, name in strongest)
    return [*reasons, ("confidence", f"{claim.confidence}: {parts}")]


def _cue(attributed: Attributed, words: str) -> str:
    verb = attributed.verb
    frames = [] if verb is None else ["a clause", *(FRAMES[taken] for taken in sorted(verb.takes) if taken in FRAMES)]
    return f"“{words}”, which may take {' or '.join(frames)}" if frames else f"“{words}”"


def _speaker(reading: Reading) -> str:
    speaker, head = reading.claim.speaker, reading.draft.attributed.speaker if reading.draft.attributed else None
    if speaker is None or head is None:
        return "nobody is named"
    considered = ", ".join(f"{name} {points:+.2f}" for name, points in reading.antecedents[:4])
    if head.lower_ in SPEECH["pronoun"]:
        stands = (
            f"“{speaker.text}” stands for {speaker.name}" if speaker.name != speaker.text else f"“{speaker.text}” is left open"
        )
        return f"{stands}; considered: {considered or 'nobody who agrees with it'}"
    if speaker.entity_id is None:
        return f"“{speaker.text}”, a description that names no entity"
    return f"“{speaker.text}” names {speaker.name}"


def _polarity(reading: Reading) -> str:
    attributed, draft = reading.draft.attributed, reading.draft
    if attributed is not None and attributed.stance is not None:
        return "the attribution makes it so"
    if attributed is not None and attributed.verb is not None and attributed.verb.type == "denial":
        return "the cue denies it"
    if is_negated(draft.head):
        return f"“{draft.head.text}” is negated"
    if hedged(draft.head, Range(draft.span.start, draft.span.end)):
        return "a hedge applies to it"
    return "nothing denies or hedges it"


def _type(reading: Reading) -> str:
    draft = reading.draft
    told = [f"“{event.token.text}” tells of {event.type}" for event in draft.events[:1]] or ["no word in it tells an event"]
    return ", ".join([*told, *(f"{trait} {points:+.2f}" for points, trait in strongest(draft.traits, draft.type, STRONGEST))])


def of_place(doc: Doc, at: int) -> tuple[str, Reasons]:
    """Return the sentence at a place (an offset in code points), and the reasons why no claim was read there."""
    sentence = next((s for s in doc.sents if s.start_char <= at < s.end_char), None)
    if sentence is None:
        return "", [("place", f"the text has no sentence at {at}; it is {len(doc.text)} characters long")]
    reasons = list(_none_in(doc, sentence)) or ["no rule makes a claim of it"]
    return sentence.text.strip(), [("no claim", reason) for reason in reasons]


def _none_in(doc: Doc, sentence: Span) -> Iterator[str]:
    if sentence.start not in {readable.start for readable in sentences(doc)}:
        long = len(sentence) > LONGEST_SENTENCE
        yield (
            f"it is longer than {LONGEST_SENTENCE} words"
            if long
            else "it is about the article itself, or mostly figures and punctuation"
        )
        return
    if sentence.start_char < end_of_headline(doc, doc.text):
        yield "it is a headline that the body repeats"
        return
    if sentence.text.rstrip().endswith("?"):
        yield "it is a question"
    verbs = [token for token in sentence if is_reporting(token) and cue_of(token) is not None]
    for verb in verbs:
        yield _of_verb(verb)
    root = sentence.root
    if root.pos_ not in {"VERB", "AUX"}:
        yield "it has no main verb, so that the article itself states nothing in it"
        return
    for head, content in clauses(root):
        if head not in verbs and not is_followed(doc, content):
            yield f"“{head.text}” is on none of the topics on which the article's own statements are claims"


def _of_verb(verb: Token) -> str:
    how, who = reporting(verb), subject(verb)
    if how == "withheld":
        return f"“{verb.text}” reports nothing here: it is negated, conditional, refused or only asked for"
    if who is None:
        return f"“{verb.text}” is a reporting verb, but nobody is its speaker"
    return f"“{verb.text}” by “{who.text}” has no clause, quotation or noun phrase here that could be its content"
