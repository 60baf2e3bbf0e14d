"""The language model, loaded for a command of a person who waits."""

from contextlib import nullcontext

from rich.console import Console

from services.enrich.pipeline import ModelError, Pipeline
from sitrep.cli.problem import Problem


def load(model: str) -> Pipeline:
    """Return the pipeline of a model, and say meanwhile that it is being loaded. Raises Problem."""
    console = Console(stderr=True)
    try:
        with console.status("Loading the language model …") if console.is_terminal else nullcontext():
            return Pipeline(model)
    except ModelError as problem:
        raise Problem(str(problem), code=2) from problem
