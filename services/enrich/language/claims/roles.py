"""Who does what to whom: the subject and the object of a verb as they are meant, and of the event that a noun names."""

from collections.abc import Callable, Iterator
from functools import wraps

from spacy.tokens import Token

SUBJECTS, OBJECTS = frozenset({"nsubj", "csubj"}), frozenset({"dobj", "nsubjpass", "oprd"})


Finder = Callable[[Token], list[Token]]


def _kept(find: Finder) -> Finder:
    """Return a function that keeps what it found for each word in the document, by index: a token there would hold the document for ever."""
    name = f"sitrep_{find.__name__}"

    @wraps(find)
    def found(word: Token) -> list[Token]:
        known: dict[int, tuple[int, ...]] = word.doc.user_data.setdefault(name, {})
        if word.i not in known:
            known[word.i] = tuple(one.i for one in find(word))
        return [word.doc[index] for index in known[word.i]]

    return found


@_kept
def agents(verb: Token) -> list[Token]:
    """Return the nouns that are a verb's subject, or its agent in the passive, each with those coordinated with it."""
    by = [
        one for child in verb.children if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for one in child.children if one.dep_ == "pobj"
    ]  # fmt: skip
    if is_passive(verb):
        return _with_conjuncts(by)
    return _with_conjuncts([_meant(child) for child in verb.children if child.dep_ in SUBJECTS] or _inherited(verb) or by)


@_kept
def patients(verb: Token) -> list[Token]:
    """Return the nouns that are a verb's object, or its subject in the passive."""
    own = [_meant(child) for child in verb.children if child.dep_ in OBJECTS]
    if is_passive(verb) and not any(child.dep_ == "nsubjpass" for child in verb.children):
        own += [_meant(child) for child in verb.children if child.dep_ == "nsubj"] or _inherited(verb)
    return _with_conjuncts(own)


def is_passive(verb: Token) -> bool:
    """Return whether a verb stands in the passive: "was hit", "people killed in the raid"."""
    roles = {child.dep_ for child in verb.children}
    if roles & {"nsubjpass", "auxpass"}:
        return True
    if verb.tag_ != "VBN" or roles & {"aux", "nsubj"}:
        return False
    return verb.dep_ in {"acl", "advcl", "amod", "ROOT"} or (verb.dep_ == "conj" and is_passive(verb.head))


def _meant(token: Token) -> Token:
    """Return the noun that a relative pronoun stands for, else the token itself."""
    if token.lower_ in {"who", "which", "that", "whom"} and token.head.dep_ == "relcl":
        return token.head.head
    return token


def _inherited(verb: Token) -> list[Token]:
    """Return the subject that a verb takes from the one above it: a participle's noun, the subject of a coordinated verb."""
    at = verb
    for _ in range(4):
        above = at.head
        if above == at:
            return []
        if at.dep_ in {"acl", "amod"} and above.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
            return [above]
        if at.dep_ not in {"conj", "xcomp", "advcl", "ccomp"} or above.pos_ not in {"VERB", "AUX"}:
            return []
        found = [_meant(child) for child in above.children if child.dep_ in SUBJECTS or child.dep_ == "nsubjpass"]
        if at.dep_ == "xcomp":
            found = [child for child in above.children if child.dep_ == "dobj"] or found
        if found:
            return found
        at = above
    return []


def _with_conjuncts(nouns: list[Token]) -> list[Token]:
    found = []
    for noun in nouns:
        found += [noun, *(one for one in noun.conjuncts if one.i > noun.i)]
    return list(dict.fromkeys(found))


def of_noun(noun: Token, *prepositions: str) -> Iterator[Token]:
    """Yield the nouns that stand behind a noun with one of some prepositions."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            yield from _with_conjuncts([one for one in child.children if one.dep_ == "pobj"])


def agents_of_noun(noun: Token) -> Iterator[Token]:
    """Yield who acts in an event that a noun names: "the attack by rebels", "Russian shelling", "Israel's raid"."""
    yield from (child for child in noun.children if child.dep_ in {"poss", "compound", "amod", "nmod"} and child.ent_type_)
    yield from of_noun(noun, "by")


def targets_of_noun(noun: Token) -> Iterator[Token]:
    """Yield what an event that a noun names is done to: "the attack on the base", "the killing of nine farmers"."""
    yield from of_noun(noun, "on", "against", "of", "at")
