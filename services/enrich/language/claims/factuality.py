"""Whether a claim is asserted, denied or uncertain, and what is not asserted by anybody: withheld and refused reports, questions, and what only hangs on a condition."""

from typing import Literal

from spacy.tokens import Token

from services.enrich.language.claims.lexicon import NOUNS, SPEECH, Cue, Polarity, cue_of
from services.enrich.language.claims.spans import Range, child_of

ASKING = frozenset({"whether", "if"})


def reporting(verb: Token) -> Literal["withheld", "uncertain"] | None:
    """Return what becomes of what a reporting verb reports: None where it is said, "withheld" where it is not.

    "Has not confirmed", "declined to say", "was urged to say", "if the army says" report nothing, and nor does a denial that is
    none ("did not deny"). What nobody can exclude is uncertain.
    """
    if _is_negated(verb):
        excludes = verb.lemma_.lower() in SPEECH["exclude"] or (verb.lemma_ == "rule" and child_of(verb, "prt") is not None)
        return "uncertain" if excludes else "withheld"
    return "withheld" if _is_conditional(verb) or _is_only_asked_for(verb) or _is_denied(verb) else None


def _is_negated(verb: Token) -> bool:
    if any(child.dep_ == "neg" or (child.lower_ == "longer" and child.dep_ == "advmod") for child in verb.children):
        return True
    if any(child.dep_ in {"nsubj", "nsubjpass"} and _is_nobody(child) for child in verb.children):
        return True
    above = verb.head
    if verb.dep_ == "pcomp" and (
        above.lower_ in {"without", "than", "instead"}
        or (above.lower_ == "of" and above.i > 0 and above.nbor(-1).lower_ in {"short", "instead"})
    ):
        return True
    if verb.dep_ not in {"xcomp", "ccomp", "acl", "pcomp"} or above == verb or above.i > verb.i:
        return False
    unable = above.lemma_.lower() in SPEECH["able"] or above.pos_ in {"AUX", "ADJ"}
    return above.lemma_.lower() in SPEECH["withhold"] or (
        unable and above.pos_ != "VERB" and any(child.dep_ == "neg" for child in above.children)
    )


def _is_denied(verb: Token) -> bool:
    """Return whether somebody denies that somebody said it: "denied that the garrison had said"."""
    above = verb.head
    if verb.dep_ != "ccomp" or above == verb or above.i > verb.i:
        return False
    cue = cue_of(above)
    return cue is not None and cue.type == "denial"


def _is_conditional(verb: Token) -> bool:
    """Return whether a verb stands in a condition: "if the army says so"."""
    for above in (verb, *verb.ancestors):
        if above.dep_ == "advcl":
            return any(child.dep_ == "mark" and child.lower_ in {"if", "unless"} for child in above.children)
        if above.dep_ not in {"conj", "xcomp"}:
            return False
    return False


def _is_only_asked_for(verb: Token) -> bool:
    """Return whether somebody only shall say something: "was urged to say", "is expected to announce"."""
    return (
        verb.dep_ in {"xcomp", "ccomp"}
        and verb.tag_ == "VB"
        and verb.head.i < verb.i
        and (verb.head.lemma_.lower() in SPEECH["asking_to"] or _only_claims(verb.head, verb))
    )


def _only_claims(verb: Token, shown: Token) -> bool:
    """Return whether something is only said to show it: "videos that claim to show abuses"."""
    return verb.lemma_.lower() in {"claim", "purport", "appear", "seem", "pretend"} and shown.lemma_.lower() in {
        "show",
        "depict",
    }


def _is_nobody(subject: Token) -> bool:
    return subject.lower_ in {"nobody", "none", "neither", "no-one"} or any(
        child.lower_ in {"no", "neither"} for child in subject.children
    )


def is_question(head: Token, content: Range) -> bool:
    """Return whether a content is a question that somebody asks or leaves open: "whether", "who", "how many"."""
    doc = head.doc
    index = content.start
    while index < content.end and (
        doc[index].is_punct or doc[index].is_space or doc[index].lower_ in {"and", "or", "as", "to"}
    ):
        index += 1
    first = doc[index] if index < content.end else head
    asks = first.tag_ in {"WP", "WRB", "WP$"} or (first.tag_ == "WDT" and first.lower_ != "that")
    if asks and not any(
        above.dep_ == "advcl" for above in (first, *first.ancestors) if above != head and content.contains(above)
    ):
        return True
    if first.lower_ in ASKING and first.dep_ == "mark" and first.head == head:
        return True
    return doc[head.sent.end - 1].text == "?" or any(token.text == "?" for token in doc[content.end : content.end + 2])


