"""Component `sitrep_entities`: who and where. The work is in entities/: mentions, groups of them, what and which each is."""

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from services.enrich.language.entities.areas import lies_within
from services.enrich.language.entities.found import PLACES, Found
from services.enrich.language.entities.groups import Group, group
from services.enrich.language.entities.mentions import find
from services.enrich.language.entities.resolve import Resolved, resolve
from sitrep.contracts import identity
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import Entity, EntityLabel, Mention

Doc.set_extension("sitrep_entities", default=(), force=True)


@Language.component("sitrep_entities", requires=["doc.ents", "doc._.article"], assigns=["doc._.sitrep_entities"])
def sitrep_entities(doc: Doc) -> Doc:
    """Find the entities of a document, in the order of the first mention."""
    article: Article = doc._.article
    text = doc.text  # without the line ends within a paragraph; made anew from its tokens with every use
    groups = group(text, find(doc, text))
    doc._.sitrep_entities = tuple(_merged(article, groups, resolve(doc, text, groups)))
    return doc


def _merged(article: Article, groups: Sequence[Group], resolved: Sequence[Resolved]) -> Iterator[Entity]:
    """Yield one entity for each thing: groups that turn out to be one thing are one."""
    together: dict[str, tuple[Resolved, list[Found]]] = {}
    for made, what in zip(groups, resolved, strict=True):
        id_ = what.entity_id or identity.local_entity_id(article.article_id, what.label, what.name)
        together.setdefault(id_, (what, []))[1].extend(made.mentions)
    for id_, (what, mentions) in together.items():
        yield Entity(
            entity_id=id_,
            name=what.name,
            label=what.label,
            category=what.category,
            wikidata=what.wikidata,
            country=what.country,
            lat=what.lat,
            lon=what.lon,
            precision=what.precision,
            extent_km=what.extent_km,
            score=what.score,
            alternatives=what.alternatives,
            within=lies_within(id_, what.category, what.country, what.lat, what.lon) if what.label in PLACES else (),
            mentions=tuple(_mention(article.text, one, what.label) for one in sorted(mentions, key=lambda one: one.start)),
        )


def _mention(text: str, one: Found, label: EntityLabel) -> Mention:
    return Mention(start=one.start, end=one.end, text=text[one.start : one.end], label=label)
