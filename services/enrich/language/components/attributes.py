"""Component `sitrep_attributes`: parts of speech from tags, by the rules of the model's own attribute ruler, as a table.

The ruler matches 179 patterns against every token, which takes an eighth of the time of the whole model; almost all of them
ask for nothing but the tag, the role and one of a hundred words. What it says of a token is therefore asked once for each
combination of the three. The seven patterns over two tokens (`gonna`, `let's`, `there is`) are not asked.
"""

from collections.abc import Iterable
from typing import Any, cast

import numpy as np
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, POS, TAG  # type: ignore[import-not-found]  # compiled, no stubs
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from thinc.types import Ints2d

RULER = "attribute_ruler"
_Said = tuple[int, int, int]


@Language.factory("sitrep_attributes", requires=["token.tag", "token.dep"], assigns=["token.pos", "token.morph"])
def make_attributes(nlp: Language, name: str) -> "Attributes":  # noqa: ARG001 - the signature of a factory
    """Return the component, which stands in for the attribute ruler of the pipeline."""
    nlp.disable_pipe(RULER)
    return Attributes(nlp, cast("AttributeRuler", nlp.get_pipe(RULER)))


class Attributes:
    """What the attribute ruler says of (tag, role, word, white space), asked when it first occurs."""

    def __init__(self, nlp: Language, ruler: AttributeRuler) -> None:
        self._vocab, self._ruler = nlp.vocab, ruler
        # Interned here, outside of any memory zone: what is kept below holds on to these strings.
        rules: list[dict[str, Any]] = [dict(rule) for rule in ruler.patterns]
        self._words = frozenset(nlp.vocab.strings.add(word) for word in _values(rules, "LOWER"))
        for morph in sorted({str(rule["attrs"]["MORPH"]) for rule in rules if "MORPH" in rule["attrs"]}):
            nlp.vocab.morphology.add(morph)
        self._other = nlp.vocab.strings.add("word")
        self._said: dict[tuple[int, int, int, int], _Said] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the part of speech, the morphology and, where a rule gives one, the lemma of each token."""
        rows = doc.to_array([TAG, DEP, LOWER, IS_SPACE]).tolist()
        said, words, other = self._said, self._words, self._other
        made = []
        for tag, dep, lower, space in rows:
            key = (tag, dep, lower if lower in words else other, space)
            found = said.get(key)
            made.append(found if found is not None else self._ask(key))
        doc.from_array([POS, MORPH, LEMMA], cast("Ints2d", np.array(made, dtype="uint64").reshape(len(made), 3)))
        return doc

    def _ask(self, key: tuple[int, int, int, int]) -> _Said:
        tag, dep, lower, space = key
        strings = self._vocab.strings
        word = " " if space else strings[lower]
        one = Doc(self._vocab, words=[word], spaces=[False], tags=[strings[tag]], deps=[strings[dep]], heads=[0])
        token = self._ruler(one)[0]
        self._said[key] = made = (token.pos, self._vocab.morphology.add(str(token.morph)), token.lemma)
        return made


def _values(patterns: Iterable[dict[str, Any]], attribute: str) -> set[str]:
    """Return the words that patterns of one token ask for."""
    asked = [rule["patterns"][0][0].get(attribute) for rule in patterns if len(rule["patterns"][0]) == 1]
    words = {value for value in asked if isinstance(value, str)}
    return words.union(*(value.get("IN", ()) for value in asked if isinstance(value, dict)))
