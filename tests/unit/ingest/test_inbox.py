"""Files moved about, never through links, never over each other."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest import names
from services.ingest.inbox import CLAIMED, DONE, INBOX, REJECTED, Found, Ignored, Inbox


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    made = Inbox(tmp_path)
    made.prepare()
    return made


def test_walk_finds_files_and_says_what_it_leaves_alone(inbox: Inbox) -> None:
    (inbox.root / "sub").mkdir()
    for name in ("a.txt", "sub/b.txt", ".hidden", "_private", "c.PART", "_defaults.toml"):
        (inbox.root / name).touch()
    (inbox.root / "link").symlink_to("a.txt")
    (inbox.root / "directory-link").symlink_to("sub")
    deep = inbox.root / Path(*"abcdefghijklmnopqr")
    deep.mkdir(parents=True)
    seen = list(inbox.walk(INBOX))
    assert {f.path for f in seen if isinstance(f, Found)} == {"a.txt", "sub/b.txt"}
    assert {(i.path, i.reason) for i in seen if isinstance(i, Ignored)} == {
        (".hidden", "hidden"), ("_private", "underscore"), ("c.PART", "temporary"), ("link", "symlink"),
        ("directory-link", "symlink"), ("/".join("abcdefghijklmnop"), "too_deep"),
    }  # fmt: skip


def test_inbox_may_itself_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.txt").touch()
    (tmp_path / "link").symlink_to("real")
    inbox = Inbox(tmp_path / "link")
    assert [f.path for f in inbox.walk(INBOX) if isinstance(f, Found)] == ["a.txt"]


def test_claim_and_put_back_replace_nothing(inbox: Inbox) -> None:
    (inbox.root / "a.txt").write_text("first")
    assert inbox.claim("a.txt")
    (inbox.root / "a.txt").write_text("second")
    assert not inbox.claim("a.txt")
    assert not inbox.put_back("a.txt")
    assert (inbox.root / CLAIMED / "a.txt").read_text() == "first"
    (inbox.root / "a.txt").unlink()
    assert inbox.put_back("a.txt")
    assert (inbox.root / "a.txt").read_text() == "first"
    assert not inbox.claim("gone.txt")


def test_claim_takes_only_regular_files(inbox: Inbox) -> None:
    (inbox.root / "a.meta.json").mkdir()
    (inbox.root / "b.meta.json").symlink_to("a.txt")
    assert not inbox.claim("a.meta.json")
    assert not inbox.claim("b.meta.json")


def test_move_of_a_second_name_of_one_file_ends(inbox: Inbox) -> None:
    (inbox.root / CLAIMED / "a.txt").write_text("text")
    os.link(inbox.root / CLAIMED / "a.txt", inbox.root / DONE / "a.txt")
    assert inbox.move("a.txt", CLAIMED, DONE)
    assert not (inbox.root / CLAIMED / "a.txt").exists()
    assert (inbox.root / DONE / "a.txt").read_text() == "text"


def test_free_name_keeps_clear_of_files_and_of_error_files(inbox: Inbox) -> None:
    assert inbox.free_name(DONE, "sub/a.txt", "0123abcd") == "sub/a.txt"
    (inbox.root / REJECTED / "a.txt").touch()
    assert inbox.free_name(REJECTED, "a.txt", "0123abcd") == "a~0123abcd.txt"
    (inbox.root / REJECTED / "a~0123abcd.txt").touch()
    assert inbox.free_name(REJECTED, "a.txt", "0123abcd") == "a~0123abcd-2.txt"
    (inbox.root / REJECTED / "b.txt.error.json").touch()
    assert inbox.free_name(REJECTED, "b.txt", "0123abcd") == "b~0123abcd.txt"


def test_open_refuses_links_on_the_way(inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir(exist_ok=True)
    (inbox.root / "way").symlink_to("/etc")
    for path in ("way/passwd", "way"):
        with pytest.raises(OSError, match=r"."):
            inbox.open(INBOX, path)


@given(st.binary(min_size=1, max_size=255).filter(lambda b: b"/" not in b and b"\x00" not in b))
def test_names_are_within_what_a_file_system_takes(raw: bytes) -> None:
    name = os.fsdecode(raw)
    names.key(name).encode("utf-8")
    assert names.uri(name).isascii()
    for made in (names.marked(name, "0123abcd"), names.error_path(name), names.sidecar_path(name)):
        assert len(os.fsencode(made)) <= 255


def test_claim_leaves_a_file_that_is_dropped_in_the_same_moment(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    (inbox.root / "x.txt").write_text("version 1")
    rename = os.rename

    def renamed(*args: Any, **more: Any) -> None:
        rename(*args, **more)
        (inbox.root / "x.txt").write_text("version 2")

    monkeypatch.setattr(os, "rename", renamed)
    assert inbox.claim("x.txt")
    assert (inbox.root / CLAIMED / "x.txt").read_text() == "version 1"
    assert (inbox.root / "x.txt").read_text() == "version 2"


def test_put_back_works_where_there_are_no_links(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: Any, **__: Any) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", link)
    (inbox.root / CLAIMED / "a.txt").write_text("text")
    assert inbox.put_back("a.txt")
    (inbox.root / CLAIMED / "a.txt").write_text("other")
    assert not inbox.put_back("a.txt")
    assert (inbox.root / "a.txt").read_text() == "text"
