"""Who says what: reporting verbs with their subjects and contents, and the modules for what else attributes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from services.enrich.language.claims.around import contents_around, is_in_middle
from services.enrich.language.claims.attributed import Attributed, Rule, by_rule
from services.enrich.language.claims.factuality import is_question, reporting
from services.enrich.language.claims.judgements import by_adjective
from services.enrich.language.claims.lexicon import CUES, NOUNS, PEOPLE, SPEECH, Cue, cue_of
from services.enrich.language.claims.nouns import by_noun, reports_clause
from services.enrich.language.claims.prepositions import by_preposition
from services.enrich.language.claims.spans import Range, child_of, clauses, subtree
from services.enrich.language.claims.subjects import SUBJECTS, beside, can_speak, inverted, named_before, named_beside, subject

SAY = CUES["say"]


def attributions(sentences: Sequence[Span]) -> Iterator[Attributed]:
    """Yield every attributed content of some sentences, one for each coordinated clause."""
    for token in (token for sentence in sentences for token in sentence):
        if is_reporting(token) and (cue := cue_of(token)):
            how = reporting(token)
            if how != "withheld":
                yield from _with_stance(_reported(token, cue), how)
        elif token.lemma_ == "put":
            yield from by_rule("tally", _counted(token))
        if token.pos_ == "NOUN":
            yield from by_rule("noun", by_noun(token))
        elif token.pos_ == "ADJ":
            yield from by_rule("adjective", by_adjective(token))
        elif token.pos_ in {"ADP", "VERB", "ADV", "SCONJ"}:
            yield from by_rule("preposition", by_preposition(token))


def attributions_alone(sentences: Sequence[Span]) -> Iterator[Attributed]:
    """Yield the reporting verbs that have a speaker and nothing said in their sentence: "…!" The mayor told the crowd."""
    for token in (token for sentence in sentences for token in sentence):
        if token.pos_ == "VERB" and (cue := cue_of(token)) and child_of(token, "ccomp", "xcomp") is None:
            speaker = inverted(token) or named_before(token) or subject(token)
            bare = "np" not in cue.takes or _ends_with_colon(token)  # "expressed concern:"
            if speaker is not None and reporting(token) is None and bare and can_speak(speaker):
                yield Attributed(Range(token.i, token.i), token, speaker, Range(token.i, token.i + 1), cue, _told(token))


def _ends_with_colon(verb: Token) -> bool:
    marks = [token for token in verb.sent if not token.is_space]
    return bool(marks) and marks[-1].text == ":"


def is_reporting(token: Token) -> bool:
    """Return whether a word is a verb, or is tagged as a noun though a clause hangs on it: "…, the prefect reckons"."""
    return token.pos_ == "VERB" or (token.pos_ == "NOUN" and token.dep_ == "ROOT" and child_of(token, "ccomp") is not None)


def _with_stance(attributed: Iterator[Attributed], how: str | None) -> Iterator[Attributed]:
    for one in attributed:
        if is_question(one.head, one.content):
            continue
        doubted = any(c.dep_ == "advmod" and c.lower_ in SPEECH["hedge"] for c in one.head.doc[one.cue.start].children)
        if one.verb is not None and one.verb.type == "denial" and _is_quoted(one):
            one = replace(one, verb=SAY)  # noqa: PLW2901 - "disputed it: “The wells were known.”"
        unconfirmed = one.speaker is not None and any(c.lower_ in SPEECH["unconfirmed"] for c in one.speaker.children)
        if (
            how == "uncertain"
            or doubted
            or unconfirmed
            or (one.verb is not None and "wish" in one.verb.takes and not _is_wanted(one.head))
        ):
            yield replace(one, verb=SAY, stance="uncertain")
        else:
            yield one


def _is_quoted(one: Attributed) -> bool:
    """Return whether a content is a clause in quotation marks, in which a speaker contradicts and does not deny it itself."""
    doc = one.head.doc
    before = doc[one.content.start - 1] if one.content.start > 0 else None
    opens = doc[one.content.start].is_quote or (before is not None and before.is_quote)
    return opens and one.head.pos_ in {"VERB", "AUX"}


def _is_wanted(head: Token) -> bool:
    """Return whether a clause says what somebody wants to do: "hopes to sell"."""
    return head.tag_ == "VBG" or any(child.tag_ == "TO" for child in head.children)


def _counted(verb: Token) -> Iterator[Attributed]:
    """Yield what somebody reckons: "the ministry put the death toll at 41"."""
    counted, speaker = child_of(verb, "dobj"), subject(verb)
    at = next((child for child in verb.children if child.dep_ == "prep" and child.lower_ == "at"), None)
    if counted is not None and at is not None and speaker is not None and counted.lemma_.lower() in SPEECH["tally"]:
        content = Range(counted.left_edge.i, verb.right_edge.i + 1)
        yield Attributed(content, counted, speaker, Range(verb.i, verb.i + 1), SAY)


def _reported(verb: Token, cue: Cue) -> Iterator[Attributed]:
    """Yield what a reporting verb attributes: a clause behind it, what stands around it, an infinitive or a noun phrase."""
    if passive := list(_raised(verb, cue)) or list(_passive(verb, cue)):
        yield from by_rule("passive", passive)
        return
    mark, quoting = Range(verb.i, verb.i + 1), _quoting(verb)
    speaker, via = quoting or _source(verb)
    if speaker is not None and not speaker.ent_type_ and speaker.lemma_.lower() in PEOPLE["abstract"]:
        return  # a slip of the parse: what never speaks
    if cue.takes == {"text"} and (speaker is None or speaker.lemma_.lower() not in PEOPLE["text"]):
        return
    beside_verb = via if via is not None and via.dep_ in SUBJECTS else speaker  # of "the ministry said, citing X" the first
    rule, contents = _clauses_of(verb, cue, beside_verb, quoted=quoting is not None)
    if contents or quoting is not None:
        yield from (Attributed(content, head, speaker, mark, cue, via, rule=rule) for head, content in contents)
    elif (speaker is not None or verb.dep_ in {"advcl", "conj", "acl"}) and not _is_reduced(verb):
        yield from _infinitive_or_phrase(verb, cue, speaker, mark, via)


def _source(verb: Token) -> tuple[Token | None, Token | None]:
    """Return who says it, and who passes it on."""
    speaker = _heard_from(verb) or inverted(verb) or named_before(verb) or subject(verb) or beside(verb)
    if speaker is not None and (cited := _cited(verb, speaker)) is not None:
        return cited, speaker
    return speaker, _told(verb)


def _clauses_of(verb: Token, cue: Cue, speaker: Token | None, *, quoted: bool) -> tuple[Rule, list[tuple[Token, Range]]]:
    """Return the clauses that a verb reports, and whether they stand behind it or around it."""
    behind = [child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i and child.pos_ in {"VERB", "AUX"}]
    behind += [child for child in verb.children if child.dep_ == "xcomp" and _is_gerund(child)]
    contents = [
        (head, _with_object(verb, clause, head, _before_semicolon(verb, content)))
        for clause in behind or _behind_hearer(verb)
        for head, content in clauses(clause, verb=verb)
    ]
    if speaker is None or quoted or _is_reduced(verb):
        return "clause", contents
    if is_in_middle(verb, speaker) if contents else not _has_content(verb, cue, speaker):
        around = contents_around(verb, speaker)
        if around:
            return "around", around
    return "clause", contents or _so(verb)


def _is_reduced(verb: Token) -> bool:
    """Return whether a participle says what was done to a noun: "the coating, called LESS, holds"."""
    participle = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.dep_ == "acl")
    return participle and verb.dep_ in {"acl", "relcl"} and child_of(verb, "aux", "auxpass", *SUBJECTS) is None


def _behind_hearer(verb: Token) -> list[Token]:
    """Return the clause that the parse hangs on who is told, or by whom: "told guards that soldiers had crossed"."""
    if verb.lemma_.lower() not in SPEECH["telling"] | SPEECH["hearing"]:
        return []
    hearers = [child for child in verb.children if child.i > verb.i and child.dep_ in {"dobj", "dative", "agent", "prep"}]
    hearers = [noun for child in hearers for noun in (child, *child.children)]
    return [
        clause
        for noun in hearers
        for clause in noun.children
        if clause.dep_ in {"relcl", "acl", "ccomp"} and any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    ]


def _heard_from(verb: Token) -> Token | None:
    """Return from whom somebody heard something: "learned from the village chief that"."""
    if verb.lemma_.lower() not in SPEECH["hearing"]:
        return None
    origin = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "from"), None)
    return None if origin is None else child_of(origin, "pobj")


def _is_gerund(clause: Token) -> bool:
    """Return whether a clause is one with "-ing": "admitted having bombed", "denied sending"."""
    return clause.tag_ == "VBG" or any(child.dep_ in {"aux", "auxpass"} and child.tag_ == "VBG" for child in clause.children)


def _infinitive_or_phrase(verb: Token, cue: Cue, speaker: Token | None, mark: Range, via: Token | None) -> Iterator[Attributed]:
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
    infinitive = child_of(verb, "xcomp")
    if verb.lemma_.lower() == "claim" and infinitive is not None and infinitive.lemma_.lower() in {"show", "depict"}:
        return
    if infinitive is not None and not passive and ("to" in cue.takes or _addressed(verb, cue) is not None):
        addressed = _addressed(verb, cue)
        for head, content in clauses(infinitive, verb=verb):
            start = content.start if addressed is None or head != infinitive else addressed.left_edge.i
            asked = CUES["urge"] if addressed is not None else cue
            yield Attributed(Range(start, content.end), head, speaker, mark, asked, via, rule="infinitive")
    else:
        yield from by_rule("phrase", _nominal(verb, cue, speaker, mark))


def _addressed(verb: Token, cue: Cue) -> Token | None:
    """Return whom somebody tells to do something: "told residents to leave", "called on all sides to stop"."""
    if "inf" not in cue.takes and verb.lemma_.lower() not in SPEECH["ordering"]:
        return None
    target = child_of(verb, "dobj", "dative")
    if target is None and (preposition := child_of(verb, "prep")) is not None:
        target = child_of(preposition, "pobj")
    infinitive = child_of(verb, "xcomp")
    return target if target is not None and infinitive is not None and verb.i < target.i < infinitive.i else None


def _raised(verb: Token, cue: Cue) -> Iterator[Attributed]:
    """Yield what a passive says of its subject: "is said to have crossed", "were reported killed", "were listed as missing"."""
    subjects = [child for child in verb.children if child.dep_ == "nsubjpass"]
    if verb.tag_ != "VBN" or not subjects or cue.type == "denial" or verb.lemma_.lower() not in SPEECH["raising"]:
        return
    clause = next((child for child in verb.children if child.i > verb.i and _says_of_subject(child)), None)
    if clause is None or any(child.dep_ == "nsubj" for child in clause.children):
        return
    agent = child_of(verb, "agent") or _counting(clause)
    by = None if agent is None else child_of(agent, "pobj")
    end = clause.right_edge.i + 1
    for child in verb.children:
        if child.dep_ == "prep" and child.left_edge.i == end:  # "are feared dead under the mud"
            end = child.right_edge.i + 1
    if agent is not None and agent.i > clause.i:
        end = min(end, agent.i)
    sure = by is not None or verb.lemma_.lower() in SPEECH["found_so"]
    content = Range(subjects[0].left_edge.i, end)
    yield Attributed(content, clause, by, Range(verb.i, verb.i + 1), SAY, stance=None if sure else "uncertain")


def _counting(clause: Token) -> Token | None:
    """Return the "by" of an office that counts, which the parse makes the doer: "were reported killed by the health office"."""
    by = next((t for t in clause.subtree if t.lower_ == "by" and t.dep_ in {"agent", "prep"} and t.i > clause.i), None)
    office = None if by is None else child_of(by, "pobj")
    return by if office is not None and office.lemma_.lower() in SPEECH["counting_body"] else None


def _says_of_subject(clause: Token) -> bool:
    if clause.dep_ == "prep" and clause.lower_ == "as":
        return True
    if clause.dep_ in {"oprd", "acomp"} and clause.tag_ in {"JJ", "VBN"}:
        return True
    return clause.dep_ in {"xcomp", "oprd", "ccomp", "advcl"} and clause.tag_ in {"VB", "VBN", "VBG"}


def _passive(verb: Token, cue: Cue) -> Iterator[Attributed]:
    """Yield what somebody says by a passive: "his death was announced by his son", "was blamed on smugglers by the ministry"."""
    about, agent = child_of(verb, "nsubjpass", "csubjpass", "csubj"), child_of(verb, "agent")
    if verb.tag_ != "VBN" or about is None or (child_of(verb, "auxpass") is None and about.dep_ == "nsubjpass"):
        return
    if child_of(verb, "ccomp", "xcomp") is not None or verb.lemma_.lower() in SPEECH["telling"]:
        return
    blamed = verb.lemma_.lower() in SPEECH["blaming"]
    if agent is None and blamed:
        agent = next((t for t in verb.subtree if t.i > verb.i and t.lower_ == "by" and t.dep_ in {"prep", "agent"}), None)
    by = None if agent is None else child_of(agent, "pobj")
    mark = Range(verb.i, verb.i + 1)
    if about.dep_ != "nsubjpass":
        yield from (Attributed(content, head, by, mark, cue) for head, content in clauses(about))
        return
    if by is None or agent is None or ("np" not in cue.takes and not blamed) or about.pos_ == "PRON":
        return
    if NOUNS.get(about.lemma_.lower()) is not None and child_of(about, "acl") is not None:
        return  # "accusations that … were rejected": the noun reports it
    near = [*verb.children, *by.children]
    accused = next((c for c in near if blamed and c.dep_ == "prep" and c.lower_ in {"of", "for", "on", "with"}), None)
    if accused is not None and accused.lower_ == "on" and accused.i > agent.i:
        yield Attributed(Range(about.left_edge.i, accused.right_edge.i + 1), verb, by, mark, cue)
    elif accused is not None and accused.i > agent.i and (deed := child_of(accused, "pcomp", "pobj")) is not None:
        yield Attributed(subtree(deed), deed, by, mark, cue)
    elif accused is not None:
        yield Attributed(Range(about.left_edge.i, agent.left_edge.i), verb, by, mark, cue)
    else:
        yield Attributed(subtree(about), about, by, mark, cue)


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


def _cited(verb: Token, speaker: Token) -> Token | None:
    """Return whom the subject of a verb cites: "Anadolu, quoting the rescue service, reported", "the ministry said, citing X"."""
    beside_it = [*(c for c in speaker.children if c.dep_ == "acl"), *(c for c in verb.children if c.dep_ in {"advcl", "prep"})]
    for clause in beside_it:
        if clause.tag_ == "VBG" and clause.lemma_.lower() in {"quote", "cite"} and (source := child_of(clause, "dobj", "pobj")):
            return named_beside(source)
    return None


def _has_content(verb: Token, cue: Cue, speaker: Token) -> bool:
    """Return whether a verb has an object or infinitive behind it that is its content, and nobody who is told something."""
    behind = [child for child in verb.children if child.i > verb.i and child != speaker and child not in speaker.ancestors]
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


def _so(verb: Token) -> list[tuple[Token, Range]]:
    """Return the sentence before one like "So says the bishop"."""
    sentence = verb.sent
    alone = verb.dep_ == "ROOT" and sentence.start > 0 and len(sentence) < 8
    if not alone or not any(child.lower_ == "so" and child.dep_ == "advmod" for child in verb.children):
        return []
    before = verb.doc[sentence.start - 1].sent
    return clauses(before.root) if before.root.pos_ in {"VERB", "AUX"} and "\n" not in verb.doc[sentence.start - 1].text else []


def _with_object(verb: Token, clause: Token, head: Token, content: Range) -> Range:
    """Return a content with its subject where the parse takes that for an object: "denied | the depot | had been emptied"."""
    target = child_of(verb, "dobj")
    if head != clause or target is None or verb.lemma_.lower() in SPEECH["telling"] or clause.dep_ != "ccomp":
        return content
    finite = any(child.dep_ in {"aux", "auxpass"} and child.tag_ in {"VBD", "VBZ", "VBP", "MD"} for child in clause.children)
    bare = not any(child.dep_ in {"nsubj", "nsubjpass", "expl", "mark"} for child in clause.children)
    behind = target.right_edge.i + 1
    adjacent = behind == content.start or (behind + 1 == content.start and verb.doc[behind].text == ",")
    return Range(target.left_edge.i, content.end) if finite and bare and adjacent else content


def _before_semicolon(verb: Token, content: Range) -> Range:
    """Return a content behind a verb as far as the next semicolon, or a colon before a quotation: what follows is said anew."""
    doc = verb.doc
    first = next((i for i in range(content.start, content.end) if not doc[i].is_punct or doc[i].text == ";"), content.start)
    inside = range(max(verb.i, first), content.end)
    end = next(
        (i for i in inside if doc[i].text == ";" or (doc[i].text == ":" and i + 1 < len(doc) and doc[i + 1].is_quote)),
        content.end,
    )
    return Range(content.start, max(end, content.start + 1))


def _nominal(verb: Token, cue: Cue, speaker: Token | None, mark: Range) -> Iterator[Attributed]:
    """Yield what a verb says in a noun phrase: "denied reports of gains", "called for calm", "spoke of two dead"."""
    if speaker is None or (cue.type == "denial" and _is_refusal(verb)):
        return
    if "text" in cue.takes and speaker.lemma_.lower() not in PEOPLE["text"]:
        return
    asked_for = _asked_for(verb, cue)
    if asked_for is not None:
        yield Attributed(Range(asked_for.left_edge.i + 1, asked_for.right_edge.i + 1), asked_for, speaker, mark, cue)
        return
    prepositions = {"for", "of", "against"} if "for" in cue.takes else set()
    for child in verb.children:
        own = CUES.get(f"{verb.lemma_.lower()} {child.lower_}") is cue  # the preposition is part of the cue
        if child.i > verb.i and child.dep_ in {"prep", "prt"} and (child.lower_ in prepositions or own):
            target = child_of(child, "pobj", "pcomp")
            if target is not None and not _reports_clause(target):
                yield Attributed(subtree(target), target, speaker, Range(verb.i, child.i + 1), cue)
                return
    target = child_of(verb, "dobj")
    if verb.lemma_.lower() == "claim" and target is not None and target.lemma_.lower() in SPEECH["gained"]:
        return
    if "np" in cue.takes and target is not None and target.i > verb.i and not _reports_clause(target):
        later = [c for c in verb.children if c.i > target.i and c.dep_ in {"conj", "cc", "advcl", "punct", "ccomp", "npadvmod"}]
        end = min((c.left_edge.i for c in later), default=verb.right_edge.i + 1)
        yield Attributed(Range(target.left_edge.i, max(end, target.i + 1)), target, speaker, mark, cue)


def _asked_for(verb: Token, cue: Cue) -> Token | None:
    """Return what somebody calls for as a clause: "called for the wall to be torn down"."""
    if "for" not in cue.takes and CUES.get(f"{verb.lemma_.lower()} for") is None:
        return None
    clauses_behind = (c for c in verb.children if c.i > verb.i and c.dep_ in {"advcl", "ccomp", "xcomp"})
    clause = next((c for c in clauses_behind if any(t.tag_ == "TO" for t in c.children)), None)
    return clause if clause is not None and clause.left_edge.dep_ == "mark" and clause.left_edge.lower_ == "for" else None


def _is_refusal(verb: Token) -> bool:
    """Return whether a verb of denial denies no statement: "denied the convoy entry", "dismissed the general"."""
    target = child_of(verb, "dobj")
    if child_of(verb, "dative") is not None or target is None:
        return True
    if verb.lemma_.lower() == "deny":
        return target.lemma_.lower() in SPEECH["granted"]
    if verb.lemma_.lower() == "shoot":  # "shot down the rumour", and not "two drones"
        return target.lemma_.lower() not in NOUNS
    return verb.lemma_.lower() == "dismiss" and (target.ent_type_ == "PERSON" or target.lemma_.lower() not in NOUNS)


def _reports_clause(noun: Token) -> bool:
    """Return whether a noun reports a clause of its own, which is the content then: "denied reports that …"."""
    return noun.lemma_.lower() in NOUNS and reports_clause(noun)
