"""Prepositions that attribute: `according to X`, `per X`."""

from collections.abc import Iterator

from spacy.tokens import Token

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.lexicon import CUES
from services.enrich.language.claims.spans import Range, child_of, clauses


def by_preposition(token: Token) -> Iterator[Attributed]:
    """Yield the clause that an `according to X` belongs to, without that phrase."""
    to = token if token.lower_ == "per" else child_of(token, "prep")
    source = None if to is None else child_of(to, "pobj")
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
