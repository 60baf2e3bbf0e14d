"""Spans of tokens in a parsed text: clauses, and what belongs to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.lexicon import CUES, PEOPLE, SPEECH, cue_of

_MARKS = frozenset({".", ",", ":", ";", "-", "\u2022"})
_BRACKETS = {"[": "]", "(": ")"}
DASHES = frozenset({"\u2014", "\u2013", "-", "--"})
CONTRASTS = frozenset({"while", "whereas", "so"})
LONGEST_SENTENCE = 300
"""Tokens of the longest sentence that is read for claims: nobody writes a longer one, and tables and code are no sentences."""


def sentences(doc: Doc) -> Iterator[Span]:
    """Yield the sentences of a document that can be read: none that is too long, and none of signs and figures like a line of code."""
    for sentence in doc.sents:
        if _is_furniture(sentence):
            continue
        if len(sentence) <= LONGEST_SENTENCE and _is_of_words(sentence):
            yield sentence


def _is_of_words(sentence: Span) -> bool:
    """Return whether half of the tokens of a sentence are words, its punctuation left aside."""
    words = sum(token.is_alpha for token in sentence)
    return 2 * words >= len(sentence) or 2 * words >= sum(token.text not in _MARKS for token in sentence)


def _is_furniture(sentence: Span) -> bool:
    """Return whether a sentence is about the article itself: "(Updates with reaction)", "Reporting by …", "Here is how …"."""
    words = [token for token in sentence if token.is_alpha]
    if len(words) < 2:
        return False
    first, second = words[0].lower_, words[1]
    if sentence.text.lstrip()[:1] in {"(", "["} and first in SPEECH["furniture_note"]:
        return True
    return (first in SPEECH["furniture_by"] and second.lower_ == "by") or (
        first == "here" and second.lemma_ == "be" and len(words) > 2 and words[2].tag_ in {"WRB", "WP"}
    )


@dataclass(frozen=True)
class Range:
    """Tokens from `start` to before `end`."""

    start: int
    end: int

    def contains(self, token: Token) -> bool:
        """Return whether a token is in the range."""
        return self.start <= token.i < self.end


def verb_above(token: Token, steps: int) -> Token | None:
    """Return the token itself or the nearest one above it, of `steps` in all, that is a verb; None where none is."""
    return next((above for above in islice(chain([token], token.ancestors), steps) if above.pos_ in {"VERB", "AUX"}), None)


def child_of(token: Token, *roles: str) -> Token | None:
    """Return the first child of a token that is one of some roles (`dep_`); None where none is."""
    return next((child for child in token.children if child.dep_ in roles), None)


def subtree(token: Token, *without: Token) -> Range:
    """Return the range of a token's subtree, without those of some children and what is behind them on their side."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    for child in without:
        if child.i > token.i:
            end = min(end, child.left_edge.i)
        else:
            start = max(start, child.right_edge.i + 1)
    return Range(start, max(end, token.i + 1))


def trimmed(doc: Doc, range_: Range) -> Span | None:
    """Return a range as a span without punctuation, conjunctions, `that` and white space around it; None if nothing is left."""
    start, end = range_.start, range_.end
    while start < end and (doc[start].is_space or doc[start].is_punct or _is_joint(doc[start])):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].is_punct or doc[end - 1].dep_ == "cc"):
        end -= 1
    if start >= end:
        return None
    if start > range_.start and doc[start - 1].text in _BRACKETS and _closes(doc, start, end, _BRACKETS[doc[start - 1].text]):
        start -= 1  # "[The wounded] were taken away"
    return _with_quotation_marks(doc, start, end, range_)


def _closes(doc: Doc, start: int, end: int, bracket: str) -> bool:
    """Return whether a bracket that stands before some tokens is closed within them."""
    return any(bracket in doc[i].text for i in range(start, end))


def _with_quotation_marks(doc: Doc, start: int, end: int, range_: Range) -> Span:
    """Return a span with the quotation mark before or behind it whose other half is inside: `fired on "terrorist" bases`."""
    inside = [doc[i].text for i in range(start, end) if doc[i].is_quote]
    if inside.count('"') % 2 or inside.count("\u201c") != inside.count("\u201d"):
        if end < len(doc) and doc[end].text in {'"', "\u201d"} and inside[-1] != "\u201d":
            end += 1
        elif start > range_.start and doc[start - 1].text in {'"', "\u201c"}:
            start -= 1
    return doc[start:end]


def _is_joint(token: Token) -> bool:
    return token.dep_ == "cc" or (token.dep_ == "mark" and token.lower_ == "that")


