"""The data files: each has its source and licence, and columns that its rows fill."""

from pathlib import Path

import pytest

from services.enrich.language.tables import DATA, rows, values, word_lists

FILES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.tsv"))


@pytest.mark.parametrize("name", FILES)
def test_file_has_source_licence_and_columns(name: str) -> None:
    first, second, *_ = (DATA / name).read_text("utf-8").splitlines()
    assert first.startswith("# source: ")
    assert "; licence: " in first
    columns = second.removeprefix("# ").split("\t")
    assert len(columns) == len(set(columns))
    found = list(rows(name))
    assert found
    for row in found:
        assert set(row) == set(columns), row
        assert all(cell == cell.strip() for cell in row.values()), row


def test_loader_reads_remarks_quotes_and_short_lines_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.enrich.language.tables.DATA", tmp_path)
    (tmp_path / "x.tsv").write_text('# source: us; licence: CC0-1.0\n# list\twords\n# a remark\na\tone|"two\nb\n', "utf-8")
    assert list(rows("x.tsv")) == [{"list": "a", "words": 'one|"two'}, {"list": "b", "words": ""}]
    assert word_lists("x.tsv") == {"a": frozenset({"one", '"two'}), "b": frozenset()}
    assert values("a||b") == ("a", "b")
