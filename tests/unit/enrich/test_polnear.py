"""The measure of tests/quality/polnear.py, on sentences of our own."""

import sys
from pathlib import Path

import pytest

from sitrep.contracts import enriched
from sitrep.contracts.enriched import Claim, Speaker, TextSpan
from sitrep.contracts.text import normalise
from tests.quality.polnear import (
    Attribution,
    Score,
    Span,
    Statement,
    adjacent,
    attributions,
    first_annotators,
    gold_statements,
    main,
    matches,
    offsets,
    overlap,
    predicted_statements,
    read_texts,
    same_source,
)

TEXT = '"The bridge is closed," the mayor said. "The road is open." The governor denied that two barges had sunk.'


def span(part: str, text: str = TEXT) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


def statement(part: str, *names: str) -> Statement:
    return Statement((span(part),), names[0] if names else "", frozenset(names))


def claim(part: str, speaker: Speaker | None, cue: str | None = None) -> Claim:
    where = span(part)
    return Claim(
        claim_id=f"{where.start:016x}",
        start=where.start,
        end=where.end,
        text=part,
        sentence=enriched.Span(start=where.start, end=where.end),
        speaker=speaker,
        cue=None if cue is None else TextSpan(start=span(cue).start, end=span(cue).end, text=cue),
        quote="direct",
        type="other",
        polarity="asserted",
        confidence=None,
    )


def mayor(entity_id: str | None = "kb:mayor", text: str | None = None) -> Speaker:
    where = None if text is None else span(text)
    return Speaker(name="Ana Ruiz", text=text, start=where and where.start, end=where and where.end, entity_id=entity_id)


def test_annotations_are_read_with_numbered_roles_and_pieces_and_only_with_a_source() -> None:
    lines = [
        "T1\tSource 0 3\tAna", "T2\tCue 4 8\tsaid", "T3\tContent 9 12;20 24\tone four", "T4\tContent 30 33\ttwo",
        "T5\tAttribution 4 8\tsaid", "T6\tAttribution-no-source 4 8\tsaid",
        "E1\tAttribution:T5 Content:T4 Content2:T3 Cue:T2 Source:T1", "E2\tAttribution-no-source:T6 Content:T4 Cue:T2",
    ]  # fmt: skip
    assert attributions("\n".join(lines)) == [
        Attribution((Span(0, 3),), (Span(4, 8),), (Span(9, 12), Span(20, 24), Span(30, 33)))
    ]


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        ("The port\r\nis shut.\r\n\r\nIt reopens.", "It reopens."),
        ("\n \nThe\u00a0port is shut.", "port is"),
        ("The cafe\u0301 by the\u200b port is shut.\n", "port"),
        ("The port is shut.\n\n", "shut"),
    ],
)
def test_offsets_follow_the_normalised_text(raw: str, part: str) -> None:
    text = normalise(raw)
    start, end = offsets(raw, text)(span(part, raw))
    assert text[start:end] == part


def test_offsets_refuse_a_span_that_holds_something_else() -> None:
    raw = "The cafe\u0301 is shut.\n"
    with pytest.raises(ValueError, match="does not hold"):
        offsets(raw, normalise(raw))(Span(4, 8))


@pytest.mark.parametrize(
    ("between", "expected"),
    [(' ," ', True), (" and that\n", True), (", Ruiz said. But ", True), (", Ruiz said on Monday. ", False), (" sand ", False)],
)
def test_a_gap_may_hold_punctuation_connectives_and_the_attribution(between: str, expected: bool) -> None:
    words = [Span(2, 6), Span(7, 11)] if "Ruiz" in between else []
    assert adjacent(between, Span(0, len(between)), words) is expected


def test_adjacent_claims_of_a_speaker_are_merged_across_their_own_attribution() -> None:
    claims = [
        claim("The bridge is closed", mayor(), "said"),
        claim("The road is open", mayor(text="the mayor"), "said"),
        claim("two barges had sunk", mayor(), "denied"),
        claim("The governor", None),
    ]
    merged, apart = predicted_statements(claims, TEXT)
    assert merged.contents == (Span(span("The bridge").start, span("is open").end),)
    assert merged.names == {"ana ruiz", "the mayor"}
    assert apart.contents == (span("two barges had sunk"),)


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [("kb:a", "kb:b", 2), ("kb:a", None, 1), (None, None, 1)],
)
def test_speakers_are_the_same_by_entity_or_else_by_name(first: str | None, second: str | None, count: int) -> None:
    claims = [claim("The bridge is closed", mayor(first, "the mayor"), "said"), claim("The road is open", mayor(second))]
    assert len(predicted_statements(claims, TEXT)) == count


