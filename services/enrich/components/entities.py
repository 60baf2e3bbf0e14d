"""Component `sitrep_entities`: the names that the model tags, grouped by name and label, as the contract has them."""

from typing import cast, get_args

from spacy.language import Language
from spacy.tokens import Doc, Span

from sitrep.contracts.enriched import Category, EntityLabel, Mention

LABELS = frozenset(get_args(EntityLabel))
CATEGORIES: dict[str, Category] = {"PERSON": "person", "FAC": "facility", "LOC": "region", "EVENT": "event"}
"""What a label alone tells; everything else is `other` until the name is resolved."""

POSSESSIVE = ("'s", "\u2019s")

Doc.set_extension("sitrep_entities", default=None, force=True)


@Language.component("sitrep_entities", requires=["doc.ents"], assigns=["doc._.sitrep_entities"])
def sitrep_entities(doc: Doc) -> Doc:
    """Group the mentions of a document: {(name, label): [Mention, …]}, in the order of the first mention."""
    groups: dict[tuple[str, EntityLabel], list[Mention]] = {}
    for span in doc.ents:
        if span.label_ in LABELS and (mention := as_mention(span)):
            groups.setdefault((" ".join(mention.text.split()), mention.label), []).append(mention)
    doc._.sitrep_entities = groups
    return doc


def as_mention(span: Span) -> Mention | None:
    """Return a span as a mention without article, possessive and white space around it; None where no letter is left."""
    start, end = span.start, span.end
    while end > start and (span.doc[end - 1].is_space or span.doc[end - 1].text in POSSESSIVE):
        end -= 1
    while start < end and (span.doc[start].is_space or span.doc[start].lower_ == "the"):
        start += 1
    trimmed = span.doc[start:end]
    if not any(character.isalnum() for character in trimmed.text):
        return None
    return Mention(start=trimmed.start_char, end=trimmed.end_char, text=trimmed.text, label=cast("EntityLabel", span.label_))
