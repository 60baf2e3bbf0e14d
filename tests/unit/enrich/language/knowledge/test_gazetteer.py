"""Populated places by name."""

from services.enrich.language.knowledge.gazetteer import gazetteer


def test_gazetteer_finds_the_exact_name_before_those_that_sound_alike() -> None:
    names = [place.name for place in gazetteer().find("Goma")]
    assert names[0] == "Goma"
    assert gazetteer().exact("Goma")
    assert not gazetteer().exact("Gomma")
