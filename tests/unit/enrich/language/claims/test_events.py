"""What happens in a clause: the sense of a word in its frame, how central it is, who acts and who is affected."""

import pytest

from services.enrich.language.claims import events as module
from services.enrich.language.claims.events import BUILT_IN, CLASSES, NOUNS_OF, Event, events, is_of_class, sense_of
from services.enrich.language.claims.lexicon import PEOPLE
from services.enrich.language.claims.spans import Range
from services.enrich.language.claims.types import TYPES
from services.enrich.language.tables import rows, values
from tests.support.parses import doc, token

ROWS = list(rows("events.tsv"))


def of(text: str) -> list[Event]:
    parsed = doc(text)
    return events(parsed, Range(0, len(parsed)), next(iter(parsed.sents)).root)


def told(text: str) -> list[str]:
    return [f"{event.token.text} {event.type} {event.rank}" for event in of(text)]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Rebels captured six villages.", "captured", "control"),
        ("The novel captured the mood.", "captured", None),
        ("Rebels took Goma.", "took", "control"),
        ("The man took the bread.", "took", None),
        ("Goma fell to rebels.", "fell", "control"),
        ("The envoy fell in love.", "fell", None),
        ("Russia fired 40 missiles.", "fired", "attack"),
        ("The premier fired a minister.", "fired", None),
        ("A strike by jets killed nine farmers.", "strike", "attack"),
        ("A strike by dockers closed the port.", "strike", None),
        ("The guards opened fire on the crowd.", "opened", "attack"),
        ("The guards opened the debate.", "opened", None),
        ("The blast claimed nine lives.", "claimed", "casualties"),
        ("The runner claimed the title.", "claimed", None),
        ("Rockets hit the bakery.", "hit", "attack"),
        ("A storm hit the market.", "hit", None),
        ("The rebels lost the airport.", "lost", "control"),
        ("The party lost the election.", "lost", None),
        ("Troops withdrew from the border.", "withdrew", "movement"),
        ("The candidate withdrew from the race.", "withdrew", None),
        ("The army cut the road.", "cut", "closure"),
        ("The bank cut the rate.", "cut", None),
        ("The battle for the dam goes on.", "battle", "attack"),
        ("The battle against cancer goes on.", "battle", None),
        ("The war of words with the union went on.", "war", None),
        ("Rebels pulled back from the ridge.", "pulled", "movement"),
        ("Clashes broke out in Kesra.", "broke", "attack"),
        ("Rebels captured most of the town.", "captured", "control"),
        ("The death toll rose to 41.", "rose", "casualties"),
        ("Prices rose 40 per cent.", "rose", None),
        ("Nine of the crew were missing.", "were", "casualties"),
        ("The two sides signed a truce.", "signed", "agreement"),
        ("Hundreds of families fled Rutshuru.", "fled", "displacement"),
        ("The army is supplied with food by Kesra.", "supplied", "support"),
        ("A rocket attack destroyed the bakery.", "rocket", "attack"),
        ("An attack helicopter circled the town.", "attack", None),
        ("Relief fed nine villages.", "Relief", None),
        ("Clashes Kill Nine In Kesra.", "Clashes", "attack"),
        ("The captured town was burned.", "captured", "control"),
    ],
)
def test_sense(text: str, word: str, expected: str | None) -> None:
    """Slips of the parse are given to two by hand: the relief is an organisation, and the clashes of a headline are a name."""
    sense = sense_of(token(doc(text), word))
    assert (None if sense is None else sense.type) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two soldiers died in the raid.", ["died casualties head", "raid attack object"]),
        ("The army's advance cut the road.", ["cut closure head", "advance movement subject"]),
        ("The rebels, who captured Kesra, burned the mill.", ["burned attack head", "captured control inner"]),
        ("The villagers fled, leaving the camp.", ["fled displacement head", "leaving displacement inner"]),
        ("Nine farmers were shot and killed.", ["shot attack head", "killed casualties object"]),
        ("The army is continuing to hold the ridge.", ["hold control head"]),
        ("The army ordered the villagers to leave the valley.", ["leave displacement object"]),
        (
            "Residents who had fled the fighting returned to the town.",
            ["returned displacement head", "fled displacement inner", "fighting attack inner"],
        ),
        (
            "Farmers killed in the raid were buried on Friday.",
            ["buried casualties head", "killed casualties inner", "raid attack inner"],
        ),
        ("Prices rose 40 per cent.", []),
        ("The strike was near the market.", ["strike attack subject"]),
    ],
)
def test_the_most_central_comes_first(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_only_what_stands_in_the_clause_happens_in_it() -> None:
    parsed = doc("Two soldiers died in the raid.")
    assert [event.token.text for event in events(parsed, Range(4, 7), token(parsed, "raid"))] == ["raid"]
    assert [event.rank for event in events(parsed, Range(4, 7), token(parsed, "raid"))] == ["head"]


def test_what_hangs_on_a_figure_of_speech_is_none_either() -> None:
    assert told("The firm launched a review after the blast.") == []
    assert told("The captain held a meeting about the shelling.") == ["shelling attack object"]


@pytest.mark.parametrize(
    ("text", "word", "actors", "affected"),
    [
        ("Rebels captured six villages.", "captured", ["Rebels"], ["villages"]),
        ("Nine people were killed by shells in the raid.", "killed", ["shells"], ["people"]),
        ("Two soldiers died in the raid.", "died", [], ["soldiers"]),
        ("Goma fell to rebels.", "fell", [], ["Goma"]),
        ("The rebels, who captured Kesra, burned the mill.", "captured", ["rebels"], ["Kesra"]),
        ("The wounded man, whom soldiers beat, died.", "beat", ["soldiers"], ["man"]),
        ("The wounded man, whom soldiers beat, died.", "wounded", [], ["man"]),
        ("Farmers killed in the raid were buried on Friday.", "killed", [], ["Farmers"]),
        ("Rebels holding the town shelled the mill.", "holding", ["Rebels"], ["town"]),
        ("Soldiers and gunmen attacked the mill and the dam.", "attacked", ["Soldiers", "gunmen"], ["mill", "dam"]),
        ("Soldiers shot two men and burned the mill.", "burned", ["Soldiers"], ["mill"]),
        ("The army carried out a raid on the camp.", "carried", ["army"], ["camp"]),
        ("The army carried out a raid on the camp.", "raid", [], ["camp"]),
        ("Israel's raid on the camp killed a nurse.", "raid", ["Israel"], ["camp"]),
        ("The attack on the dam by rebels was condemned.", "attack", ["rebels"], ["dam"]),
        (
            "The army's shelling of the village and the ford wounded a nurse.",
            "shelling",
            [],
            ["village", "ford"],
        ),
    ],
)
def test_who_acts_and_who_is_affected(text: str, word: str, actors: list[str], affected: list[str]) -> None:
    event = next(event for event in of(text) if event.token.text == word)
    assert [noun.text for noun in event.actors()] == actors
    assert [noun.text for noun in event.affected()] == affected


@pytest.mark.parametrize(
    ("text", "word", "name", "expected"),
    [
        ("Rebels captured six villages.", "villages", "ground", True),
        ("Rebels captured six villages.", "villages", "force", False),
        ("Rebels took Goma.", "Goma", "ground", True),
        ("Rebels captured most of the town.", "most", "ground", True),
        ("Rebels captured most of the town.", "most", "abstract", False),
        ("The novel captured the mood.", "mood", "abstract", True),
        ("Half of the votes were lost.", "votes", "abstract", True),
        ("Half of the votes were lost.", "Half", "abstract", False),
        ("Nine people were killed by shells in the raid.", "people", "human", True),
        ("She and two others were killed.", "She", "human", True),
        ("Hundreds of families and dozens of tents were seen.", "Hundreds", "human", True),
        ("Rebels captured most of the town.", "most", "human", False),
        ("Nine of the crew were missing.", "Nine", "human", True),
        ("Nine of the tents were missing.", "Nine", "human", False),
        ("A strike by dockers closed the port.", "strike", "not_event", True),
        ("A strike by jets killed nine farmers.", "strike", "not_event", False),
        ("A strike by dockers closed the port.", "strike", "assault", False),
        ("A strike by jets killed nine farmers.", "strike", "assault", True),
        ("The battle for the dam goes on.", "dam", "word:dam|ford", True),
        ("The battle for the dam goes on.", "dam", "word:ford", False),
        ("The army cut the road.", "army", "body", True),
    ],
)
def test_class_of_a_noun(text: str, word: str, name: str, expected: bool) -> None:
    assert is_of_class(token(doc(text), word), name) is expected


@pytest.mark.parametrize(
    ("term", "text", "word", "expected"),
    [
        ("obj=ground", "Rebels took Goma.", "took", True),
        ("obj=ground", "The man took the bread.", "took", False),
        ("obj!=ground", "Rebels took Goma.", "took", False),
        ("obj!=ground", "The man took the bread.", "took", True),
        ("obj=none", "Goma fell to rebels.", "fell", True),
        ("obj=none", "Rebels took Goma.", "took", False),
        ("no_obj", "Goma fell to rebels.", "fell", True),
        ("no_obj", "Rebels took Goma.", "took", False),
        ("subj=force", "Rebels took Goma.", "took", True),
        ("subj=force", "The bank cut the rate.", "cut", False),
        ("prep=to,into", "Goma fell to rebels.", "fell", True),
        ("prep=in", "Goma fell to rebels.", "fell", False),
        ("pobj=force", "Goma fell to rebels.", "fell", True),
        ("pobj=force", "The envoy fell in love.", "fell", False),
        ("prt=out", "Clashes broke out in Kesra.", "broke", True),
        ("prt=back", "Rebels pulled back from the ridge.", "pulled", True),
        ("prt=in", "Clashes broke out in Kesra.", "broke", False),
        ("comp=missing", "Nine of the crew were missing.", "were", True),
        ("comp=dead", "Nine of the crew were missing.", "were", False),
        ("noun=labour", "A strike by dockers closed the port.", "strike", True),
        ("noun=labour", "A strike by jets killed nine farmers.", "strike", False),
        ("of=ground", "The army's shelling of the village and the ford wounded a nurse.", "shelling", True),
        ("of=force", "The army's shelling of the village and the ford wounded a nurse.", "shelling", True),
        ("of=ground", "The attack on the dam by rebels was condemned.", "attack", False),
    ],
)
def test_term_of_a_frame(term: str, text: str, word: str, expected: bool) -> None:
    assert module._term(term)(token(doc(text), word)) is expected


@pytest.mark.parametrize("text", ["subject=force", "object", "", "no_subj"])
def test_there_is_no_such_term(text: str) -> None:
    with pytest.raises(ValueError, match="there is no term"):
        module._term(text)


def test_every_row_has_a_type_a_part_and_roles_that_there_are() -> None:
    assert {row["type"] for row in ROWS} <= {*TYPES, "-"}
    assert {row["part"] for row in ROWS} == {"verb", "noun"}
    assert {row["roles"] for row in ROWS} == {"", "undergo", "noun"}
    assert all(values(row["lemmas"]) for row in ROWS)


def test_every_term_of_a_frame_is_one_and_its_class_is_there() -> None:
    classes = {*CLASSES, *PEOPLE, *BUILT_IN, "not_event", "none"}
    for term in (term for row in ROWS for term in row["frame"].split()):
        module._term(term)
        name, _, value = term.replace("!=", "=").partition("=")
        if name in NOUNS_OF:
            assert value in classes or value.removeprefix("word:") != value, f"there is no class {value!r}"
        else:
            assert "!=" not in term, f"{term!r} cannot be negated"


def test_classes_that_the_rules_ask_for_are_there() -> None:
    assert {"part", "phase", "amount", "person_pronoun", "force", *module.EVENTFUL, *module.WITHOUT_PARTS} <= set(CLASSES)
    assert all(CLASSES.values())
