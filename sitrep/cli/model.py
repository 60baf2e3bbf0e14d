"""The language model, loaded for a command of a person who waits."""

from contextlib import nullcontext
from typing import TYPE_CHECKING

from rich.console import Console

from sitrep.cli.problem import Problem

if TYPE_CHECKING:
    from services.enrich.language.pipeline import Pipeline


def load(model: str) -> "Pipeline":
    """Return the pipeline of a model; in a terminal it says meanwhile that it is being loaded. Raises Problem."""
    console = Console(stderr=True)
    saying = console.status("Loading the language model; that takes some seconds …") if console.is_terminal else nullcontext()
    with saying:
        from services.enrich.language.model import ModelError  # noqa: PLC0415 - what takes the first of these seconds
        from services.enrich.language.pipeline import Pipeline  # noqa: PLC0415

        try:
            return Pipeline(model)
        except ModelError as problem:
            raise Problem(str(problem), code=2) from problem
