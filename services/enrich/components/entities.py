"""Component `sitrep_entities`: the names that the model tags, mended, and merged into the entities of an article."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast, get_args

from spacy.language import Language
from spacy.tokens import Doc, Span

from sitrep.contracts import identity
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import Category, Entity, EntityLabel, Mention

LABELS = frozenset(get_args(EntityLabel))
CATEGORIES: dict[str, Category] = {"PERSON": "person", "FAC": "facility", "LOC": "region", "EVENT": "event"}
"""What a label alone tells; everything else is `other` until the name is resolved."""

POSSESSIVE = ("'s", "\u2019s", "'", "\u2019")
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "president",
        "general",
        "gen",
        "colonel",
        "col",
        "major",
        "prime",
        "minister",
        "king",
        "queen",
        "prince",
        "sheikh",
    ]
)
_BRACKETED = re.compile(r"\s*\(\s*([A-Z][A-Za-z0-9.&-]{1,9})\s*\)")

Doc.set_extension("sitrep_entities", default=(), force=True)


@dataclass
class _Group:
    """The mentions of one name, whatever the model calls it in each place."""

    name: str
    mentions: list[Mention] = field(default_factory=list)

    @property
    def label(self) -> EntityLabel:
        """Return the label that most of the mentions have, at a tie that of the first."""
        counts = Counter(mention.label for mention in self.mentions)
        best = max(counts.values())
        return next(mention.label for mention in self.mentions if counts[mention.label] == best)


@Language.component("sitrep_entities", requires=["doc.ents", "doc._.article"], assigns=["doc._.sitrep_entities"])
def sitrep_entities(doc: Doc) -> Doc:
    """Merge the mentions of a document into entities, in the order of the first mention."""
    article: Article = doc._.article
    mentions = [mention for span in doc.ents if span.label_ in LABELS and (mention := as_mention(span))]
    groups: list[_Group] = []
    aliases = _acronyms(article.text, mentions)
    for mention in mentions:
        _group_of(mention, groups, aliases).mentions.append(mention)
    doc._.sitrep_entities = tuple(_merged(article.article_id, groups))
    return doc


def as_mention(span: Span) -> Mention | None:
    """Return a span as a mention without article, title, possessive and white space around it; None if nothing is left."""
    start, end = span.start, span.end
    while end > start and (span.doc[end - 1].is_space or span.doc[end - 1].text in POSSESSIVE):
        end -= 1
    while start < end - 1 and (span.doc[start].is_space or _stays_outside(span, start)):
        start += 1
    trimmed = span.doc[start:end]
    if not any(character.isalnum() for character in trimmed.text) or trimmed.text.lower() == "the":
        return None
    return Mention(start=trimmed.start_char, end=trimmed.end_char, text=trimmed.text, label=cast("EntityLabel", span.label_))


def _stays_outside(span: Span, index: int) -> bool:
    token = span.doc[index]
    return token.lower_ == "the" or (span.label_ == "PERSON" and token.lower_.rstrip(".") in TITLES)


def plain(name: str) -> str:
    """Return a name as it is compared: one space, no case, no article, no hyphens and full stops."""
    words = re.sub(r"[-\u2010-\u2015.]", " ", name.casefold()).split()
    return " ".join(word for word in words if word != "the")


def _acronyms(text: str, mentions: Sequence[Mention]) -> dict[str, str]:
    """Return the short names that stand in brackets behind a long one: "Hayat Tahrir al-Sham (HTS)"."""
    found: dict[str, str] = {}
    for mention in mentions:
        match = _BRACKETED.match(text, mention.end)
        if match is not None and _abbreviates(match[1], mention.text):
            found[plain(match[1])] = mention.text
    return found


def _abbreviates(short: str, name: str) -> bool:
    letters = [word[0].lower() for word in re.findall(r"[A-Za-z]+", name)]
    wanted = [character.lower() for character in short if character.isalpha()]
    position = 0
    for letter in letters:
        if position < len(wanted) and letter == wanted[position]:
            position += 1
    return len(wanted) >= 2 and position >= len(wanted) - 1


def _group_of(mention: Mention, groups: list[_Group], aliases: dict[str, str]) -> _Group:
    """Return the group that a mention belongs to, made where there is none."""
    wanted = plain(aliases.get(plain(mention.text), mention.text))
    for group in groups:
        if plain(group.name) == wanted:
            return group
    if mention.label == "PERSON":
        for group in groups:
            if group.label == "PERSON" and _is_shorter(wanted, plain(group.name)):
                return group
            if group.label == "PERSON" and _is_shorter(plain(group.name), wanted):
                group.name = " ".join(mention.text.split())
                return group
    made = _Group(" ".join(aliases.get(plain(mention.text), mention.text).split()))
    groups.append(made)
    return made


def _is_shorter(short: str, long_: str) -> bool:
    """Return whether a name is the last part of another one: "Jaber" of "Mustafa Abdul Jaber"."""
    return short != long_ and long_.endswith(" " + short)


def _merged(article_id: str, groups: Sequence[_Group]) -> Iterator[Entity]:
    for group in groups:
        label = group.label
        mentions = tuple(mention.model_copy(update={"label": label}) for mention in group.mentions)
        yield Entity(
            entity_id=identity.local_entity_id(article_id, label, group.name),
            name=group.name,
            label=label,
            category=CATEGORIES.get(label, "other"),
            score=0.0,
            mentions=mentions,
        )
