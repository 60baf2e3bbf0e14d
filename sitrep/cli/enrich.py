"""`sitrep enrich`: files in, enriched articles out, without Kafka and without a database."""

import sys
from itertools import islice

from rich.console import Console

from sitrep.cli.files import articles
from sitrep.cli.model import load
from sitrep.contracts.article import Article
from sitrep.runtime.outcomes import Reject

TOGETHER = 16


def run_enrich(files: list[str], *, model: str, published: str | None) -> int:
    """Write one enriched article a line to standard output, in the order given; return 1 if any file failed."""
    console = Console(stderr=True)
    failed = 0
    pipeline = load(model)
    read = 0
    found = ((name, one) for name in files for one in articles(name, published))
    while some := list(islice(found, TOGETHER)):
        refused = [(name, one) for name, one in some if isinstance(one, Reject)]
        for name, one in refused:
            sys.stderr.write(f"sitrep enrich: {name}: {one}\n")
        failed += len(refused)
        for made in pipeline.enrich([one for _, one in some if isinstance(one, Article)]):
            sys.stdout.buffer.write(made.to_bytes() + b"\n")
        sys.stdout.buffer.flush()
        read += len(some)
        if console.is_terminal and not sys.stdout.isatty():
            console.print(f"\r{read} reports read …", end="")
    if read and console.is_terminal and not sys.stdout.isatty():
        console.print()
    return 1 if failed else 0
