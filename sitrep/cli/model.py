"""The language model, loaded for a command of a person who waits."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console

from sitrep.cli.problem import Problem

if TYPE_CHECKING:
    from services.enrich.pipeline import Pipeline


def load(model: str) -> "Pipeline":
    """Return the pipeline of a model, and say meanwhile that it is being loaded. Raises Problem."""
    with _saying("Loading the language model; that takes some seconds …"):
        from services.enrich.pipeline import ModelError, Pipeline  # noqa: PLC0415 - what takes the first of these seconds

        try:
            return Pipeline(model)
        except ModelError as problem:
            raise Problem(str(problem), code=2) from problem


@contextmanager
def _saying(sentence: str) -> Iterator[None]:
    """Say what goes on, as a line that goes away again where there is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        sys.stderr.write(sentence + "\n")
        yield
        return
    with console.status(sentence):
        yield
