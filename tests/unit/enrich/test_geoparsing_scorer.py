"""The measure of tests/quality/geoparsing.py, on articles of our own."""

import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.quality import geoparsing
from tests.quality.geoparsing import Annotated, Mention, Score, Toponym, error, kilometres, main, misses, read, score

TEXT = "Officials in Springfield met the Russian army near Lake Alder."
SPRINGFIELD, RUSSIAN, LAKE = Toponym(13, 24, "Literal", 39.8, -89.6), Toponym(33, 40, "Mixed/Adjective", 60.0, 100.0), (51, 61)

GEOWEBNEWS = f"""<?xml version="1.0"?>
<articles>
  <!-- a remark -->
  <article file="7"><title>Talks</title><text>{TEXT}</text><toponyms>
    <toponym><extractedName>Springfield</extractedName><type>Literal</type><modifierType/><start>13</start><end>24</end>
      <latitude>39.8</latitude><longitude>-89.6</longitude></toponym>
    <toponym><extractedName>Russian</extractedName><type>Mixed</type><modifierType>Adjective</modifierType>
      <start>33</start><end>40</end><latitude>60.0</latitude><longitude>100.0</longitude></toponym>
    <toponym><extractedName>Officials</extractedName><type>Non_Lit_Expression</type><start>0</start><end>9</end></toponym>
    <toponym><extractedName>Talks</extractedName><type>Literal</type><start>-5</start><end>-1</end>
      <latitude>1.0</latitude><longitude>1.0</longitude></toponym>
  </toponyms></article>
  <article file="8"><text> </text><toponyms/></article>
</articles>"""

GAZTAGGED = """<articles>
  <article docid="3"><dltime>2009-03-17 05:00:00</dltime><text>Rain fell in New
Alder &amp; Oak.</text><toponyms>
    <toponym><start>13</start><end>22</end><phrase>New Alder</phrase><gaztag geonameid="1"><lat>1.5</lat><lon>-2</lon></gaztag></toponym>
    <toponym><start>25</start><end>28</end><phrase>Oak</phrase></toponym>
    <toponym><start>0</start><end>4</end><phrase>Snow</phrase><gaztag geonameid="2"><lat>1</lat><lon>2</lon></gaztag></toponym>
  </toponyms></article>
</articles>"""


def written(folder: Path, source: str) -> Path:
    path = folder / "corpus.xml"
    path.write_text(source, "utf-8")
    return path


def mention(toponym: Toponym, label: str, lat: float | None = None, lon: float | None = None) -> Mention:
    return Mention(toponym.start, toponym.end, label, "Name", lat, lon)


def test_geowebnews_is_read_with_its_types_and_without_what_is_not_in_the_text(tmp_path: Path) -> None:
    expression = Toponym(0, 9, "Non_Lit_Expression")
    assert read(written(tmp_path, GEOWEBNEWS)) == [Annotated("7", TEXT, None, (SPRINGFIELD, RUSSIAN, expression), misplaced=1)]


def test_gaztags_are_read_and_the_day_of_the_article(tmp_path: Path) -> None:
    (one,) = read(written(tmp_path, GAZTAGGED))
    assert (one.name, one.published, one.misplaced) == ("3", "2009-03-17", 1)
    assert one.toponyms == (Toponym(13, 22, "", 1.5, -2.0), Toponym(25, 28))
    assert one.located == [Toponym(13, 22, "", 1.5, -2.0)]


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [
        ((48.0, 11.0), (48.0, 11.0), 0.0),
        ((0.0, 0.0), (0.0, 1.0), 111.195),
        ((10.0, 20.0), (11.0, 20.0), 111.195),
        ((60.0, 179.5), (60.0, -179.5), 55.597),
        ((0.0, 0.0), (0.0, 180.0), 20015.087),
        ((37.3, 59.1), (-37.3, -120.9), 20015.087),
    ],
)
def test_distances_go_over_the_surface(here: tuple[float, float], there: tuple[float, float], km: float) -> None:
    assert kilometres(*here, *there) == pytest.approx(km, abs=0.01)


def test_the_nearest_place_that_overlaps_counts() -> None:
    far, near = mention(SPRINGFIELD, "GPE", 42.1, -72.6), Mention(20, 30, "FAC", "Station", 39.8, -89.5)
    elsewhere, no_place = Mention(24, 30, "GPE", "Next", 39.8, -89.6), mention(SPRINGFIELD, "ORG", 39.8, -89.6)
    assert error(SPRINGFIELD, [far, near, elsewhere, no_place]) == pytest.approx(8.54, abs=0.01)
    assert error(SPRINGFIELD, [elsewhere, no_place, mention(SPRINGFIELD, "GPE")]) is None


