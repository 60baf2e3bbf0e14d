"""The rule of docs/consume.md is the store's own, and gives the same whatever comes first."""

import re
from pathlib import Path
from random import Random
from typing import Any

from services.store.database import newest
from services.store.read import Item, read
from sitrep.contracts.topics import ENRICHED
from tests.support import generator

DOCUMENT = Path(__file__).parents[3] / "docs" / "consume.md"


def test_a_consumer_keeps_what_the_store_keeps() -> None:
    (code,) = re.findall(r"<!-- run: rule -->\n```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    records = [r for r in generator.mixture("rule", 60) if dict(r.headers)["ce_type"] == ENRICHED.name.encode()]
    items = [item for record in records if isinstance(item := read(record, generator.AT), Item)]
    chosen = newest(row for item in items for row in item.rows.articles)
    assert len(records) > len(chosen) == 60
    for seed in range(5):
        names: dict[str, Any] = {}
        exec(compile(code, str(DOCUMENT), "exec"), names)  # noqa: S102 - the document's own code
        for record in Random(seed).sample(records * 2, 2 * len(records)):
            names["take"](record.value)
        assert set(names["kept"]) == set(chosen)
        for id_, (version, anchor, value_id) in names["order"].items():
            row = chosen[id_]
            assert (-version, anchor, value_id) == (row["version"], row["anchor_order"], row["value_id"])
