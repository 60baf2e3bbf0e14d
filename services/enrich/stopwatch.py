"""How long each component of a pipeline takes, and how many tokens went through it: measured around it, not in it."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc


class Timed:
    """A component with a stopwatch. Components pull documents from each other: what is spent upstream is not ours."""

    def __init__(self, component: Any, counts: Callable[[Doc], bool]) -> None:  # noqa: ANN401 - they have no type in common
        self._component = component
        self._counts = counts
        self._upstream = 0.0
        self.seconds = 0.0
        self.tokens = 0

    def __call__(self, doc: Doc) -> Doc:
        """Do to one document what the component does."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], **how: Any) -> Iterator[Doc]:  # noqa: ANN401 - whatever spaCy hands down
        """Do to each document what the component does."""
        pulled = self._pull(iter(docs))
        has_pipe = hasattr(self._component, "pipe")
        done = iter(self._component.pipe(pulled, **how) if has_pipe else map(self._component, pulled))
        while True:
            began, before = time.perf_counter(), self._upstream
            doc = next(done, None)
            self.seconds += time.perf_counter() - began - (self._upstream - before)
            if doc is None:
                return
            self.tokens += len(doc) if self._counts(doc) else 0
            yield doc

    def _pull(self, docs: Iterator[Doc]) -> Iterator[Doc]:
        while True:
            began = time.perf_counter()
            doc = next(docs, None)
            self._upstream += time.perf_counter() - began
            if doc is None:
                return
            yield doc

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._component, name)


class Stopwatch:
    """Measures a pipeline from now on; the tokens of documents that `counts` says no to are not counted."""

    def __init__(self, nlp: Language, counts: Callable[[Doc], bool] = lambda _: True) -> None:
        self._timed = {name: Timed(component, counts) for name, component in nlp.components}
        # spaCy has no public way to wrap a component that is there; `components` is a copy of this list.
        nlp._components = [(name, self._timed[name]) for name, _ in nlp.components]

    def read(self) -> tuple[dict[str, float], int]:
        """Return the seconds of each component and the tokens that went through the last one since the last reading."""
        spent = {name: timed.seconds for name, timed in self._timed.items()}
        tokens = [timed.tokens for timed in self._timed.values()][-1]
        for timed in self._timed.values():
            timed.seconds, timed.tokens = 0.0, 0
        return spent, tokens