def test_pieces_and_contents_of_a_source_are_merged_in_the_annotations_too() -> None:
    source, cue = (span("the mayor"),), (span("said"),)
    bridge, road, barges = span("The bridge is closed"), span("The road is open"), span("two barges had sunk")
    whole = (Span(bridge.start, road.end),)
    assert [each.contents for each in gold_statements([Attribution(source, cue, (bridge, road))], TEXT)] == [whole]
    apart = [Attribution(source, cue, (bridge,)), Attribution(source, (), (road,))]
    assert [each.contents for each in gold_statements(apart, TEXT)] == [whole]
    assert len(gold_statements([apart[0], Attribution((span("The governor"),), (), (road,))], TEXT)) == 2
    assert gold_statements([Attribution(source, cue, (road, barges))], TEXT)[0].contents == (road, barges)


def test_contents_match_by_the_positions_of_their_words_and_each_but_once() -> None:
    text = "The road is open. The road is open."
    first, second, both = (
        Statement((Span(*place),), "", frozenset()) for place in ((0, 16), (18, 34), (0, 34))
    )  # fmt: skip
    assert overlap(first.tokens(text), second.tokens(text)) == 0
    assert overlap(first.tokens(text), both.tokens(text)) == pytest.approx(2 / 3)
    assert matches([first, second], [both], text) == [(0, 0)]
    assert matches([first, second], [both, second], text) == [(0, 0), (1, 1)]
    assert matches([], [both], text) == []


@pytest.mark.parametrize(
    ("predicted", "gold", "right"),
    [
        (("ana ruiz", "she"), "mayor ana ruiz of the port", True),
        (("ana ruiz", "she"), "she", True),
        (("ana ruiz", "the mayor"), "she", False),
        (("mr. ruiz",), "mr. ortega", False),
        (("the mayor",), "the governor", False),
        (("ruiz\u2019s office",), "ruiz", True),
        (("john d. ruiz",), "paul d. ortega", False),
    ],
)
def test_sources_share_a_telling_word_or_are_the_same_words(predicted: tuple[str, ...], gold: str, right: bool) -> None:
    assert same_source(statement("The road", *predicted), statement("The road", gold)) is right


def test_figures_are_shares_of_their_items() -> None:
    figures = {name: (items, value) for name, items, value in (Score(4, 1, 1, 0) + Score(4, 3, 1, 1)).figures()}
    assert figures == {
        "content precision": (4, 0.5),
        "content recall": (8, 0.25),
        "content F1": (8, pytest.approx(1 / 3)),
        "source right, of matched contents": (2, 0.5),
        "content and source F1": (8, pytest.approx(1 / 6)),
    }
    assert all(value == 0 for _, _, value in Score().figures())


def test_the_annotator_that_sorts_first_is_taken() -> None:
    paths = [Path(f"{name}.ann") for name in ("x_2020-01-01_a_ff00", "x_2020-01-01_a_00ff", "x_2020-01-01_a_b_0000")]
    assert first_annotators(paths) == {"x_2020-01-01_a": paths[1], "x_2020-01-01_a_b": paths[2]}


def test_texts_are_read_with_their_date_or_skipped_where_annotations_do_not_fit(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    raw, start = "Ana\u00a0said\r\nit rains.", 10
    for name, end in (("x_2020-01-01_a", 18), ("x_2020-01-01_b", 40)):
        (tmp_path / "text" / f"{name}.txt").write_bytes(raw.encode())
        lines = ["T1\tSource 0 3\tAna", f"T2\tContent {start} {end}\tit rains", "E1\tSource:T1 Content:T2"]
        (tmp_path / "attributions" / f"{name}_00ff.ann").write_text("\n".join(lines), "utf-8")
    texts, skipped = read_texts(tmp_path)
    assert [(each.name, each.published) for each in texts] == [("x_2020-01-01_a", "2020-01-01")]
    assert [each.gold[0].contents for each in texts] == [(Span(9, 17),)]
    assert skipped == ["x_2020-01-01_b"]


def test_a_directory_without_the_corpus_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["polnear", str(tmp_path)])
    with pytest.raises(SystemExit):
        main()
    assert "has no text/" in capsys.readouterr().err
