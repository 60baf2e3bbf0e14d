"""Who says what: reporting verbs with their subjects and contents, and the modules for what else attributes."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from services.enrich.language.claims.around import contents_around
from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.factuality import is_question, is_withheld
from services.enrich.language.claims.lexicon import CUES, SPEECH, Cue
from services.enrich.language.claims.prepositions import by_preposition
from services.enrich.language.claims.spans import Range, child_of, clauses, subtree
from services.enrich.language.claims.subjects import beside, inverted, named_before, named_beside, subject


def attributions(sentences: Sequence[Span]) -> Iterator[Attributed]:
    """Yield every attributed content of some sentences, one for each coordinated clause."""
    for token in (token for sentence in sentences for token in sentence):
        if token.pos_ == "VERB" and (cue := CUES.get(token.lemma_.lower())):
            if not is_withheld(token):
                yield from (one for one in _reported(token, cue) if not is_question(one.head, one.content))
        elif token.lemma_ == "put":
            yield from _counted(token)
        elif token.lower_ in {"according", "per"} and token.dep_ in {"prep", "advmod", "pcomp"}:
            yield from by_preposition(token)


def _counted(verb: Token) -> Iterator[Attributed]:
    """Yield what somebody reckons: "the ministry put the death toll at 41"."""
    counted, speaker = child_of(verb, "dobj"), subject(verb)
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
    if "to" in cue.takes and not passive and (infinitive := child_of(verb, "xcomp")):
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
    agent = child_of(verb, "agent")
    by = None if agent is None else child_of(agent, "pobj")
    start, end = subjects[0].left_edge.i, clause.right_edge.i + 1
    yield Attributed(Range(start, end), clause, by, Range(verb.i, verb.i + 1), CUES["say"], hearsay=by is None)


def _quoting(verb: Token) -> tuple[Token, Token | None] | None:
    """Return speaker and outlet of "was quoted by Tass as saying" and "Tass quoted the ministry as saying"."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as" or verb.head.head.lemma_.lower() not in {"quote", "cite"}:
        return None
    quote = verb.head.head
    quoted, agent = child_of(quote, "nsubjpass"), child_of(quote, "agent")
    if quoted is not None:
        return named_beside(quoted), None if agent is None else child_of(agent, "pobj")
    if (source := child_of(quote, "dobj")) is not None:
        return named_beside(source), child_of(quote, "nsubj")
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


def _nominal(verb: Token, cue: Cue, speaker: Token | None, mark: Range) -> Iterator[Attributed]:
    """Yield what a verb says in a noun phrase: "denied reports of gains", "called for calm", "urged the troops to go"."""
    if speaker is None:
        return
    if "for" in cue.takes:
        for preposition in (
            c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"for", "of", "against"} and c.i > verb.i
        ):
            if target := child_of(preposition, "pobj") or child_of(preposition, "pcomp"):
                yield Attributed(subtree(target), target, speaker, Range(verb.i, preposition.i + 1), cue)
                return
    target = child_of(verb, "dobj")
    if "np" in cue.takes and target is not None and target.i > verb.i:
        later = [c for c in verb.children if c.i > target.i and c.dep_ in {"conj", "cc", "advcl", "punct", "ccomp", "npadvmod"}]
        end = min((c.left_edge.i for c in later), default=verb.right_edge.i + 1)
        yield Attributed(Range(target.left_edge.i, max(end, target.i + 1)), target, speaker, mark, cue)
