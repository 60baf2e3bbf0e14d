"""The entries of the data files are sound."""

from services.enrich.language.knowledge.entries import entries
from services.enrich.language.tables import rows


def test_data_files_are_sound() -> None:
    known = entries()
    ids = [entry.entity_id for entry in known]
    assert len(ids) == len(set(ids))
    for entry in known:
        assert entry.lat is None or -90 <= entry.lat <= 90
        assert entry.lon is None or -180 <= entry.lon <= 180
        assert all(len(form) > 1 and form == form.strip() for form in entry.forms), entry
    for name in ("countries", "provinces", "regions", "organisations", "persons", "nationalities", "heads", "titles"):
        assert all(None not in row and "" not in list(row.values())[:1] for row in rows(f"{name}.tsv")), name
