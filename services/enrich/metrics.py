"""What enrich measures."""

from prometheus_client import Counter, Gauge, Histogram

from services.enrich.findings import KINDS, LANGUAGES, Findings
from services.enrich.pool import Pool
from sitrep.contracts.codes import Stage
from sitrep.contracts.topics import ENRICHED, SIGHTING
from sitrep.runtime.metrics import SECONDS, StageMetrics


class EnrichMetrics(StageMetrics):
    """The common counters, the language processes, and what is found: a change in it is drift, of the news or of a model."""

    def __init__(self) -> None:
        super().__init__(Stage.ENRICH, (ENRICHED, SIGHTING))
        given = self.registry
        self.articles = Counter("sitrep_enrich_articles_total", "Articles read by the pool.", registry=given)
        self._nlp = Histogram(
            "sitrep_enrich_article_seconds", "Time of one article in a language process.", buckets=SECONDS, registry=given
        )
        self._components = Counter(
            "sitrep_enrich_component_seconds_total", "Time spent in each component.", ["component"], registry=given
        )
        self._tokens = Counter("sitrep_enrich_tokens_total", "Tokens read.", registry=given)
        self._found = Counter("sitrep_enrich_found_total", "What was found in articles, by kind.", ["kind"], registry=given)
        self._languages = Counter(
            "sitrep_enrich_language_articles_total", "Articles by language.", ["language"], registry=given
        )
        self.starts = Counter(
            "sitrep_enrich_pool_starts_total", "Language processes started, also in place of others.", registry=given
        )
        self._processes = Gauge("sitrep_enrich_pool_processes", "Language processes, by state.", ["state"], registry=given)
        for kind in KINDS:
            self._found.labels(kind)
        for language in (*LANGUAGES, "other", "none"):
            self._languages.labels(language)

    def watch(self, pool: Pool) -> None:
        """Show the state of a pool from now on."""
        self._processes.labels("busy").set_function(lambda: pool.busy)
        self._processes.labels("idle").set_function(lambda: pool.size - pool.busy)

    def note(self, articles: int, findings: Findings) -> None:
        """Count what a language process says of a chunk of so many articles; each has its share of the time."""
        for _ in range(articles):
            self._nlp.observe(findings.seconds / articles)
        for name, seconds in findings.components.items():
            self._components.labels(name).inc(seconds)
        self._tokens.inc(findings.tokens)
        for kind, count in findings.counts.items():
            self._found.labels(kind).inc(count)
        for language, count in findings.languages.items():
            self._languages.labels(language).inc(count)
