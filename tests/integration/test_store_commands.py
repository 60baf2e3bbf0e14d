"""What is done with a store on which nothing runs: asked, reported on, exported, backed up, restored, put aside, upgraded."""

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sitrep.cli.journal import rows as journal
from sitrep.cli.opened import opened
from sitrep.contracts.enriched import EnrichedArticle
from sitrep.embedded.layout import Layout, cache_directory, write_json
from sitrep.embedded.stack import Options, Stack
from tests.support.former import fill, rows_of
from tests.support.servers import Database
from tests.support.up import Up
from tests.support.wait import until

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
LIGHT = {"SITREP_ENV": "test", "SITREP_MODEL": "light", "SITREP_POOL_SIZE": "1"}


@dataclass
class Home:
    """A directory with a data directory on which nothing runs."""

    path: Path

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run one command to its end."""
        command = [sys.executable, "-P", "-m", "sitrep.cli.entry", *arguments]
        env = {**os.environ, "COLUMNS": "100"}
        return subprocess.run(
            command, capture_output=True, text=True, timeout=120, check=False, cwd=self.path, env=env, stdin=subprocess.DEVNULL
        )

    def out(self, *arguments: str) -> str:
        """Return what a command prints that succeeds."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout


def once(inbox: Path, data: Path, env: dict[str, str]) -> str:
    """Take in what is in an inbox, and return what was said when everything had ended."""
    with Up(inbox, data, "--once", env=env) as up:
        until(lambda: up.process.poll() is not None, 180, "all is stored", every=0.2)
        assert up.process.returncode == 0, up.said()
        return up.said()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    path = tmp_path_factory.mktemp("home")
    (path / "inbox").mkdir()
    for example in EXAMPLES:
        shutil.copy(example, path / "inbox")
    once(path / "inbox", path / "data", {"SITREP_POOL_SIZE": "1"})
    return Home(path)


@pytest.fixture(scope="module")
def articles(home: Home) -> list[EnrichedArticle]:
    return [EnrichedArticle.model_validate_json(line) for line in home.out("export").splitlines()]


