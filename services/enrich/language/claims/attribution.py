"""Who says what: reporting verbs with their subjects and contents, `according to`, and quotes that go on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.factuality import is_question, is_withheld
from services.enrich.language.claims.lexicon import CUES, SPEECH, Cue
from services.enrich.language.claims.spans import Range, clauses, subtree

NAMED = frozenset({"PERSON", "ORG"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
TRAILING = frozenset({"dobj", "dative", "prep", "npadvmod", "advmod", "prt", "agent", "oprd"})
"""What stands behind a verb and belongs to the attribution: "told Reuters by telephone on Friday in a statement"."""

MARKS = frozenset({",", "\u2014", "\u2013", "-", "--", ";", ":", "(", ")", ".", "?", "!"})
JOINTS, CITING = SPEECH["joint"], SPEECH["citing"]
FAR_SUBJECT = 30
"""Tokens between a verb and a subject that is too far away to stand in one phrase with it."""


@dataclass(frozen=True)
class Attributed:
    """One content with the token that heads its speaker (None where nobody is named), its cue, and who passed it on.

    `hearsay`: it is only said to be so, and by whom is left open ("is reported to have crossed the border").
    """

    content: Range
    head: Token
    speaker: Token | None
    cue: Range
    verb: Cue | None
    via: Token | None = None
    hearsay: bool = False


def attributions(sentences: Sequence[Span]) -> Iterator[Attributed]:
    """Yield every attributed content of some sentences, one for each coordinated clause."""
    for token in (token for sentence in sentences for token in sentence):
        if token.pos_ == "VERB" and (cue := CUES.get(token.lemma_.lower())):
            if not is_withheld(token):
                yield from (one for one in _reported(token, cue) if not is_question(one.head, one.content))
        elif token.lemma_ == "put":
            yield from _counted(token)
        elif token.lower_ in {"according", "per"} and token.dep_ in {"prep", "advmod", "pcomp"}:
            yield from _according(token)


def _counted(verb: Token) -> Iterator[Attributed]:
    """Yield what somebody reckons: "the ministry put the death toll at 41"."""
    counted, speaker = _child(verb, "dobj"), subject(verb)
    at = next((child for child in verb.children if child.dep_ == "prep" and child.lower_ == "at"), None)
    if counted is not None and at is not None and speaker is not None and counted.lemma_.lower() in SPEECH["tally"]:
        yield Attributed(
            Range(counted.left_edge.i, verb.right_edge.i + 1), counted, speaker, Range(verb.i, verb.i + 1), CUES["say"]
        )


def _reported(verb: Token, cue: Cue) -> Iterator[Attributed]:
    """Yield what a reporting verb attributes: a clause behind it, what stands around it, an infinitive or a noun phrase."""
    if raised := list(_raised(verb, cue)):
        yield from raised
        return
    mark = Range(verb.i, verb.i + 1)
    quoting = _quoting(verb)
    speaker, via = quoting or (inverted(verb) or named_before(verb) or subject(verb) or beside(verb), _told(verb))
    behind = [child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i and child.pos_ in {"VERB", "AUX"}]
    contents = [(head, _before_semicolon(verb, content)) for clause in behind for head, content in clauses(clause)]
    if not contents and speaker is not None and not _has_content(verb, cue):
        contents = contents_around(verb, speaker)
    if contents or quoting is not None:
        yield from (Attributed(content, head, speaker, mark, cue, via) for head, content in contents)
    elif speaker is not None or verb.dep_ in {"advcl", "conj", "acl"}:
        yield from _infinitive_or_phrase(verb, cue, speaker, mark, via)


def _infinitive_or_phrase(verb: Token, cue: Cue, speaker: Token | None, mark: Range, via: Token | None) -> Iterator[Attributed]:
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
    if "to" in cue.takes and not passive and (infinitive := _child(verb, "xcomp")):
        yield from (Attributed(content, head, speaker, mark, cue, via) for head, content in clauses(infinitive))
    else:
        yield from _nominal(verb, cue, speaker, mark)


def _raised(verb: Token, cue: Cue) -> Iterator[Attributed]:
    """Yield what a passive says of its subject: "is said to have crossed", "were reported killed"."""
    subjects = [child for child in verb.children if child.dep_ == "nsubjpass"]
    clause = next(
        (
            c
            for c in verb.children
            if c.i > verb.i and c.dep_ in {"xcomp", "oprd", "ccomp", "advcl"} and c.tag_ in {"VB", "VBN", "VBG"}
        ),
        None,
    )
    if (
        verb.tag_ != "VBN"
        or not subjects
        or clause is None
        or cue.type == "denial"
        or any(c.dep_ == "nsubj" for c in clause.children)
    ):
        return
    if verb.lemma_.lower() not in SPEECH["raising"]:
        return
    agent = _child(verb, "agent")
    by = None if agent is None else _child(agent, "pobj")
    start, end = subjects[0].left_edge.i, clause.right_edge.i + 1
    yield Attributed(Range(start, end), clause, by, Range(verb.i, verb.i + 1), CUES["say"], hearsay=by is None)


def _quoting(verb: Token) -> tuple[Token, Token | None] | None:
    """Return speaker and outlet of "was quoted by Tass as saying" and "Tass quoted the ministry as saying"."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as" or verb.head.head.lemma_.lower() not in {"quote", "cite"}:
        return None
    quote = verb.head.head
    quoted, agent = _child(quote, "nsubjpass"), _child(quote, "agent")
    if quoted is not None:
        return named_beside(quoted), None if agent is None else _child(agent, "pobj")
    if (source := _child(quote, "dobj")) is not None:
        return named_beside(source), _child(quote, "nsubj")
    return None


