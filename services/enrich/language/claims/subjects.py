"""Who a reporting verb says it of: its subject, an inverted one, a name in apposition."""

from spacy.tokens import Token

from services.enrich.language.claims.lexicon import PEOPLE, SPEECH
from services.enrich.language.claims.spans import belongs_to_outer, child_of

NAMED = frozenset({"PERSON", "ORG"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def subject(verb: Token) -> Token | None:
    """Return the head of who says it: the verb's own subject, or that of the clause that it hangs on.

    Where a description and a name stand side by side ("the mayor, Ana Ruiz, said"), it is the name, wherever in the description
    the parse hangs it ("the governor of Hama, Adnan Qasim, said").
    """
    nearest = _subject(verb)
    return None if nearest is None else named_beside(nearest)


def can_speak(head: Token) -> bool:
    """Return whether a noun is somebody or something that says things: a name, a person, a body, a text."""
    if head.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"} or head.pos_ == "PRON":
        return True
    return names_speaker(head)


def names_speaker(noun: Token) -> bool:
    """Return whether a common noun names somebody or something that says things: "mayor", "ministry", "report"."""
    lemma = noun.lemma_.lower()
    return any(lemma in PEOPLE[kind] for kind in ("person", "man", "woman", "people", "body", "text"))


def _subject(verb: Token, steps: int = 4) -> Token | None:
    for child in sorted(verb.children, key=lambda c: abs(c.i - verb.i)):
        if child.dep_ in {"nsubj", "agent"} or (child.dep_ == "nsubjpass" and verb.lemma_ == "quote"):
            target = child_of(child, "pobj") if child.dep_ == "agent" else child
            return _antecedent(verb) if target is not None and target.lower_ in SPEECH["relative"] else target
    if verb.dep_ in {"conj", "advcl", "xcomp", "pcomp", "ccomp"} and verb.head != verb and steps > 0:
        above = verb.head
        while above.pos_ in {"ADP", "ADV", "ADJ", "SCONJ"} and above.head != above:
            above = above.head
        if above.dep_ == "ccomp" and belongs_to_outer(verb, above, above.head):
            above = above.head
        if above.pos_ not in {"VERB", "AUX"} or (verb.dep_ == "ccomp" and (above.i > verb.i or _is_finite(verb))):
            return None
        return child_of(above, "nsubjpass") or _subject(above, steps - 1)
    if verb.dep_ == "acl" and (verb.tag_ == "VBG" or any(child.dep_ == "ccomp" for child in verb.children)):
        above = verb.head
        filer = subject(above.head) if above.dep_ == "dobj" and above.lemma_.lower() in PEOPLE["text"] and steps > 0 else None
        return filer or above  # "the group filed a motion claiming"
    return None


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in {"VBD", "VBZ", "VBP", "MD"} or any(c.dep_ in {"aux", "auxpass"} for c in verb.children)


def _antecedent(verb: Token) -> Token | None:
    return verb.head if verb.dep_ == "relcl" else None


def inverted(verb: Token) -> Token | None:
    """Return the head of a speaker that stands right behind a verb which a mark stands before: "…, said the mayor"."""
    doc, at = verb.doc, verb.i + 1
    before = doc[verb.i - 1] if verb.i > 0 else None
    opens = before is not None and (before.is_quote or (verb.i > verb.sent.start and before.is_punct))
    if not opens or at >= verb.sent.end or verb.lemma_.lower() in SPEECH["telling"] or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
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
    hyphened = head.i + 2 < verb.sent.end and doc[head.i + 1].text == "-"
    if hyphened and head.dep_ in SUBJECTS:  # "said co-author Ana Ruiz", where the parse sees two subjects
        head = next((c for c in verb.children if c.i > head.i and c.dep_ in SUBJECTS and c.ent_type_ == "PERSON"), head)
    if head.dep_ in SUBJECTS and head.head != verb and not _is_enclosed(verb, head):  # of what is said
        return None
    if head.dep_ in {"dobj", "dative"} and any(child.dep_ in SUBJECTS for child in verb.children if child.i < verb.i):
        return None
    return named_beside(head)


def _is_enclosed(verb: Token, head: Token) -> bool:
    """Return whether commas set off a verb with what stands behind it: "…, wrote the envoy, Piet Vos, …"."""
    before, last = verb.i - 1, head.i + 1
    return before > verb.sent.start and verb.doc[before].text == "," and last < verb.sent.end and verb.doc[last].text == ","


def named_beside(head: Token) -> Token:
    """Return the name that stands in apposition to a description, or right behind it; else the description."""
    if head.ent_type_ in NAMED:
        return _possessed(head)
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


def _possessed(name: Token) -> Token:
    """Return who is meant where the parse takes the body for its officer: "San Diego's chancellor, Pradeep Khosla"."""
    doc, end = name.doc, name.i + 1
    while end < name.sent.end and doc[end].ent_type_ and doc[end].tag_ != "POS":
        end += 1
    if name.ent_type_ != "ORG" or end >= name.sent.end or doc[end].tag_ != "POS":
        return name
    noun = next((t for t in doc[end + 1 : min(end + 5, name.sent.end)] if t.pos_ == "NOUN" and t.dep_ != "compound"), None)
    return named_beside(noun) if noun is not None and can_speak(noun) else name


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
    while at >= verb.sent.start and (
        verb.doc[at].dep_ in {"aux", "neg"}
        or verb.doc[at].text == ","
        or (verb.doc[at].dep_ == "advmod" and not _is_name(verb.doc[at]))
    ):
        at -= 1
    if at < verb.sent.start or verb.dep_ in {"xcomp", "acl", "advcl", "pcomp", "conj"}:
        return None
    token = verb.doc[at]
    described = verb.pos_ == "NOUN" and can_speak(token)
    return token if described or _is_name(token) else None


def _is_name(token: Token) -> bool:
    return token.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"} or (token.text.isupper() and len(token.text) > 1)
