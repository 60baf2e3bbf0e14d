"""`sitrep why`: for a claim the rule, cue, antecedent and features behind each field; for a place why no claim was made there."""

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from sitrep.cli.files import readable
from sitrep.cli.model import load as load_model
from sitrep.cli.problem import Problem
from sitrep.cli.running import Running
from sitrep.cli.show import is_file, stored

if TYPE_CHECKING:
    from services.enrich.language.pipeline import Explanation

WIDTH = 11
"""Columns of the name of a field."""


def run_why(asked: str, data: Path, *, postgres: str, at: int | None, published: str | None, model: str) -> int:
    """Print the reasons for a stored claim, for the claims of a file, or for what stands at an offset. Raises Problem."""
    if at is not None and at < 0:
        raise Problem(f"--at {at}: an offset counts characters from 0", code=2)
    claim_id: str | None = None
    if is_file(asked):
        given = readable(asked, published, "why", "explain")
    else:
        found = stored(asked, Running.on(data), postgres)
        claims = [claim.claim_id for claim in found.claims if claim.claim_id.startswith(asked)]
        given, claim_id = [found.article], claims[0] if len(claims) == 1 else None
    pipeline, console = load_model(model), Console(highlight=False)
    explanations = [why for article in given for why in pipeline.why(article, at, claim_id)]
    if not explanations:
        raise Problem(
            f"the rules of this version read no claim {claim_id} in that report; `sitrep why FILE --at OFFSET` says why"
            if claim_id is not None
            else f"no claim was read in {asked}; add --at OFFSET to see why there is none at a place"
        )
    for explanation in explanations:
        console.print(*_lines(explanation), sep="\n", end="\n\n")
    return 0


def _lines(explanation: "Explanation") -> list[Text]:
    claim = explanation.claim
    place = "" if claim is None else f"  [{claim.claim_id}, {claim.start} to {claim.end}]"
    head = Text.assemble((" ".join(explanation.text.split()), "bold"), (place, "dim"))
    return [head, *(Text.assemble((f"  {field:{WIDTH}}", "cyan"), reason) for field, reason in explanation.reasons)]
