"""The fingerprint moves with whatever decides a result, and with nothing else."""

from pathlib import Path

import pytest

from services.enrich.language.fingerprint import code_hash, without_comments

SOURCE = '''"""What it is for."""

LIMIT = 3  # articles
"""Most of them."""


def f(a: str = "x") -> str:
    """Return it."""
    # why
    return f"{a} # no comment"
'''


def test_comments_docstrings_and_empty_lines_do_not_count() -> None:
    other = '''"""Other words."""
LIMIT = 3
def f(a: str = "x") -> str:
    """Return
    it over several lines.
    """

    return f"{a} # no comment"  # said again
'''
    assert without_comments(SOURCE) == without_comments(other)
    assert "# no comment" in without_comments(SOURCE)


@pytest.mark.parametrize(
    ("old", "new"), [("LIMIT = 3", "LIMIT = 4"), ('"x"', '"y"'), ("# no comment", "# a comment"), ("{a}", "{a!r}")]
)
def test_code_and_strings_in_use_count(old: str, new: str) -> None:
    assert without_comments(SOURCE) != without_comments(SOURCE.replace(old, new))


def test_lines_within_a_string_in_use_count() -> None:
    assert without_comments('A = """a\n\nb"""\n') != without_comments('A = """a\nb"""\n')
    assert without_comments('A = f"""a \nb"""\n') != without_comments('A = f"""a\nb"""\n')
    assert without_comments("A = 1\n\n\nB = 2   \n") == without_comments("A = 1\nB = 2\n")


def test_hash_is_over_code_and_data_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "rule.py").write_text(SOURCE)
    (tmp_path / "data" / "words.tsv").write_text("# source\n# word\nx\n")
    before = code_hash(tmp_path)
    (tmp_path / "README").write_text("not part of it")
    (tmp_path / "rule.py").write_text(SOURCE.replace("# why", "# because"))
    assert code_hash(tmp_path) == before
    (tmp_path / "data" / "words.tsv").write_text("# source\n# word\ny\n")
    assert code_hash(tmp_path) != before