def test_search_finds_reports_and_claims(home: Home) -> None:
    said = home.out("search", "vegetable", "market")
    assert "Syria live" in said
    assert "sitrep show" in said
    (first, *_) = [json.loads(line) for line in home.out("search", "--claims", "--json", "27 civilians").splitlines()]
    assert (first["speaker"], first["found"]) == ("Orontes Monitor", "at least ⟪27⟫ ⟪civilians⟫ were killed")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["search", "zeppelin"], 1, ""),
        (["search", "--since", "soon", "x"], 2, "--since soon is not a date like 2024-11-30"),
        (["report"], 2, "what about? Give a place"),
        (["report", "--place", "Sarmad"], 1, "no stored report names Sarmad; there is Sarmada"),
        (["report", "--place", "Atlantis"], 1, "no stored report names Atlantis\n"),
        (["report", "--since", "2030-01-01"], 1, "nothing stored is about since 2030-01-01"),
        (["report", "--since", "2024-12-02", "--until", "2024-12-01"], 2, "the period ends (2024-12-01) before it begins"),
        (["export", "--format", "xml"], 2, "there is no format xml; there are jsonl, csv, parquet, ftm"),
        (["export", "--format", "parquet"], 2, "Parquet needs a file"),
        (["export", "--type", "gossip"], 2, "there is no type gossip"),
        (["export", "--output", "/proc/x/y"], 1, "/proc/x/y cannot be written"),
        (["export", "--output", "inbox"], 2, "inbox is a directory; name a file"),
        (["search", "x", "--postgres", "garbage"], 2, "what is given for Postgres is no address of a database"),
        (["search", "x", "--postgres", "postgresql://127.0.0.1:1/x"], 1, "Postgres does not answer"),
        (["export", "--data", "nowhere"], 1, "nothing was ever stored on"),
        (["backup", "x.tar", "--data", "nowhere"], 1, "nothing was ever stored on"),
        (["restore", "missing.tar", "--data", "other"], 1, "missing.tar is no backup of Sitrep, or is damaged"),
        (["restore", "data/secrets.json", "--data", "other"], 1, "is no backup of Sitrep, or is damaged"),
        (["restore", "x.tar"], 1, "data is in use; name another --data"),
        (["reset"], 2, "this needs an answer, and there is nobody to ask; say it with --yes"),
        (["restore", "whole.tar", "--data", "data/secrets.json"], 1, "secrets.json is no directory"),
        (["restore", "whole.tar", "--data", "/proc/nowhere/data"], 1, "cannot be restored to /proc/nowhere/data"),
        (["reset", "--data", "nowhere"], 1, "there is nothing on"),
        (["reset", "--data", "data/secrets.json"], 1, "there is nothing on"),
        (["reset", "--data", "inbox", "--yes"], 1, "is no data directory of Sitrep; nothing was touched"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(home: Home, arguments: list[str], code: int, sentence: str) -> None:
    done = home.run(*arguments)
    assert done.returncode == code, done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not (home.path / "other").exists()
    assert not list(home.path.glob(".*"))


def test_search_leaves_out_what_has_a_minus_before_it(home: Home) -> None:
    every = {json.loads(line)["article_id"] for line in home.out("search", "--json", "saraqib").splitlines()}
    without = {json.loads(line)["article_id"] for line in home.out("search", "--json", "saraqib", "-market").splitlines()}
    assert without < every


def test_command_waits_for_another_that_has_the_database(home: Home) -> None:
    command = [sys.executable, "-P", "-m", "sitrep.cli.entry", "search", "--json", "market"]
    with opened(home.path / "data") as connection:
        second = subprocess.Popen(command, cwd=home.path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert second.stderr is not None
        assert "Another command has the database" in second.stderr.readline()
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (len(EXAMPLES),)
    out, _ = second.communicate(timeout=60)
    assert second.returncode == 0
    assert out == home.out("search", "--json", "market")


def test_report_in_markdown_links_every_claim_to_its_span(home: Home, articles: list[EnrichedArticle]) -> None:
    report = home.out("report", "--place", "Sarmada")
    linked = set(re.findall(r"\]\(#claim-(\w+)\)", report))
    assert linked == set(re.findall(r'<a id="claim-(\w+)">', report))
    assert linked == {c.claim_id for a in articles for c in a.claims if _ids(a, "Sarmada") & set(c.places)}
    assert "| 2024-11-29 | Sarmada | Orontes Monitor | killed | [27 or more]" in report
    assert "**at least 27 civilians were killed**" in report


def test_report_about_a_country_takes_in_its_towns_and_shows_what_was_said(home: Home) -> None:
    report, of_town = home.out("report", "--place", "Syria"), home.out("report", "--place", "Saraqib")
    linked, linked_town = (set(re.findall(r"\]\(#claim-(\w+)\)", text)) for text in (report, of_town))
    assert linked_town
    assert linked_town <= linked
    assert "24 or more (“dozens”)" in report
    assert "(part of a total)" in home.out("report", "--since", "2024-11-25", "--until", "2024-11-30")


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and (value or "").startswith("#"):
                self.links.append((value or "")[1:])
            elif name in {"href", "src"}:
                self.outside.append(value or "")


def test_report_as_page_links_every_claim_to_its_span(home: Home) -> None:
    home.out("report", "--since", "2024-11-29", "--until", "2024-11-29", "--html", "day.html")
    page = _Ids()
    page.feed((home.path / "day.html").read_text("utf-8"))
    assert len(page.ids) == len(set(page.ids))
    assert page.links
    assert set(page.links) <= set(page.ids)
    assert page.outside == []


def test_export_selects_by_time_place_and_type(home: Home, articles: list[EnrichedArticle]) -> None:
    def exported(*arguments: str) -> set[str]:
        lines = home.out("export", *arguments).splitlines()
        return {EnrichedArticle.model_validate_json(line).article.article_id for line in lines}

    every = {a.article.article_id for a in articles}
    assert len(every) == len(EXAMPLES)
    assert exported("--since", "2024-11-29") == {
        i.article.article_id for i in articles if (i.article.published or "") >= "2024-11-29"
    }
    of_type = {a.article.article_id for a in articles if any(c.type == "displacement" for c in a.claims)}
    assert exported("--type", "displacement") == of_type
    assert of_type < every
    at = {a.article.article_id for a in articles if any(n in c.places for c in a.claims for n in _ids(a, "Saraqib"))}
    assert exported("--place", "saraqib") == at


def _ids(article: EnrichedArticle, name: str) -> set[str]:
    return {entity.entity_id for entity in article.entities if entity.name == name}


def test_tables_have_every_claim_once(home: Home, articles: list[EnrichedArticle]) -> None:
    claims = {claim.claim_id: claim for article in articles for claim in article.claims}
    table = list(csv.DictReader(io.StringIO(home.out("export", "--format", "csv"))))
    home.out("export", "--format", "parquet", "--output", "claims.parquet")
    parquet = pq.read_table(home.path / "claims.parquet").to_pylist()
    for rows in (table, parquet):
        assert {row["claim_id"] for row in rows} == set(claims)
        assert len(rows) == len(claims)
        assert all(" ".join(row["claim"].split()) == " ".join(claims[row["claim_id"]].text.split()) for row in rows)
    assert all(tuple(row["place_ids"]) == claims[row["claim_id"]].places for row in parquet)
    assert [row["claim_id"] for row in table] == [row["claim_id"] for row in parquet]


def test_nothing_is_written_half(home: Home) -> None:
    target = home.path / "kept.jsonl"
    target.write_text("what was there")
    assert home.run("export", "--place", "Atlantis", "--output", str(target)).returncode == 1
    assert target.read_text() == "what was there"


def test_backup_restored_elsewhere_has_everything(home: Home) -> None:
    home.out("backup", "whole.tar")
    home.out("restore", "whole.tar", "--data", "copy")
    assert home.out("export", "--data", "copy") == home.out("export")
    assert journal(home.path / "copy", "SELECT key, state FROM transitions") == journal(
        home.path / "data", "SELECT key, state FROM transitions"
    )
    put_aside = home.run("reset", "--data", "copy", "--yes")
    assert put_aside.returncode == 0
    (undo,) = re.findall(r"mv (\S+) (\S+copy)\n", put_aside.stderr)
    shutil.move(*undo)
    assert home.out("search", "--data", "copy", "--json", "market") == home.out("search", "--json", "market")
    assert home.run("reset", "--data", "copy", "--yes", "--delete").returncode == 0
    assert not list(home.path.glob("copy*"))


def test_damaged_backup_is_refused_and_leaves_nothing(home: Home) -> None:
    home.out("backup", "good.tar")
    with tarfile.open(home.path / "good.tar") as tar:
        tar.extractall(home.path / "parts", filter="data")
    dump = home.path / "parts" / "postgres.dump"
    dump.write_bytes(dump.read_bytes()[:-100])
    with tarfile.open(home.path / "bad.tar", "w") as tar:
        for part in sorted((home.path / "parts").iterdir()):
            tar.add(part, part.name)
    done = home.run("restore", "bad.tar", "--data", "other")
    assert done.returncode == 1
    assert "bad.tar is damaged: postgres.dump is not what was written" in done.stderr
    assert not (home.path / "other").exists()


def test_what_was_on_its_way_is_in_the_backup(tmp_path: Path) -> None:
    """A file that intake has done with, while nothing stored it: after restoring the backup elsewhere it is stored there."""
    home, inbox, data = Home(tmp_path), tmp_path / "inbox", tmp_path / "data"
    options = Options(inbox, data, cache_directory(os.environ), services=("enrich", "ingest"), env=LIGHT)
    stack = Stack(options, lambda _: None, time.sleep)
    try:
        stack.start()
        (inbox / "waiting.txt").write_text(EXAMPLES[0].read_text("utf-8"), "utf-8")
        until((inbox / "_done" / "waiting.txt").exists, 60, "intake has done with the file")
        running = home.run("backup", "running.tar")
        assert running.returncode == 0, running.stderr
    finally:
        stack.stop()
    home.out("backup", "stopped.tar")
    for name in ("running", "stopped"):
        with tarfile.open(tmp_path / f"{name}.tar") as tar:
            member = tar.extractfile("manifest.json")
            assert member is not None
            about = json.loads(member.read())
        assert (about["articles"], about["waiting"] > 0) == (0, True)
        home.out("restore", f"{name}.tar", "--data", name)
        once(tmp_path / f"{name}-inbox", tmp_path / name, LIGHT)
        (found,) = [json.loads(line) for line in home.out("export", "--data", name).splitlines()]
        assert found["article"]["sighting"]["key"] == "waiting.txt"


@pytest.mark.parametrize("version", [2, 5])
def test_data_directory_of_an_earlier_release_opens_with_its_rows(tmp_path: Path, version: int) -> None:
    home, data = Home(tmp_path), tmp_path / "data"
    _earlier_release(Layout(data), version)
    before = rows_of(version)
    (tmp_path / "inbox").mkdir()
    shutil.copy(EXAMPLES[0], tmp_path / "inbox")
    found = {line["article"]["article_id"] for line in map(json.loads, home.out("export").splitlines())}
    taken_back = {row["article_id"] for row in before["retractions"]}
    assert found == {row["article_id"] for row in before["articles"]} - taken_back
    once(tmp_path / "inbox", data, LIGHT)
    assert len(home.out("export").splitlines()) == len(found) + 1
    assert home.run("search", "fighting").returncode == 0
    refused = {
        row["rejection_id"]: row["state"] for row in map(json.loads, home.out("rejected", "list", "--json").splitlines())
    }
    sent_again = {row["rejection_id"] for row in before.get("redrives", [])}
    assert refused == {
        row["rejection_id"]: "redriven" if row["rejection_id"] in sent_again else "open" for row in before["rejections"]
    }


def _earlier_release(layout: Layout, version: int) -> None:
    """Make a data directory as a release with that version of the schema left it."""
    layout.data.mkdir()
    write_json(layout.secrets, {role: role for role in ("postgres", "owner", "writer", "reader")}, mode=0o600)
    with Database(layout.postgres) as server:
        server.migrated(last=version)
        fill(server.uri("owner"), rows_of(version))
        server.signal(signal.SIGINT)
        assert server.process is not None
        server.process.wait(30)


def test_export_of_a_store_that_runs_is_what_stands_on_the_topic(tmp_path: Path) -> None:
    home, inbox, data = Home(tmp_path), tmp_path / "inbox", tmp_path / "data"
    with Up(inbox, data, env=LIGHT) as up:
        until(up.ready, 180, "ready")
        shutil.copy(EXAMPLES[1], inbox)
        until(lambda: up.rows("SELECT count(*) FROM articles") == [(1,)], 60, "it is stored", every=0.2)
        assert home.out("export") == home.out("tail", "--from-beginning", "--until-end")
        assert home.run("reset", "--yes").stderr.startswith("sitrep reset: Sitrep runs on")
