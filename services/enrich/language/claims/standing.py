"""Whether a name of a place stands as where something happened: as that, and not as whose it is, who speaks there or what else is told of it."""

from spacy.tokens import Token

from services.enrich.language.claims.events import CLASSES, is_of_class
from services.enrich.language.claims.lexicon import CUES, SPEECH
from services.enrich.language.entities.context import WHERE
from services.enrich.language.entities.found import PLACES
from services.enrich.language.entities.places import distance
from sitrep.contracts.enriched import Entity

HIGHEST = 9
"""Steps up the parse at most."""

STANDS = frozenset({"pobj", "dobj", "nsubjpass", "conj", "appos", "attr", "npadvmod", "ROOT", "oprd"})
"""Roles in which a name says where; as the subject or possessor of something a place does it: "Moscow sent troops"."""

LEFT = frozenset({"leave", "flee", "quit", "abandon", "evacuate", "vacate", "escape", "depart"})
REACHED = frozenset({"enter", "reach", "approach", "invade"})
EYEWITNESSES = frozenset({"resident", "villager", "inhabitant", "people", "witness", "survivor", "shopkeeper"})
SPEAKING = frozenset({*CUES, "put"})


def stands(root: Token, entity: Entity) -> bool:
    """Return whether a name stands as a place; a country does only where a preposition of place says so."""
    first = root
    while root.dep_ == "conj" and root.head is not root:
        root = root.head
    if _is_of_whom(first, root):
        return False
    if entity.category == "country":
        return (root.dep_ == "pobj" and root.head.lower_ in WHERE) or _is_left_or_reached(root) or _is_part_of(root)
    if root.dep_ == "compound":  # "the Goma market", "Goma residents": where they are, unless it is a country's
        return entity.category not in {"country", "province"}
    return root.dep_ in STANDS or root.lower_ == "there" or (root.dep_ == "nsubj" and entity.label == "FAC")


def _is_of_whom(first: Token, root: Token) -> bool:
    """Return whether a name tells of whom and not of where: "Turkey-backed", "based in Britain", "the Idlib directorate said"."""
    if first.i + 1 < len(first.doc) and first.nbor(1).text == "-":
        return True
    if root.dep_ == "pobj" and root.head.head.lemma_.lower() in SPEECH["seat"] and root.head.head.pos_ in {"VERB", "ADJ"}:
        return True
    if _is_home(root):
        return True
    speaks = root.head.dep_ == "nsubj" and root.head.head.lemma_.lower() in SPEAKING
    return root.dep_ == "compound" and speaks


def _is_home(root: Token) -> bool:
    """Return whether a place tells where somebody is from: "a lawyer from Quetta", "soldiers from the base in Columbus"."""
    at = root
    for _ in range(HIGHEST):
        if at.dep_ == "pobj" and at.head.lower_ == "from" and at.head.head.pos_ in {"NOUN", "PROPN"}:
            return is_of_class(at.head.head, "human")
        if at.head == at or at.pos_ == "VERB":
            return False
        at = at.head
    return False


def _is_left_or_reached(country: Token) -> bool:
    """Return whether somebody leaves a country, or comes to it: "fled southern Lebanon", "entered Chad"."""
    return country.dep_ in {"dobj", "nsubjpass"} and country.head.lemma_.lower() in LEFT | REACHED


def _is_part_of(country: Token) -> bool:
    """Return whether a country tells where a part of it lies: "in Russia's far east", "30 per cent of Pakistan"."""
    if country.dep_ == "poss":
        return (
            country.head.ent_type_ == ""
            and country.head.dep_ == "pobj"
            and country.head.head.lower_ in WHERE
            and is_of_class(country.head, "ground")
        )
    return country.dep_ == "pobj" and country.head.lower_ == "of" and country.head.head.lemma_.lower() in CLASSES["part"]


def is_of_speech(root: Token) -> bool:
    """Return whether a place tells where somebody speaks: "an official in Ataq put it at", "he told the BBC from Sukkur"."""
    at = root
    for _ in range(HIGHEST):
        above = at.head
        if above == at:
            return False
        if above.pos_ == "VERB" and above.lemma_.lower() in SPEAKING:
            there = at.lemma_.lower() in EYEWITNESSES  # "residents of Shahi Kot described": they saw it there
            return (at.dep_ in {"nsubj", "nsubjpass"} and not there) or (at.dep_ in {"prep", "npadvmod"} and at.i > above.i)
        if at.dep_ in {"ccomp", "xcomp", "conj", "advcl", "relcl", "acl"}:
            return False
        if above.lower_ == "according":
            return True
        at = above
    return False


def tells_of_place(root: Token) -> bool:
    """Return whether a place only tells more of another: "Saraqeb, a town south of Aleppo"; "Djibo, the capital of Soum province"."""
    at = root
    for _ in range(HIGHEST):
        if at.dep_ == "appos" and at.head.ent_type_ in PLACES and at.ent_type_ == "":
            return True
        if at.head == at or at.pos_ == "VERB":
            return False
        at = at.head
    return False


def is_beside(clause: Token) -> bool:
    """Return whether a clause tells of something else at the time, or compares: "as the envoy spoke in Mogadishu", "as in Mosul"."""
    if clause.dep_ == "prep" and clause.lower_ in {"as", "like", "unlike"}:
        return True
    return clause.dep_ == "advcl" and any(
        child.lower_ == "as" and child.dep_ in {"mark", "advmod"} for child in clause.children
    )


def contains(whole: Entity, part: Entity) -> bool:
    """Return whether a place lies in another one: in its country, or in the reach of its province."""
    if whole.category == "country":
        return part.category != "country" and part.country == whole.country
    if whole.category not in {"province", "region"} or part.category in {"country", "province", "region"}:
        return False
    if whole.lat is None or whole.lon is None or part.lat is None or part.lon is None:
        return False
    return distance(whole.lat, whole.lon, part.lat, part.lon) <= 1.5 * (whole.extent_km or 50)