def _has_content(verb: Token, cue: Cue) -> bool:
    """Return whether a verb has an object or infinitive behind it that is its content, and nobody who is told something."""
    behind = [child for child in verb.children if child.i > verb.i]
    if any(child.dep_ == "xcomp" for child in behind):
        return True
    if "for" in cue.takes and any(child.dep_ == "prep" and child.lower_ in {"for", "of", "against"} for child in behind):
        return True
    return verb.lemma_.lower() not in SPEECH["telling"] and any(
        child.dep_ in {"dobj", "oprd"} and child.ent_type_ not in {"DATE", "TIME"} and not child.is_quote for child in behind
    )


def _told(verb: Token) -> Token | None:
    """Return the body that somebody tells something, which passes it on: "told Reuters"."""
    return next(
        (c for c in verb.children if c.dep_ in {"dobj", "dative"} and verb.lemma_ == "tell" and c.ent_type_ == "ORG"), None
    )


def _before_semicolon(verb: Token, content: Range) -> Range:
    """Return a content behind a verb as far as the next semicolon, behind which another sentence begins."""
    end = next((i for i in range(max(verb.i, content.start), content.end) if verb.doc[i].text == ";"), content.end)
    return Range(content.start, max(end, content.start + 1))


def contents_around(verb: Token, speaker: Token) -> list[tuple[Token, Range]]:
    """Return the clauses that an attribution stands behind or in the middle of: "The road, he said, is closed".

    Coordinated clauses on both sides of it are contents of their own; one clause that it interrupts is one content.
    """
    doc, phrase = verb.doc, attribution_phrase(verb, speaker)
    segment = _segment(verb)
    if not _is_set_off(doc, phrase, segment):
        return []
    left, right = _bare(doc, segment.start, phrase.start), _bare(doc, phrase.end, segment.end)
    if left is None or right is None:
        piece = left or right
        # Behind the attribution only what a colon or a quotation mark introduces is its content.
        introduced = right is None or any(t.text == ":" or t.is_quote for t in doc[phrase.end : right.start])
        return list(_pieces(doc, piece)) if piece is not None and introduced else []
    first = doc[right.start]
    if first.tag_ == "VBG" or first.lower_ in CITING:  # "…, he said, adding that …" has a cue of its own
        return list(_pieces(doc, left))
    verbs = [
        t for t in doc[right.start : right.end] if t.pos_ in {"VERB", "AUX"} and any(c.dep_ in SUBJECTS for c in t.children)
    ]
    if first.lower_ in JOINTS and verbs:
        return [*_pieces(doc, left), *_pieces(doc, right)]
    whole = Range(left.start, right.end)
    head = next(iter(_pieces(doc, left)), None) or next(iter(_pieces(doc, right)))
    has_verb = any(t.pos_ in {"VERB", "AUX"} for t in doc[left.start : left.end])
    if (
        has_verb
        and not any(t.pos_ in {"VERB", "AUX"} for t in doc[right.start : right.end])
        and doc[right.start].pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"}
    ):
        return list(_pieces(doc, left))
    return [(head[0], whole)]


def attribution_phrase(verb: Token, speaker: Token) -> Range:
    """Return the words of an attribution: the verb with its subject, whom it tells, and when and in what it is said."""
    start, end = min(verb.i, speaker.left_edge.i), max(verb.i, speaker.right_edge.i) + 1
    if abs(speaker.i - verb.i) > FAR_SUBJECT:
        start, end = verb.i, verb.i + 1
    for child in verb.children:
        if child.dep_ in {"aux", "auxpass", "neg", "advmod"} and child.i < verb.i and child.i >= start - 3:
            start = min(start, child.left_edge.i)
    doc = verb.doc
    for child in sorted(verb.children, key=lambda c: c.i):
        if child.i >= verb.i and child.dep_ in TRAILING and child.left_edge.i <= end and child.right_edge.i + 1 > end:
            comma = next((t.i for t in doc[end : child.right_edge.i + 1] if t.text in {",", ";", ":"} or t.is_quote), None)
            end = child.right_edge.i + 1 if comma is None else comma
    return Range(start, end)