def conjuncts(verb: Token, outer: Token | None = None) -> list[Token]:
    """Return the verbs that are coordinated with a verb, or follow it as participles: each is a claim of its own.

    `outer` is the reporting verb above; what is coordinated with that instead is left out.
    """
    found = []
    either = any(child.dep_ == "cc" and child.lower_ == "or" for child in verb.children)  # "raised or bred them" says one thing
    for child in verb.children:
        if outer is not None and belongs_to_outer(child, verb, outer):
            continue
        coordinated = child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"} and (not either or _has_subject(child))
        if (child.i > verb.i and (coordinated or _is_result(child) or _is_contrast(child))) or _is_spliced(child, verb):
            found += [child, *conjuncts(child, outer)]
    return found


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass", "expl"} for child in verb.children)


def _is_contrast(verb: Token) -> bool:
    """Return whether a clause says something beside the main one, and not when or why: "while shops stayed shut"."""
    return (
        verb.dep_ == "advcl" and _has_subject(verb) and any(c.dep_ == "mark" and c.lower_ in CONTRASTS for c in verb.children)
    )


def _is_spliced(clause: Token, verb: Token) -> bool:
    """Return whether a clause only stands beside another, as people talk: "he is a poor man, he has seven children"."""
    if clause.dep_ not in {"ccomp", "parataxis"} or clause.pos_ not in {"VERB", "AUX"} or verb.lemma_.lower() in CUES:
        return False
    between = verb.doc[min(clause.right_edge.i, verb.i) : max(clause.left_edge.i, verb.i) + 1]
    return _has_subject(clause) and _has_subject(verb) and any(token.text in {",", ";", "\u2014", "-"} for token in between)


def _is_result(verb: Token) -> bool:
    """Return whether a verb tells what came of it: "shelled the market, killing 19 people"."""
    comma = verb.left_edge.i > 0 and verb.doc[verb.left_edge.i - 1].text == ","
    if not comma or verb.dep_ != "advcl" or verb.tag_ != "VBG" or verb.lower_ in SPEECH["citing"]:
        return False
    return any(child.dep_ == "dobj" for child in verb.children)


def belongs_to_outer(coordinated: Token, inner: Token, outer: Token) -> bool:
    """Return whether a verb that the parse coordinates with a reported one goes with the reporting verb instead.

    The tense tells: "announced that the dam had burst and fled" is past beside past, and the reported clause lies before it. So
    does a reporting verb that the reported clause's subject cannot be of: "denied that the town had fallen and said".
    """
    if coordinated.dep_ == "advcl" and coordinated.tag_ == "VBG" and cue_of(coordinated) is not None:
        return coordinated.i > inner.i and coordinated.left_edge.nbor(-1).text == ","  # "…, adding that", "…, blaming Kyiv"
    if coordinated.dep_ == "advcl" and cue_of(coordinated) is not None and _has_subject(coordinated):
        return any(child.dep_ == "mark" and child.lower_ in CONTRASTS for child in coordinated.children)
    if coordinated.dep_ != "conj" or coordinated.i < inner.i or _has_subject(coordinated):
        return False
    if coordinated.tag_ != outer.tag_ or outer.tag_ not in {"VBD", "VBZ", "VBP"}:
        return False
    if any(child.dep_ in {"aux", "auxpass"} for child in coordinated.children):
        return False
    past = any(child.dep_ == "aux" and child.lower_ in {"had", "would", "'d"} for child in inner.children)
    subject = next((child for child in inner.children if child.dep_ in {"nsubj", "nsubjpass", "expl"}), None)
    mute = subject is not None and subject.pos_ == "NOUN" and subject.lemma_.lower() not in PEOPLE["person"] | PEOPLE["body"]
    return (past and outer.tag_ == "VBD") or (cue_of(coordinated) is not None and (mute or inner.tag_ != coordinated.tag_))


def clauses(start: Token, *without: Token, verb: Token | None = None) -> list[tuple[Token, Range]]:
    """Return a clause and each clause coordinated with it, by their verbs, without the parts named.

    `verb` is the verb that reports the clause; what goes on from that is none of them.
    """
    heads = [start, *conjuncts(start, verb)]
    made = []
    for head in heads:
        dropped = [child for child in head.children if child in heads or child in without or child.dep_ == "cc"]
        dropped += [child for child in head.children if verb is not None and belongs_to_outer(child, head, verb)]
        later = [child for child in dropped if child.i > head.i]
        before = [child for child in dropped if child.i < head.i and (child in without or child in heads)]
        made.append((head, subtree(head, *later, *before)))
    return made
