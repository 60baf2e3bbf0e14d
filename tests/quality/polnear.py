"""`python -m tests.quality.polnear DIR [--errors N]`: who says what, on news attributions annotated by others.

DIR is the development split of the PolNeAR corpus: DIR/text/PUBLISHER_DATE_TITLE.txt, and DIR/attributions/ with a file
PUBLISHER_DATE_TITLE_ANNOTATOR.ann in brat's format for each annotator of a text. The corpus states no licence: we measure on it,
train nothing on it and copy nothing from it. Its test split is for examinations, and is not what this is run on day by day.

It annotates more than we look for: also what somebody thinks, feels or supports, down to a mere name that is supported. So the
recall is low for everything that only looks for claims, and is to be compared with itself.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS

from services.enrich.language.pipeline import Pipeline
from sitrep.contracts.enriched import Claim
from sitrep.contracts.text import clean, normalise
from tests.quality.run import MODEL, article

BATCH = 12
"""Texts that the pipeline reads at a time."""

LEAST_OVERLAP = 0.5
"""The F1 over tokens from which a predicted content is that of an annotation."""

UNTELLING = STOP_WORDS | {"mr", "mrs", "ms", "dr"}
"""Words that two sources can share without being the same."""

_DATED = re.compile(r"_(\d{4}-\d\d-\d\d)_")
_WORD = re.compile(r"\w+")
_CONNECTIVE = re.compile(r"\b(?:that|and|but)\b", re.IGNORECASE)
_ROLE_NUMBER = re.compile(r"\d+$")


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True)
class Attribution:
    """One annotation: where its source, its cue and its content stand, each in one or more pieces."""

    sources: tuple[Span, ...]
    cues: tuple[Span, ...]
    contents: tuple[Span, ...]


@dataclass(frozen=True)
class Statement:
    """A content with its source, annotated or predicted.

    `speaker` tells whether two statements are of the same source, where there is no entity; `names` are all the words for it.
    `attribution` is where the words stand that attribute the content.
    """

    contents: tuple[Span, ...]
    speaker: str
    names: frozenset[str]
    entity_id: str | None = None
    attribution: tuple[Span, ...] = ()

    def tokens(self, text: str) -> frozenset[int]:
        """Return the positions of the words of the content."""
        return frozenset(word.start() for start, end in self.contents for word in _WORD.finditer(text, start, end))


@dataclass(frozen=True)
class Score:
    """Counts of statements: annotated, predicted, matched by their content, and with the right source among these."""

    gold: int = 0
    predicted: int = 0
    matched: int = 0
    right: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.gold + other.gold, self.predicted + other.predicted, self.matched + other.matched, self.right + other.right
        )

    def figures(self) -> Iterator[tuple[str, int, float]]:
        """Yield each figure with the number of items that it is over."""
        yield "content precision", self.predicted, _share(self.matched, self.predicted)
        yield "content recall", self.gold, _share(self.matched, self.gold)
        yield "content F1", self.gold, _share(2 * self.matched, self.gold + self.predicted)
        yield "source right, of matched contents", self.matched, _share(self.right, self.matched)
        yield "content and source F1", self.gold, _share(2 * self.right, self.gold + self.predicted)


@dataclass(frozen=True)
class Comparison:
    """The statements of one text, and which of them match: pairs of indices in `gold` and in `predicted`."""

    name: str
    text: str
    gold: Sequence[Statement]
    predicted: Sequence[Statement]
    pairs: Sequence[tuple[int, int]]

    def score(self) -> Score:
        """Return the counts of this text."""
        right = sum(same_source(self.predicted[prediction], self.gold[annotation]) for annotation, prediction in self.pairs)
        return Score(len(self.gold), len(self.predicted), len(self.pairs), right)

    def errors(self) -> Iterator[tuple[str, str]]:
        """Yield the kind of each error with a line that shows it."""
        matched_gold, matched_predicted = (
            {annotation for annotation, _ in self.pairs},
            {prediction for _, prediction in self.pairs},
        )
        for index, statement in enumerate(self.gold):
            if index not in matched_gold:
                yield "missed", self._shown(statement)
        for index, statement in enumerate(self.predicted):
            if index not in matched_predicted:
                yield "not annotated", self._shown(statement)
        for annotation, prediction in self.pairs:
            if not same_source(self.predicted[prediction], self.gold[annotation]):
                yield (
                    "wrong source",
                    f"{self._shown(self.gold[annotation])} <> {' / '.join(sorted(self.predicted[prediction].names))}",
                )

    def _shown(self, statement: Statement) -> str:
        content = " [...] ".join(self.text[start:end] for start, end in statement.contents)
        return f"{self.name[:30]}: {' / '.join(sorted(statement.names))} | {' '.join(content.split())[:160]}"


@dataclass(frozen=True)
class Text:
    """A text of the corpus, normalised, with its gold statements."""

    name: str
    published: str
    text: str
    gold: Sequence[Statement]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def attributions(annotations: str) -> list[Attribution]:
    """Return the events of a file of brat that have a source and a content; their roles may be numbered, spans in pieces."""
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[list[str]] = []
    for line in annotations.splitlines():
        fields = line.split("\t")
        if line.startswith("T"):
            pieces = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = tuple(Span(int(start), int(end)) for start, end in (piece.split() for piece in pieces))
        elif line.startswith("E"):
            events.append(fields[1].split())
    sourced = []
    for event in events:
        by_role: dict[str, tuple[Span, ...]] = {}
        for argument in event:
            name, target = argument.rsplit(":", 1)
            role = _ROLE_NUMBER.sub("", name)
            by_role[role] = tuple(sorted((*by_role.get(role, ()), *spans[target])))
        if "Source" in by_role and "Content" in by_role:
            sourced.append(Attribution(by_role["Source"], by_role.get("Cue", ()), by_role["Content"]))
    return sourced


def offsets(raw: str, text: str) -> Callable[[Span], Span]:
    """Return what maps a span of `raw` to the same span of `text`, which is `raw` normalised.

    The mapping raises ValueError for a span that does not hold the same in both.
    """
    stripped = clean(f"x{raw}x").index(text) - 1

    def place(offset: int) -> int:
        return len(clean(f"x{raw[:offset]}x")) - 2 - stripped

    def mapped(span: Span) -> Span:
        moved = span if raw.startswith(text) else Span(place(span.start), place(span.end))
        if span.end > len(raw) or text[moved.start : moved.end].strip() != clean(raw[span.start : span.end]):
            raise ValueError(f"{span.start}:{span.end} does not hold the same text when that is normalised")
        return moved

    return mapped


def gold_statements(annotated: Sequence[Attribution], text: str) -> list[Statement]:
    """Return annotations whose spans are of `text` as statements, adjacent ones of the same words for the source merged."""
    statements = []
    for attribution in annotated:
        source = _plain(" ".join(text[start:end] for start, end in attribution.sources))
        words = (*attribution.sources, *attribution.cues)
        statements.append(Statement(attribution.contents, source, frozenset({source}), attribution=words))
    return merged(statements, text)


def predicted_statements(claims: Sequence[Claim], text: str) -> list[Statement]:
    """Return the claims with a speaker as statements, adjacent ones of the same speaker merged."""
    statements = []
    for claim in claims:
        if claim.speaker is None:
            continue
        spans = [(speaker.start, speaker.end) for speaker in (claim.speaker, *claim.via)]
        words = [Span(start, end) for start, end in spans if start is not None and end is not None]
        if claim.cue is not None:
            words.append(Span(claim.cue.start, claim.cue.end))
        names = frozenset(_plain(name) for name in (claim.speaker.name, claim.speaker.text) if name)
        content = (Span(claim.start, claim.end),)
        statements.append(Statement(content, _plain(claim.speaker.name), names, claim.speaker.entity_id, tuple(words)))
    return merged(statements, text)


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def merged(statements: Sequence[Statement], text: str) -> list[Statement]:
    """Return the statements by where they begin, with adjacent ones of the same source as one.

    Adjacent are two, or two pieces of a content, between which nothing but punctuation, a connective and their own attribution
    stands. The merged content goes from the start of the first to the end of the last.
    """
    result: list[Statement] = []
    for statement in sorted(statements, key=lambda each: each.contents):
        index = next((i for i in reversed(range(len(result))) if _same_speaker(result[i], statement)), None)
        if index is not None:
            before = result[index]
            words = (*before.attribution, *statement.attribution)
            if adjacent(text, Span(before.contents[-1].end, statement.contents[0].start), words):
                contents = _closed((*before.contents, *statement.contents), text, words)
                entity_id = before.entity_id or statement.entity_id
                result[index] = Statement(contents, before.speaker, before.names | statement.names, entity_id, words)
                continue
        contents = _closed(statement.contents, text, statement.attribution)
        result.append(Statement(contents, statement.speaker, statement.names, statement.entity_id, statement.attribution))
    return result


def _same_speaker(earlier: Statement, later: Statement) -> bool:
    if earlier.entity_id is not None and later.entity_id is not None:
        return earlier.entity_id == later.entity_id
    return earlier.speaker == later.speaker


def adjacent(text: str, gap: Span, words: Sequence[Span]) -> bool:
    """Return whether a gap holds nothing but punctuation, connectives and what stands in `words`."""
    characters = list(text[gap.start : gap.end])
    for word in words:
        for position in range(max(word.start, gap.start), min(word.end, gap.end)):
            characters[position - gap.start] = " "
    return _WORD.search(_CONNECTIVE.sub(" ", "".join(characters))) is None


def _closed(contents: Sequence[Span], text: str, words: Sequence[Span]) -> tuple[Span, ...]:
    """Return the pieces of a content with adjacent ones as one."""
    pieces: list[Span] = []
    for span in sorted(contents):
        if pieces and adjacent(text, Span(pieces[-1].end, span.start), words):
            pieces[-1] = Span(pieces[-1].start, max(pieces[-1].end, span.end))
        else:
            pieces.append(span)
    return tuple(pieces)


def overlap(tokens: frozenset[int], others: frozenset[int]) -> float:
    """Return the F1 of one set of token positions against another."""
    return _share(2 * len(tokens & others), len(tokens) + len(others))


def matches(gold: Sequence[Statement], predicted: Sequence[Statement], text: str) -> list[tuple[int, int]]:
    """Return the pairs of (index in `gold`, index in `predicted`) whose contents match: each index once, the best first."""
    tokens = [statement.tokens(text) for statement in predicted]
    candidates = [
        (-share, annotation, prediction)
        for annotation, statement in enumerate(gold)
        for prediction, others in enumerate(tokens)
        if (share := overlap(statement.tokens(text), others)) >= LEAST_OVERLAP
    ]
    pairs: dict[int, int] = {}
    for _, annotation, prediction in sorted(candidates):
        if annotation not in pairs and prediction not in pairs.values():
            pairs[annotation] = prediction
    return sorted(pairs.items())


def same_source(predicted: Statement, gold: Statement) -> bool:
    """Return whether the sources share a telling word (a head is one) or are the same words, as pronouns may be.

    That is lenient: a campaign passes for its candidate.
    """
    return bool(predicted.names & gold.names or _telling(predicted.names) & _telling(gold.names))


def _telling(names: frozenset[str]) -> set[str]:
    return {word for name in names for word in _WORD.findall(name) if len(word) > 1 and word not in UNTELLING}


def first_annotators(paths: Sequence[Path]) -> dict[str, Path]:
    """Return a file of annotations by the name of its text: where it has several, that whose annotator sorts first."""
    chosen: dict[str, Path] = {}
    for path in sorted(paths):
        chosen.setdefault(path.stem.rpartition("_")[0], path)
    return chosen


def read_texts(directory: Path) -> tuple[list[Text], list[str]]:
    """Return the annotated texts, and the names of those whose annotations do not fit them when they are normalised."""
    annotated = first_annotators(list((directory / "attributions").glob("*_*.ann")))
    texts, skipped = [], []
    for path in sorted((directory / "text").glob("*.txt")):
        published = _DATED.search(path.name)
        if path.stem not in annotated or published is None:
            continue
        raw = path.read_bytes().decode("utf-8")  # as it stands: read_text would make one line end of CRLF, which brat counts
        try:
            text = normalise(raw)
            mapped = offsets(raw, text)
            moved = [
                Attribution(*(tuple(mapped(span) for span in spans) for spans in (event.sources, event.cues, event.contents)))
                for event in attributions(annotated[path.stem].read_bytes().decode("utf-8"))
            ]
        except ValueError:
            skipped.append(path.stem)
            continue
        texts.append(Text(path.stem, published[1], text, gold_statements(moved, text)))
    return texts, skipped


def comparisons(texts: Sequence[Text], pipeline: Pipeline) -> Iterator[Comparison]:
    """Yield the comparison of each text, which the pipeline reads in batches."""
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        enriched = pipeline.enrich([article(each.name, each.text, each.published) for each in batch])
        for each, result in zip(batch, enriched, strict=True):
            predicted = predicted_statements(result.claims, each.text)
            yield Comparison(each.name, each.text, each.gold, predicted, matches(each.gold, predicted, each.text))


def main() -> None:
    """Print the table, and the first errors of each kind where they are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.polnear", description=__doc__.splitlines()[0])
    parser.add_argument("directory", metavar="DIR", type=Path, help="the corpus's data/dev, with text/ and attributions/")
    parser.add_argument("--errors", metavar="N", type=int, default=0, help="show the first N errors of each kind")
    arguments = parser.parse_args()
    texts, skipped = read_texts(arguments.directory)
    if not texts:
        why = f"; {len(skipped)} have annotations that do not fit them" if skipped else ""
        parser.error(f"{arguments.directory} has no text/*_YYYY-MM-DD_*.txt with its attributions/*_ANNOTATOR.ann{why}")
    total, shown = Score(), dict[str, list[str]]()
    for comparison in comparisons(texts, Pipeline(MODEL)):
        total += comparison.score()
        for kind, line in comparison.errors():
            shown.setdefault(kind, []).append(line)
    sys.stdout.write(f"PolNeAR: {len(texts)} texts, {len(skipped)} skipped\n{'figure':36} {'items':>6} {'ours':>7}\n")
    for figure, items, value in total.figures():
        sys.stdout.write(f"{figure:36} {items:6} {value:7.3f}\n")
    for kind, lines in shown.items() if arguments.errors > 0 else ():
        sys.stdout.write(f"\n{kind} ({len(lines)})\n")
        sys.stdout.writelines(f"  {line}\n" for line in lines[: arguments.errors])


if __name__ == "__main__":
    main()
