"""Bad input ends where it belongs, with a sentence that says what to do, and everything else goes on."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sitrep.contracts.codes import RejectionCode as Code
from tests.faults.poison_rows import QUICK, Ended, drop_everything, key_of
from tests.support.badfiles import BAD, LEFT, STORED, Bad
from tests.support.debian import library_path, unpacked
from tests.support.servers import Broker, Database
from tests.support.service import Place, Service, tick_until

IDS = [bad.name[:40].encode("utf-8", "backslashreplace").decode() for bad in BAD]


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory, broker: Broker, database: Database) -> Ended:
    """Drop everything at once, good files among the bad, and wait until each has ended."""
    return drop_everything(Place(tmp_path_factory.mktemp("bad"), broker, database, extra=QUICK))


@pytest.mark.parametrize("bad", BAD, ids=IDS)
def test_bad_input_ends_as_it_must(ended: Ended, bad: Bad) -> None:
    key = key_of(bad)
    if bad.ends == STORED:
        assert key in ended.stored
        assert key not in ended.rejections
        return
    if bad.ends == LEFT:
        assert os.path.lexists(ended.inbox / bad.name)
        assert key not in ended.rejections
        assert key not in ended.stored
        return
    code, sentence, _, _ = ended.rejections[key]
    assert code == bad.ends
    assert len(sentence) > 20
    assert key not in ended.stored
    error = json.loads((ended.inbox / "_rejected" / f"{bad.name}.error.json").read_text("utf-8"))
    assert error["errors"][0]["code"] == code
    assert error["errors"][0]["sentence"] == sentence
    assert (ended.inbox / "_rejected" / bad.name).exists()


def test_bad_lines_among_good_ones_are_refused_alone(ended: Ended) -> None:
    refused = {key: row[0] for key, row in ended.rejections.items() if key.startswith("mixed.jsonl")}
    assert refused == {
        "mixed.jsonl#line=2": Code.MALFORMED,
        "mixed.jsonl#line=5": Code.MALFORMED,
        "mixed.jsonl#line=6": Code.NO_TEXT,
        "mixed.jsonl#line=8": Code.TOO_DEEP,
        "mixed.jsonl#line=9": Code.TOO_LARGE,
    }
    assert {key for key in ended.stored if key.startswith("mixed")} == {f"mixed.jsonl#line={n}" for n in (1, 3, 7, 10)}
    error = json.loads((ended.inbox / "_done/mixed.jsonl.error.json").read_text())
    assert (error["parts_good"], error["parts_refused"]) == (4, 5)


def test_whole_files_that_were_read_are_named_by_their_hash(ended: Ended) -> None:
    unread = {Code.TOO_LARGE, Code.UNREADABLE, Code.TOO_LONG, Code.INCOMPLETE}
    for bad in BAD:
        if isinstance(bad.ends, Code) and bad.ends not in unread and not bad.name.endswith(".jsonl"):  # those are streamed
            assert ended.rejections[key_of(bad)][2] is not None, bad.name


def test_corpus_is_large_enough() -> None:
    assert len({bad.name for bad in BAD if bad.ends != STORED}) >= 70
    assert len(BAD) >= 100


def test_no_file_takes_much_time_or_memory(tmp_path: Path) -> None:
    """As ingest reads it, in a process of its own: at most 2 s of computing and 64 MiB above what it had before."""
    for bad in BAD:
        if bad.name != "socket.txt":
            bad.make(tmp_path / bad.name)
    command = [sys.executable, "-m", "tests.support.measured", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    measured = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(measured) >= len([bad for bad in BAD if isinstance(bad.ends, Code)]) - 1  # nobody may read one of them
    assert [one for one in measured if one["seconds"] > 2.0 or one["mib"] > 64] == []


def _strace() -> list[str]:
    """Return how strace is called, from this machine or unpacked; skip the test where it may not trace."""
    command = ["strace"]
    if shutil.which("strace") is None:
        root = unpacked("strace")
        # Its own libraries, which the program that it traces must not see.
        command = [
            "env",
            f"LD_LIBRARY_PATH={library_path(root)}",
            str(root / "usr" / "bin" / "strace"),
            "-E",
            "LD_LIBRARY_PATH",
        ]
    if subprocess.run([*command, "-qq", "-e", "trace=none", "true"], check=False).returncode != 0:
        pytest.skip("strace may not trace here")
    return command


@pytest.mark.apt
def test_nothing_outside_of_the_inbox_is_opened_by_a_link_in_it(tmp_path: Path, broker: Broker, database: Database) -> None:
    place = Place(tmp_path, broker, database, extra={"SITREP_RESCAN_SECONDS": "0.5"})
    secret = tmp_path / "secret.txt"
    secret.write_text("Nobody may read this, wherever a link to it lies.")
    inside = tmp_path / "elsewhere"
    inside.mkdir()
    (inside / "below.txt").write_text("Nor this.")
    targets = {
        "absolute.txt": str(secret),
        "relative.txt": "../secret.txt",
        "directory": str(inside),
        "up.txt": "../elsewhere/below.txt",
    }
    for name, target in targets.items():
        (place.inbox / name).symlink_to(target)
    (place.inbox / "chain.txt").symlink_to("absolute.txt")
    trace = tmp_path / "trace"
    strace = [*_strace(), "-D", "-f", "-qq", "-e", "trace=openat,open,openat2", "-o", str(trace)]
    with Service("ingest", place, prefix=strace, restart=False) as service:
        (place.inbox / "good.txt").write_text("Shelling near Rivertown, beside some links.")
        done = place.inbox / "_done" / "good.txt"
        tick_until([service], done.exists, 60, "what lies beside the links is done")
        size = trace.stat().st_size
        tick_until([service], lambda: trace.stat().st_size > size, 20, "the inbox is looked through again")
        assert service.process is not None
        service.end(signal.SIGTERM, 20)
    opened = trace.read_text("utf-8", "replace")
    assert "good.txt" in opened, "it was traced"
    for name in (*targets, "chain.txt"):
        followed = [line for line in opened.splitlines() if f'"{name}"' in line and "O_NOFOLLOW" not in line]
        assert followed == [], name
    assert not [line for line in opened.splitlines() if ("secret.txt" in line or "below.txt" in line) and "= -1" not in line]
    assert all((place.inbox / name).is_symlink() for name in targets)


def test_nothing_was_restarted(ended: Ended) -> None:
    assert ended.exits == []


def test_no_link_was_followed(ended: Ended) -> None:
    assert Path("/etc/passwd").exists()
    assert (ended.inbox / "to-passwd.txt").is_symlink()
