"""Component `sitrep_coreference`: for whom, or for what, pronouns and descriptions stand. The work is in coreference/."""

from spacy.language import Language
from spacy.tokens import Doc

from services.enrich.language.claims.quotes import quoted
from services.enrich.language.coreference.resolve import Coreference

Doc.set_extension("sitrep_coreference", default=None, force=True)


@Language.component(
    "sitrep_coreference", requires=["doc._.sitrep_entities", "token.dep", "token.lemma"], assigns=["doc._.sitrep_coreference"]
)
def sitrep_coreference(doc: Doc) -> Doc:
    """Collect what pronouns and descriptions of a document may stand for."""
    if doc.has_annotation("DEP"):
        doc._.sitrep_coreference = Coreference(doc, doc._.sitrep_entities, quoted(doc.text))
    return doc
