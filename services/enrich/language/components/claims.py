"""Component `sitrep_claims`: who claims what, how sure, how many, where and when. The work is in claims/."""

from spacy.language import Language
from spacy.tokens import Doc

from services.enrich.language.claims.extract import extract
from sitrep.contracts.article import Article

Doc.set_extension("sitrep_claims", default=(), force=True)


@Language.component(
    "sitrep_claims",
    requires=["doc._.article", "doc._.sitrep_entities", "doc._.sitrep_dates", "doc._.sitrep_coreference", "token.dep"],
    assigns=["doc._.sitrep_claims"],
)
def sitrep_claims(doc: Doc) -> Doc:
    """Find the claims of a document, in the order in which they stand there."""
    if doc.has_annotation("DEP"):
        article: Article = doc._.article
        read = extract(doc, article, doc._.sitrep_entities, doc._.sitrep_dates, doc._.sitrep_coreference)
        doc._.sitrep_claims = tuple(read)
    return doc
