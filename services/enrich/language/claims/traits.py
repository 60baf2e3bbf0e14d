"""What a clause is like, in names and numbers: the traits from which its type and whether it is history are told."""

from spacy.strings import get_string_id
from spacy.symbols import NUM
from spacy.tokens import Doc, Token

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.events import Event, is_of_class
from services.enrich.language.claims.factuality import is_negated
from services.enrich.language.claims.fields import FIELDS, nearness, nearness_of
from services.enrich.language.claims.roles import agents
from services.enrich.language.claims.spans import Range

Traits = dict[str, float]
"""A trait by its name; 1 where it only is or is not, and absent for 0."""

SCALE = 3.0
"""What the nearness to a field is multiplied by, so that its weight has the size of the others."""

OF_WORDS, OF_NEAREST, OF_VERB = ([f"{name}={field}" for field in FIELDS] for name in ("field", "word", "verb"))
"""Names of the traits of a clause's words, its nearest word and its verb, by semantic field."""

LONG = 40
FIRST_PERSON = frozenset(map(get_string_id, ("i", "we", "my", "our", "us", "me")))
PRESENT, PAST = frozenset({"VBZ", "VBP"}), "VBD"
SUBJECT_CLASSES = ("human", "body", "force", "measure", "weapon", "ground", "abstract")


def traits(doc: Doc, content: Range, head: Token, happens: list[Event], attributed: Attributed | None, quote: str) -> Traits:
    """Return the traits of a clause: its verb `head`, what happens in it, who reports it and how it is quoted."""
    names = [f"quote={quote}", f"tag={head.tag_}"]
    names += ["narrated", *_of_narrated(head, happens)] if attributed is None else _of_attribution(doc, attributed)
    names += [*_of_verb(head), *_of_events(happens)]
    words = [token for token in doc[content.start : content.end] if not token.is_space]
    if any(token.pos == NUM for token in words):
        names.append("number")
    if any(token.lower in FIRST_PERSON for token in words):
        names.append("first_person")
    found = dict.fromkeys(names, 1.0)
    found["length"] = min(len(words), LONG) / LONG
    if (near := nearness(words)) is not None:
        found.update(zip(OF_WORDS, (SCALE * near[0]).tolist(), strict=True))
        found.update(zip(OF_NEAREST, (SCALE * near[1]).tolist(), strict=True))
    if (row := nearness_of(head)) is not None:
        found.update(zip(OF_VERB, (SCALE * row).tolist(), strict=True))
    return found


def _of_attribution(doc: Doc, attributed: Attributed) -> list[str]:
    cue = doc[attributed.cue.start]
    names = [f"cue={cue.lemma_.lower()}", f"rule={attributed.rule}"]
    if attributed.verb is not None:
        names.append(f"cue_makes={attributed.verb.type or 'nothing'}")
        if attributed.verb.otherwise != "other":
            names.append(f"cue_leans={attributed.verb.otherwise}")
    speaker = attributed.speaker
    if speaker is None:
        names.append("speaker=none")
    else:
        names.append(f"speaker={speaker.ent_type_ or speaker.pos_}")
    return names


def _of_narrated(head: Token, happens: list[Event]) -> list[str]:
    """Return the traits by which the article itself states a fact or only mentions one."""
    names = [f"own={event.type}/{event.rank}" for event in happens[:1]] + [f"own_tag={head.tag_}"]
    names += [f"own_subject={subject.ent_type_ or subject.pos_}" for subject in agents(head)[:1]]
    return names if any(child.dep_ in {"nsubj", "nsubjpass"} for child in head.children) else [*names, "own_subject=none"]


def _of_verb(head: Token) -> list[str]:
    children = list(head.children)
    auxiliaries = [child.lower_ for child in children if child.dep_ in {"aux", "auxpass"}]
    names = [f"aux={word}" for word in auxiliaries]
    names += sorted({f"has={child.dep_}" for child in children if child.dep_ not in {"punct", "det", "cc"}})
    if is_negated(head):
        names.append("negated")
    if any(child.dep_ in {"acomp", "attr"} for child in children):
        names.append(f"copular={next(child.pos_ for child in children if child.dep_ in {'acomp', 'attr'})}")
    finite = [head.tag_, *(child.tag_ for child in children if child.dep_ in {"aux", "auxpass"})]
    names.append("tense=present" if PRESENT & set(finite) else "tense=past" if PAST in finite else "tense=none")
    for subject in agents(head)[:1]:
        names.append(f"subject={subject.ent_type_ or subject.pos_}")
        names += [f"subject_class={name}" for name in SUBJECT_CLASSES if is_of_class(subject, name)]
        if subject.pos_ == "PRON":
            names.append(f"subject={subject.lower_}")
    return names


def _of_events(happens: list[Event]) -> list[str]:
    if not happens:
        return ["event=none"]
    first = happens[0]
    names = [f"event={first.type}", f"event={first.type}/{first.rank}"]
    return [*names, *sorted({f"with={event.type}/{event.rank}" for event in happens[1:]})]