def is_negated(head: Token) -> bool:
    """Return whether a clause says that something did not happen: "was not hit", "no one left", "there was no shelling"."""
    children = list(head.children)
    if {c.lower_ for c in children} & SPEECH["deontic"]:
        return False
    if any(c.dep_ == "neg" and not _is_lifted(c) for c in children):
        return True
    if any(c.dep_ in {"advmod", "neg"} and c.left_edge.lower_ == "never" for c in children):
        return True
    if any(c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"} and _denies(c) for c in children):
        return True
    return calls_false(head) or (head.pos_ == "NOUN" and _denies(head))


def calls_false(head: Token) -> bool:
    """Return whether a clause says that a report is false: "reports of a strike were baseless"."""
    reports = any(c.dep_ in {"nsubj", "nsubjpass"} and c.lemma_.lower() in NOUNS for c in head.children)
    words = [head, *(c for c in head.children if c.dep_ in {"acomp", "attr", "oprd"})]
    return reports and any(word.lower_ in SPEECH["false"] for word in words)


def _is_lifted(negation: Token) -> bool:
    """Return whether what follows lifts a negation: "not until Friday", "not only"."""
    after = negation.nbor(1).lower_ if negation.i + 1 < len(negation.doc) else ""
    return after in {"until", "only", "just", "merely", "simply"}


def _denies(subject: Token) -> bool:
    """Return whether a subject says that nobody or nothing did it: "nobody", "no house", "neither the port nor", "not one of"."""
    first = subject.left_edge
    if first.lower_ in {"no", "not"} and first.nbor(1).lower_ in {"fewer", "less", "more", "longer", "doubt", "only"}:
        return False  # "no fewer than 30"
    if subject.lower_ in SPEECH["negation"] or any(child.lower_ == "no" for child in subject.children):
        return True
    return first.lower_ in {"no", "none", "neither", "nobody"} or (
        first.lower_ == "not" and first.nbor(1).lower_ in {"one", "a", "any", "even"}
    )


def hedged(head: Token, content: Range) -> bool:
    """Return whether a word within the scope of a clause makes it uncertain: "reportedly", "may" the verb, "appears to"."""
    for token in head.doc[content.start : content.end]:
        word, lemma = token.lower_, token.lemma_.lower()
        if word not in SPEECH["hedge"] and lemma not in SPEECH["hedge"]:
            continue
        if token.pos_ == "PROPN" or (word in MODALS and token.pos_ != "AUX"):
            continue
        if lemma == "suspect" and token.dep_ != "ROOT" and (token.pos_ == "NOUN" or token.dep_ in {"amod", "compound"}):
            continue  # "two suspected informants were held" doubts nothing but what they are
        if word == "could" and token.head.lemma_.lower() in SPEECH["perceived"]:
            continue  # "we could hear them"
        of_predicate = token.head.dep_ in {"acomp", "attr"} and token.head.head == head
        if token.pos_ == "ADV" and token.head.pos_ not in {"VERB", "AUX"} and token.head != head and not of_predicate:
            continue
        if _in_scope(token, head):
            return True
    return False


def polarity(range_: Range, head: Token, cue: Cue | None) -> Polarity:
    """Return whether a claim is plainly asserted."""
    if (cue is not None and cue.type == "denial") or is_negated(head):
        return "denied"
    return "uncertain" if hedged(head, range_) else "asserted"


MODALS = frozenset({"may", "might", "could"})
OTHER_CLAUSES = frozenset({"relcl", "advcl", "acl", "csubj"})


def _in_scope(token: Token, head: Token) -> bool:
    """Return whether a word hangs on a clause's verb, and not on a clause within it."""
    at = token
    for _ in range(6):
        if at == head:
            return True
        if at != token and (at.dep_ in OTHER_CLAUSES or (at.dep_ == "ccomp" and at.left_edge.tag_ in {"WP", "WRB", "WDT"})):
            return False
        if at.head == at:
            break
        at = at.head
    return at == head or head in token.children or any(token == above for above in head.ancestors)