def _segment(verb: Token) -> Range:
    """Return the part of a sentence between semicolons that a verb stands in."""
    sentence = verb.sent
    start, end = sentence.start, sentence.end
    for token in sentence:
        if token.text == ";":
            if token.i < verb.i:
                start = token.i + 1
            else:
                end = min(end, token.i)
    return Range(start, end)


def _is_set_off(doc: Doc, phrase: Range, segment: Range) -> bool:
    """Return whether marks stand on both sides of an attribution, or the end of the sentence on one of them."""
    before, behind = phrase.start - 1, phrase.end
    opens = before < segment.start or doc[before].text in MARKS or doc[before].is_quote or doc[before].is_space
    while behind < segment.end and doc[behind].is_space:
        behind += 1
    closes = behind >= segment.end or doc[behind].text in MARKS or doc[behind].is_quote
    return opens and closes


def _bare(doc: Doc, start: int, end: int) -> Range | None:
    """Return a range without marks and white space around it; None where no word is left."""
    while start < end and (doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return Range(start, end) if any(token.is_alpha for token in doc[start:end]) else None


def _pieces(doc: Doc, piece: Range) -> Iterator[tuple[Token, Range]]:
    """Yield the clauses of a part of a sentence with their verbs; the part itself where it has none."""
    tops = [t for t in doc[piece.start : piece.end] if not piece.contains(t.head) or t.head == t]
    verb = next((t for t in tops if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None:
        yield (tops[0] if tops else doc[piece.start]), piece
        return
    parts = [
        (head, Range(max(c.start, piece.start), min(c.end, piece.end))) for head, c in clauses(verb) if piece.contains(head)
    ]
    if len(parts) == 1:
        yield parts[0][0], piece
        return
    yield from ((head, part) for head, part in parts if part.start < part.end)


def inverted(verb: Token) -> Token | None:
    """Return the head of a speaker that stands right behind a verb which a mark stands before: "…, said the mayor"."""
    doc, at = verb.doc, verb.i + 1
    before = doc[verb.i - 1] if verb.i > verb.sent.start else None
    if at >= verb.sent.end or (before is not None and not (before.is_punct or before.is_quote)):
        return None
    if before is None and not (verb.i > 0 and doc[verb.i - 1].is_quote):
        return None
    head = doc[at]
    while head.dep_ in {"det", "compound", "amod", "nmod", "poss", "nummod"} and head.head.i > verb.i and head.head != head:
        head = head.head
    if (
        head.pos_ not in {"NOUN", "PROPN", "PRON"}
        or head.ent_type_ in {"DATE", "TIME"}
        or doc[at].pos_ in {"ADP", "SCONJ", "ADV"}
    ):
        return None
    if head.dep_ in SUBJECTS and head.head != verb:  # of what is said
        return None
    if head.dep_ in {"dobj", "dative"} and any(child.dep_ in SUBJECTS for child in verb.children if child.i < verb.i):
        return None
    return named_beside(head)


def named_beside(head: Token) -> Token:
    """Return the name that stands in apposition to a description, or right behind it; else the description."""
    if head.ent_type_ in NAMED:
        return head
    for index in range(head.i + 1, min(head.i + 5, head.sent.end)):
        token = head.doc[index]
        if token.ent_type_ == "PERSON":
            return next((ent.root for ent in head.sent.ents if ent.start <= index < ent.end), token)
        if token.text != "-" and not (token.pos_ in {"NOUN", "PROPN"} and token.text.islower()):
            break
    for token in head.subtree:
        comma = token.left_edge.i > 0 and token.doc[token.left_edge.i - 1].text == ","
        apposed = token.dep_ == "appos" and token.i > head.i
        if apposed and ((comma and token.ent_type_ == "PERSON") or (token.head == head and token.ent_type_ in NAMED)):
            return token
    return head


def named_before(verb: Token) -> Token | None:
    """Return the name in apposition right before a verb that has no subject of its own: "the mayor, Khaled Darwish, told"."""
    if any(child.dep_ in SUBJECTS for child in verb.children) or verb.i - 2 < verb.sent.start or verb.nbor(-1).text != ",":
        return None
    last = verb.nbor(-2)
    ent = next((ent for ent in verb.sent.ents if ent.start <= last.i < ent.end), None)
    if ent is None or ent.label_ not in NAMED or ent.start - 1 < verb.sent.start or verb.doc[ent.start - 1].text != ",":
        return None
    return ent.root


def beside(verb: Token) -> Token | None:
    """Return the name or noun right before a verb for which the parse has no subject: "SOHR said"."""
    at = verb.i - 1
    while at >= verb.sent.start and (verb.doc[at].dep_ in {"aux", "advmod", "neg"} or verb.doc[at].text == ","):
        at -= 1
    if at < verb.sent.start or verb.dep_ in {"xcomp", "acl", "advcl", "pcomp", "conj"}:
        return None
    token = verb.doc[at]
    return (
        token if token.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"} or (token.text.isupper() and len(token.text) > 1) else None
    )


def _nominal(verb: Token, cue: Cue, speaker: Token | None, mark: Range) -> Iterator[Attributed]:
    """Yield what a verb says in a noun phrase: "denied reports of gains", "called for calm", "urged the troops to go"."""
    if speaker is None:
        return
    if "for" in cue.takes:
        for preposition in (
            c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"for", "of", "against"} and c.i > verb.i
        ):
            if target := _child(preposition, "pobj") or _child(preposition, "pcomp"):
                yield Attributed(subtree(target), target, speaker, Range(verb.i, preposition.i + 1), cue)
                return
    target = _child(verb, "dobj")
    if "np" in cue.takes and target is not None and target.i > verb.i:
        later = [c for c in verb.children if c.i > target.i and c.dep_ in {"conj", "cc", "advcl", "punct", "ccomp", "npadvmod"}]
        end = min((c.left_edge.i for c in later), default=verb.right_edge.i + 1)
        yield Attributed(Range(target.left_edge.i, max(end, target.i + 1)), target, speaker, mark, cue)


def _child(token: Token, dep: str) -> Token | None:
    return next((child for child in token.children if child.dep_ == dep), None)


def subject(verb: Token) -> Token | None:
    """Return the head of who says it: the verb's own subject, or that of the clause that it hangs on.

    Where a description and a name stand side by side ("the mayor, Ana Ruiz, said"), it is the name, wherever in the description
    the parse hangs it ("the governor of Hama, Adnan Qasim, said").
    """
    nearest = _subject(verb)
    return None if nearest is None else named_beside(nearest)


def _subject(verb: Token) -> Token | None:
    for child in sorted(verb.children, key=lambda c: abs(c.i - verb.i)):
        if child.dep_ in {"nsubj", "agent"} or (child.dep_ == "nsubjpass" and verb.lemma_ == "quote"):
            target = _child(child, "pobj") if child.dep_ == "agent" else child
            return _antecedent(verb) if target is not None and target.lower_ in SPEECH["relative"] else target
    if verb.dep_ in {"conj", "advcl", "xcomp", "pcomp"} and verb.head.pos_ in {"VERB", "AUX", "ADP"} and verb.head != verb:
        above = verb.head if verb.head.pos_ != "ADP" else verb.head.head
        return None if above.pos_ not in {"VERB", "AUX"} else _subject(above) or _child(above, "nsubjpass")
    if verb.dep_ == "acl" and (verb.tag_ == "VBG" or any(child.dep_ == "ccomp" for child in verb.children)):
        return verb.head
    return None


def _antecedent(verb: Token) -> Token | None:
    return verb.head if verb.dep_ == "relcl" else None


def _according(token: Token) -> Iterator[Attributed]:
    """Yield the clause that an `according to X` belongs to, without that phrase."""
    to = token if token.lower_ == "per" else _child(token, "prep")
    source = None if to is None else _child(to, "pobj")
    if to is None or source is None or (token.lower_ == "per" and not _can_speak(source)):
        return
    above = token.head
    while above.pos_ not in {"VERB", "AUX"} and above.dep_ != "ROOT" and above.head != above:
        above = above.head
    for head, content in clauses(above, token):
        # A phrase deep inside (after a noun) is cut off as well.
        end = token.left_edge.i if content.contains(token) and token.i > head.i else content.end
        start = token.right_edge.i + 1 if content.contains(token) and token.i < head.i else content.start
        if start < end:
            yield Attributed(Range(start, end), head, source, Range(token.i, to.i + 1), CUES["say"])


def _can_speak(source: Token) -> bool:
    """Return whether the noun after a `per` is a source: "per reports", not "per cent" or "per day"."""
    return source.ent_type_ in {"ORG", "PERSON"} or source.tag_ in {"NNS", "NNPS"}
