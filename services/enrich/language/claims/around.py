"""The clauses that an attribution stands behind or in the middle of: "The road, he said, is closed"."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from services.enrich.language.claims.lexicon import SPEECH, cue_of
from services.enrich.language.claims.spans import DASHES, Range, child_of, clauses
from services.enrich.language.claims.subjects import SUBJECTS

TRAILING = frozenset({"dobj", "dative", "prep", "npadvmod", "advmod", "prt", "agent", "oprd", "advcl"})
"""What stands behind a verb and belongs to the attribution: "told Reuters by telephone on Friday in a statement"."""

MARKS = DASHES | {",", ";", ":", "(", ")", ".", "?", "!"}
JOINTS, CITING = SPEECH["joint"], SPEECH["citing"]
OPENING = frozenset({"\u201c", "\u201e", "\u00ab", "``"})
SETTING = frozenset({"prep", "npadvmod", "advmod", "advcl", "cc", "pcomp", "intj"})
FAR_SUBJECT = 30
"""Tokens between a verb and a subject that is too far away to stand in one phrase with it."""


def contents_around(verb: Token, speaker: Token) -> list[tuple[Token, Range]]:
    """Return the clauses that an attribution stands behind or in the middle of: "The road, he said, is closed".

    Coordinated clauses on both sides of it are contents of their own; one clause that it interrupts is one content. Where
    another attribution ends the sentence, what stands between the two is that one's.
    """
    doc, phrase = verb.doc, attribution_phrase(verb, speaker)
    segment = segment_of(verb)
    before, behind = _others(verb, segment)
    if before is not None:
        segment = Range(max(segment.start, before), segment.end)
    left, right = _bare(doc, segment.start, phrase.start), _bare(doc, phrase.end, segment.end)
    setting = left if left is not None and _is_setting(doc, left, verb) else None
    if setting is not None:
        left = None
    quote = left is not None and _ends_quote(doc, left, phrase)
    if left is not None and quote:
        left = Range(_behind_colon(doc, left), left.end)
    if not quote and not _is_set_off(doc, phrase, segment):
        return []
    own_clause = right is not None and _has_clause(doc, right) and doc[right.start].lower_ not in JOINTS
    if setting is not None and right is not None and own_clause and not _is_aside(doc[right.start]):
        pieces = list(_pieces(doc, right))  # "On Tuesday, the mayor said, nine houses burned"
        return pieces if len(pieces) > 1 else [(pieces[0][0], Range(setting.start, right.end))]
    if left is None or right is None:
        piece = left or right
        # Behind the attribution only what a colon or a quotation mark introduces is its content.
        introduced = right is None or any(t.text == ":" or t.is_quote for t in doc[phrase.end : right.start])
        return list(_pieces(doc, piece)) if piece is not None and introduced else []
    return _on_both_sides(doc, left, phrase, right, only_left=behind or quote)


def _on_both_sides(doc: Doc, left: Range, phrase: Range, right: Range, *, only_left: bool) -> list[tuple[Token, Range]]:
    """Return the clauses before and behind an attribution; `only_left`: what stands behind is its content only in quotation marks."""
    if (only_left and not any(t.is_quote for t in doc[phrase.end : right.end])) or _is_aside(doc[right.start]):
        return list(_pieces(doc, left))
    if any(t.text == ":" for t in doc[phrase.end : right.start]) or _begins_clause(doc, right):
        return [*_pieces(doc, left), *_pieces(doc, right)]
    complete = _has_clause(doc, left)
    if complete and (own := _own_clause(doc, left, right)) is not None:
        return [*_pieces(doc, left), (own, right)]
    dash = any(t.text in DASHES for t in doc[phrase.end : right.start])
    short = not _has_clause(doc, right) and doc[right.start].pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"}
    if complete and (dash or short) and _is_complete(doc, left):
        return list(_pieces(doc, left))
    head = next(iter(_pieces(doc, left if _has_clause(doc, left) else right)))
    return [(head[0], Range(left.start, right.end))]


def _own_clause(doc: Doc, left: Range, right: Range) -> Token | None:
    """Return the verb of a whole clause behind an attribution: "Life was normal, he said, bakeries were open"."""
    tops = [t for t in doc[right.start : right.end] if (not right.contains(t.head) or t.head == t) and not t.is_punct]
    verb = tops[0] if tops else None
    if verb is None or verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"advcl", "acl", "relcl"}:
        return None
    subject = child_of(verb, *SUBJECTS)
    return verb if subject is not None and right.contains(subject) and _is_complete(doc, left) else None


def _is_complete(doc: Doc, piece: Range) -> bool:
    """Return whether a part has a finite verb with its subject."""
    return any(
        t.dep_ in SUBJECTS and piece.contains(t.head) and t.head.dep_ not in {"relcl", "acl"}
        for t in doc[piece.start : piece.end]
    )


def _has_clause(doc: Doc, piece: Range) -> bool:
    return any(token.pos_ in {"VERB", "AUX"} for token in doc[piece.start : piece.end])


def is_in_middle(verb: Token, speaker: Token) -> bool:
    """Return whether marks set an attribution off within its sentence, with words before it."""
    phrase, segment = attribution_phrase(verb, speaker), segment_of(verb)
    left = _bare(verb.doc, segment.start, phrase.start)
    return left is not None and _is_set_off(verb.doc, phrase, segment) and not _is_setting(verb.doc, left, verb)


def _is_setting(doc: Doc, left: Range, verb: Token) -> bool:
    """Return whether words before an attribution only say when, where or after what it is said: "On Monday, he said, …"."""
    tops = [t for t in doc[left.start : left.end] if not left.contains(t.head) and not t.is_punct]
    return bool(tops) and all(
        (t.dep_ in SETTING or _is_while(t)) and (t.head == verb or t.head in verb.ancestors) for t in tops
    )


def _is_while(clause: Token) -> bool:
    """Return whether a clause says what a speaker does meanwhile, which the parse takes for a subject: "Speaking to NBC, she said"."""
    return clause.dep_ == "csubj" and clause.tag_ == "VBG"


def _is_aside(first: Token) -> bool:
    """Return whether words behind an attribution have a cue of their own: "…, he said, adding that …"."""
    return first.tag_ == "VBG" or first.lower_ in CITING


def _begins_clause(doc: Doc, piece: Range) -> bool:
    """Return whether a part begins with a conjunction and has a verb of its own: "and dozens of houses were destroyed"."""
    if doc[piece.start].lower_ not in JOINTS:
        return False
    finite = doc[piece.start].lower_ in {"and", "but"}
    return any(
        t.pos_ in {"VERB", "AUX"}
        and (any(c.dep_ in SUBJECTS for c in t.children) or (finite and t.tag_ in {"VBD", "VBZ", "VBP"} and t.dep_ == "conj"))
        for t in doc[piece.start : piece.end]
    )


def _ends_quote(doc: Doc, left: Range, phrase: Range) -> bool:
    """Return whether a quotation ends right before an attribution, which it belongs to then whatever comes behind."""
    return any(t.is_quote and t.text not in OPENING for t in doc[left.end : phrase.start])


def _behind_colon(doc: Doc, left: Range) -> int:
    """Return where a quotation that a colon introduces begins: "indicated that he was sorry: “We regret it,” she said"."""
    marks = (i for i in range(left.end - 2, left.start, -1) if doc[i].is_quote and doc[i - 1].text == ":")
    return next(marks, left.start - 1) + 1


def _others(verb: Token, segment: Range) -> tuple[int | None, bool]:
    """Return where another attribution that marks set off ends before this one, and whether one ends the sentence behind it."""
    before, behind = None, False
    for other in verb.doc[segment.start : segment.end]:
        if other == verb or other.pos_ != "VERB" or cue_of(other) is None:
            continue
        if any(child.i > other.i and child.dep_ in {"ccomp", "xcomp", "dobj"} for child in other.children):
            continue
        speaker = child_of(other, "nsubj")
        if speaker is None or abs(speaker.i - other.i) > FAR_SUBJECT:
            continue
        phrase = attribution_phrase(other, speaker)
        if not _is_set_off(verb.doc, phrase, segment) or _bare(verb.doc, segment.start, phrase.start) is None:
            continue
        if other.i < verb.i:
            before = phrase.end
        elif _bare(verb.doc, phrase.end, segment.end) is None:
            behind = True
    return before, behind


def attribution_phrase(verb: Token, speaker: Token) -> Range:
    """Return the words of an attribution: the verb with its subject, whom it tells, and when and in what it is said."""
    start, end = min(verb.i, speaker.left_edge.i), max(verb.i, speaker.right_edge.i) + 1
    if abs(speaker.i - verb.i) > FAR_SUBJECT:
        start, end = verb.i, verb.i + 1
    for child in verb.children:
        near = child.dep_ in {"aux", "auxpass", "neg", "advmod"} and child.i >= start - 3
        if child.i < verb.i and (near or child.dep_ == "nsubjpass"):
            start = min(start, child.left_edge.i)
    while start > verb.sent.start and verb.doc[start - 1].dep_ == "det":
        start -= 1
    while start > verb.sent.start and verb.doc[start - 1].lower_ in {"as", "or", "so"}:  # "as the army said", "or so it claims"
        start -= 1
    above = speaker
    while above.dep_ == "appos" and above.head.i < above.i and above.head.pos_ == "NOUN" and above.head.ent_type_ == "":
        above = above.head  # "the mayor, Ana Ruiz, said"
        start = min(start, above.i if above.dep_ == "appos" else above.left_edge.i)
        while start > verb.sent.start and verb.doc[start - 1].dep_ in {"det", "compound", "amod", "poss"}:
            start -= 1
    doc = verb.doc
    for child in sorted(verb.children, key=lambda c: c.i):
        if child.i >= verb.i and child.dep_ in TRAILING and child.left_edge.i <= end and child.right_edge.i + 1 > end:
            comma = next((t.i for t in doc[end : child.right_edge.i + 1] if t.text in {",", ";", ":"} or t.is_quote), None)
            end = child.right_edge.i + 1 if comma is None else comma
    return Range(start, end)


def segment_of(cue: Token) -> Range:
    """Return the part of a sentence between semicolons that a cue stands in."""
    sentence = cue.sent
    start, end = sentence.start, sentence.end
    for token in sentence:
        if token.text == ";":
            if token.i < cue.i:
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
    verbs = [t for t in tops if t.pos_ in {"VERB", "AUX"} and (t == tops[0] or t.dep_ not in {"advcl", "acl", "relcl"})]
    if not verbs:
        yield (tops[0] if tops else doc[piece.start]), piece
        return
    parts = [
        (head, Range(max(c.start, piece.start), min(c.end, piece.end)))
        for verb in verbs
        for head, c in clauses(verb)
        if piece.contains(head)
    ]
    if len(parts) == 1:
        yield parts[0][0], piece
        return
    yield from ((head, part) for head, part in parts if part.start < part.end)
