"""What enrich measures."""

from prometheus_client import Counter

from sitrep.contracts.codes import Stage
from sitrep.runtime.metrics import StageMetrics


class EnrichMetrics(StageMetrics):
    """The common counters, and what is particular to the pool."""

    def __init__(self) -> None:
        super().__init__(Stage.ENRICH)
        self.articles = Counter("sitrep_enrich_articles_total", "Articles read by the pool.", registry=self.registry)