def test_counts_are_of_what_has_coordinates_and_of_names() -> None:
    toponyms = [SPRINGFIELD, RUSSIAN, Toponym(*LAKE), Toponym(0, 9, "Non_Lit_Expression")]
    found = [
        mention(SPRINGFIELD, "GPE", 42.1, -72.6),
        mention(RUSSIAN, "NORP", 60.0, 100.0),
        Mention(*LAKE, "LOC", "Lake Alder"),
        Mention(0, 9, "GPE", "Officials", 39.8, -89.6),
    ]
    counted = score(toponyms, found)
    assert (counted.gold, counted.found, counted.near) == (2, 1, 0)
    assert (counted.names, counted.recognised) == (3, 2)
    assert (counted.mentions, counted.right) == (3, 2)
    assert counted.kinds["Literal", "found"] == 1
    assert counted.kinds["Mixed/Adjective", "gold"] == 1


def test_figures_are_of_all_articles() -> None:
    near = score([SPRINGFIELD], [mention(SPRINGFIELD, "GPE", 39.8, -89.6)])
    far = score([SPRINGFIELD], [mention(SPRINGFIELD, "GPE", 39.8, -86.6)])
    total = near + far + score([SPRINGFIELD, RUSSIAN], [])
    figures = {name: (items, value) for name, items, value in total.figures()}
    assert figures["recall within 161 km"] == (4, 0.25)
    assert figures["within 161 km, of those found"] == (2, 0.5)
    assert figures["toponyms recognised, recall"] == (4, 0.5)
    assert figures["toponyms recognised, precision"] == (2, 1.0)
    assert figures["median error, km"][0] == 2
    assert figures["median error, km"][1] == pytest.approx(128.13, abs=0.1)
    assert total.kinds == {
        ("Literal", "gold"): 3, ("Literal", "found"): 2, ("Literal", "near"): 1, ("Mixed/Adjective", "gold"): 1
    }  # fmt: skip


def test_figures_of_nothing_are_zero_and_have_no_median() -> None:
    assert [value for _, _, value in Score().figures()][:4] == [0.0] * 4
    assert math.isnan([value for _, _, value in Score().figures()][4])


def test_misses_say_what_we_had() -> None:
    one = Annotated("7", TEXT, None, (SPRINGFIELD, RUSSIAN, Toponym(*LAKE, "", 1.0, 2.0)))
    far = mention(SPRINGFIELD, "GPE", 39.8, -86.6)
    lines = list(misses(one, [far, mention(RUSSIAN, "NORP")]))
    assert [line.split(" | ")[0] for line in lines] == [
        "7: 'Springfield' Literal 39.800,-89.600, GPE 'Name' 39.800,-86.600 256 km",
        "7: 'Russian' Mixed/Adjective 60.000,100.000, not a place, NORP 'Name' without coordinates",
        "7: 'Lake Alder' 1.000,2.000, none",
    ]
    assert all(line.endswith("Lake Alder.") or "Springfield" in line for line in lines)
    assert next(misses(one, [mention(SPRINGFIELD, "GPE")])).split(" | ")[0].endswith("GPE 'Name' without coordinates")
    assert not list(misses(Annotated("7", TEXT, None, (SPRINGFIELD,)), [mention(SPRINGFIELD, "GPE", 39.8, -89.6)]))


def test_the_table_has_the_figures_the_misses_and_the_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def found(articles: Sequence[Annotated]) -> Iterator[list[Mention]]:
        yield from ([mention(SPRINGFIELD, "GPE", 39.8, -89.6)] for _ in articles)

    monkeypatch.setattr(geoparsing, "ours", found)
    monkeypatch.setattr(sys, "argv", ["geoparsing", str(written(tmp_path, GEOWEBNEWS)), "--errors", "--limit", "1"])
    main()
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("7: 'Russian' Mixed/Adjective")
    assert shown[1] == "corpus: 1 articles, 2 toponyms with coordinates (1 more do not stand in the text)"
    assert shown[3].split() == ["recall", "within", "161", "km", "2", "0.500"]
    assert shown[-2].split() == ["Literal", "1", "1.000", "1.000"]


def test_a_corpus_without_located_toponyms_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["geoparsing", str(written(tmp_path, "<articles/>"))])
    with pytest.raises(SystemExit):
        main()
    assert "no article" in capsys.readouterr().err
