"""Component `sitrep_names`: the names that the model finds, with the same weights and rules as its own `ner`, several times as fast.

spaCy decides token by token, for one state of each text at a time, and its compiled code takes the interpreter's lock at every
check whether an action is allowed, which costs a quarter of the whole time. Outside a name, though, what the network scores
depends on the token alone, so that all tokens of a batch are scored at once. Only names of several words are followed further.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, SENT_START  # type: ignore[import-not-found]  # compiled, no stubs
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from spacy.util import minibatch

MODEL = "ner"
PER_BATCH = 64
"""Paragraphs of a batch at most."""

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]


@Language.factory("sitrep_names", requires=["token.sent_start"], assigns=["doc.ents"])
def make_names(nlp: Language, name: str) -> "Names":  # noqa: ARG001 - the signature of a factory
    """Return the component, which stands in for the entity recognizer of the pipeline."""
    nlp.disable_pipe(MODEL)
    return Names(cast("EntityRecognizer", nlp.get_pipe(MODEL)))


class Names:
    """Greedy decoding of the actions B-, I-, L-, U- (begin, inside, last, unit) of each label, and O, as spaCy's `ner` does it."""

    def __init__(self, recognizer: EntityRecognizer) -> None:
        self._embed, self._lower, self._upper = recognizer.model.layers
        moves = [recognizer.moves.get_class_name(number) for number in range(recognizer.moves.n_moves)]
        self._labels = [move.partition("-")[2] for move in moves]
        kinds = np.array([move[:1] for move in moves])
        unseen = np.isin(np.arange(len(moves)), sorted(recognizer.model.attrs.get("unseen_classes", ())))
        nameless = np.array([kind != "O" and not label for kind, label in zip(kinds, self._labels, strict=True)])
        self._begins, self._units, self._out = ((kinds == kind) & ~unseen & ~nameless for kind in "BUO")
        number = {move: index for index, move in enumerate(moves)}
        self._inside, self._last = (np.array([number.get(f"{kind}-{label}", -1) for label in self._labels]) for kind in "IL")

    def __call__(self, doc: Doc) -> Doc:
        """Set the names of a document."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = PER_BATCH) -> Iterator[Doc]:
        """Set the names of documents, several at a time, and yield them in order."""
        for batch in minibatch(docs, size=min(batch_size, PER_BATCH)):  # type: ignore[no-untyped-call]
            self._annotate(batch)
            yield from batch

    def _annotate(self, docs: Sequence[Doc]) -> None:
        read = [doc for doc in docs if len(doc)]
        if not read:
            return
        starts = np.cumsum([0, *(len(doc) for doc in read)])
        action, end = self._decoded(read, starts)
        for doc, first, behind in zip(read, starts[:-1].tolist(), starts[1:].tolist(), strict=True):
            spans, position = [], first
            for token in (first + np.flatnonzero(~self._out[action[first:behind]])).tolist():
                if token >= position:  # else it is within the name before
                    position = end[token]
                    spans.append(Span(doc, token - first, position - first, label=self._labels[action[token]]))
            doc.set_ents(spans, default="outside")

    def _decoded(self, docs: Sequence[Doc], starts: Ints) -> tuple[Ints, dict[int, int]]:
        """Return the action at each token outside a name, and for those that begin one the token behind the name."""
        cached, bias = self._lower.predict(self._embed.predict(list(docs))), self._lower.get_param("b")
        rows = np.concatenate([doc.to_array([IS_SPACE, SENT_START]).astype(np.int64) for doc in docs])
        is_space = rows[:, 0] == 1
        goes_on = np.append(rows[1:, 1] != 1, False)
        goes_on[starts[1:] - 1] = False
        scores = self._scores(cached[1:, 0] + cached[0, 1] + cached[0, 2] + bias)
        allowed = self._out | (self._units & ~is_space[:, None]) | (self._begins & (goes_on & ~is_space)[:, None])
        action = np.where(allowed, scores, -np.inf).argmax(axis=1)
        end = {token: token + 1 for token in np.flatnonzero(self._units[action]).tolist()}
        first = np.flatnonzero(self._begins[action])
        token, label = first + 1, action[first]
        while len(first):
            scores = self._scores(cached[token + 1, 0] + cached[first + 1, 1] + cached[token, 2] + bias)
            every = np.arange(len(first))
            inside, last = scores[every, self._inside[label]], scores[every, self._last[label]]
            open_ = goes_on[token] & ((inside > last) | ((inside == last) & (self._inside[label] < self._last[label])))
            end.update(zip(first[~open_].tolist(), (token[~open_] + 1).tolist(), strict=True))
            first, token, label = first[open_], token[open_] + 1, label[open_]
        return action, end

    def _scores(self, features: Any) -> Floats:  # noqa: ANN401 - float32, tokens by hidden units by pieces
        hidden = features.max(axis=2)
        return cast("Floats", self._upper.predict(hidden))
