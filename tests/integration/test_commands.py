"""The commands that a person asks with, on a stack that runs with the real model and the example reports in it."""

import json
import os
import pty
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitrep.contracts import headers
from sitrep.contracts.codes import Stage
from sitrep.contracts.enriched import EnrichedArticle
from sitrep.contracts.events import Retraction
from sitrep.contracts.topics import ENRICHED_TOPIC, RESTORED, RETRACTED
from sitrep.runtime.kafka import Record
from tests.support.topics import send
from tests.support.up import Up
from tests.support.wait import until
from tests.support.web import Web

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))


@dataclass
class Desk:
    """A running stack, and the command line of somebody who works with it."""

    up: Up
    home: Path

    def run(self, *arguments: str, data: bool = True) -> "subprocess.CompletedProcess[str]":
        """Run one command to its end."""
        options = ["--data", str(self.up.layout.data)] if data else []
        words = 2 if arguments[0] == "rejected" else 1
        command = [sys.executable, "-P", "-m", "sitrep.cli.entry", *arguments[:words], *options, *arguments[words:]]
        env = {**os.environ, "COLUMNS": "100"}
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=self.home, env=env)

    def out(self, *arguments: str) -> str:
        """Return what a command prints that succeeds."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("desk")
    with Up(home / "in", home / "data", env={"SITREP_POOL_SIZE": "1"}) as up:
        until(up.ready, 180, "ready")
        desk = Desk(up, home)
        added = desk.run("add", *map(str, EXAMPLES))
        assert added.returncode == 0, added.stderr
        (home / "in" / "bad.bin").write_bytes(b"\x00\x01\x02")
        until(lambda: up.rows("SELECT count(*) FROM articles")[0][0] == len(EXAMPLES), 60, "the examples are stored", every=0.2)
        until(lambda: up.rows("SELECT count(*) FROM rejections")[0][0] == 1, 60, "the bad one is refused", every=0.2)
        yield desk


def test_where_names_every_state_in_less_than_a_second(desk: Desk) -> None:
    name = EXAMPLES[0].name
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = desk.out("where", name)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # What it computes: what it waits for on a machine that runs other tests says nothing.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.0
    for expected in ("stored", "taken from the inbox", "published to Kafka as article", "claims", f"_done/{name}"):
        assert expected in said


def test_where_finds_a_file_by_path_by_content_and_by_article(desk: Desk) -> None:
    key = EXAMPLES[1].name
    (id_,) = desk.up.rows("SELECT article_id FROM sightings WHERE key = %s", key)[0]
    copy = desk.home / "renamed.txt"
    copy.write_bytes(EXAMPLES[1].read_bytes())
    for asked in (str(desk.up.inbox / "_done" / key), str(desk.up.inbox / key), str(copy), id_):
        (found,) = json.loads(desk.out("where", "--json", asked))["files"]
        assert (found["key"], found["state"], found["article_id"]) == (key, "stored", id_), asked


def test_where_says_why_a_file_was_rejected(desk: Desk) -> None:
    said = desk.out("where", "bad.bin")
    assert "rejected: It is not text (it has NUL bytes); export it as text, HTML or JSON." in said
    assert "_rejected/bad.bin" in said


def test_where_says_that_it_knows_nothing(desk: Desk) -> None:
    done = desk.run("where", "never-seen.txt")
    assert done.returncode == 1
    assert done.stderr.startswith("sitrep where: nothing is known of never-seen.txt")


def test_tail_gives_whole_messages_to_a_pipe_and_cards_to_a_person(desk: Desk) -> None:
    lines = desk.out("tail", "--from-beginning", "--until-end").splitlines()
    articles = [EnrichedArticle.model_validate_json(line) for line in lines]
    assert len({article.article.article_id for article in articles}) == len(EXAMPLES)
    cards = desk.out("tail", "--from-beginning", "--until-end", "--format", "pretty")
    assert cards.count("╭─") == len(articles)
    assert "27 or more civilians killed" in cards


@pytest.mark.parametrize(
    ("options", "check"),
    [
        (["--type", "casualties"], lambda a: any(c.type == "casualties" for c in a.claims)),
        (["--speaker", "qaddour"], lambda a: any(c.speaker is not None and "Qaddour" in c.speaker.name for c in a.claims)),
        (["--entity", "bab al-hawa"], lambda a: any("Bab al-Hawa" in e.name for e in a.entities)),
        (["--place", "saraqib"], lambda a: any("Saraqib" in e.name for e in a.entities)),
    ],
    ids=["type", "speaker", "entity", "place"],
)  # fmt: skip
def test_tail_filters(desk: Desk, options: list[str], check: object) -> None:
    assert callable(check)
    every = [
        EnrichedArticle.model_validate_json(line) for line in desk.out("tail", "--from-beginning", "--until-end").splitlines()
    ]
    shown = [
        EnrichedArticle.model_validate_json(line)
        for line in desk.out("tail", "--from-beginning", "--until-end", *options).splitlines()
    ]
    assert shown
    assert len(shown) < len(every)
    assert all(check(article) for article in shown)


def test_tail_leaves_out_what_was_taken_back_until_it_is_given_back(desk: Desk) -> None:
    def shown() -> set[str]:
        lines = desk.out("tail", "--from-beginning", "--until-end").splitlines()
        return {EnrichedArticle.model_validate_json(line).article.article_id for line in lines}

    before = shown()
    gone = min(before)
    for seq, type_ in ((1, RETRACTED), (2, RESTORED)):
        message = Retraction(article_id=gone, reason="a test", at="2024-12-01T00:00:00Z", seq=seq)
        value = message.to_bytes()
        head = headers.write(value, type_, Stage.CLI, at=message.at)
        send(desk.out("uri", "kafka").strip(), [Record(ENRICHED_TOPIC, gone, value, head)])
        assert shown() == (before - {gone} if type_ is RETRACTED else before)


def test_show_by_id_is_what_stands_on_the_topic(desk: Desk) -> None:
    for line in desk.out("tail", "--from-beginning", "--until-end").splitlines():
        on_topic = EnrichedArticle.model_validate_json(line)
        shown = EnrichedArticle.model_validate_json(desk.out("show", "--json", on_topic.article.article_id))
        assert shown == on_topic


def test_why_explains_a_stored_claim_by_its_id(desk: Desk) -> None:
    claim_id, text = desk.up.rows("SELECT claim_id, text FROM claims WHERE speaker_name IS NOT NULL ORDER BY claim_id LIMIT 1")[
        0
    ]
    said = desk.out("why", claim_id)
    assert " ".join(text.split())[:40] in " ".join(said.split())
    assert "speaker" in said
    unknown = desk.run("why", "0" * 16)
    assert unknown.returncode == 1
    assert "is stored" in unknown.stderr


def test_show_writes_a_page_that_needs_nothing_else(desk: Desk) -> None:
    page = desk.home / "page.html"
    done = desk.run("show", str(EXAMPLES[2]), "--html", str(page))
    assert done.returncode == 0, done.stderr
    text = page.read_text("utf-8")
    assert "<sup>1</sup>" in text
    for outside in ("http://", "https://", "src=", "@import", "url("):
        assert outside not in text
    plain = desk.out("show", str(EXAMPLES[2]))
    assert "Claims (" in plain
    assert "Entities (" in plain


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["show", "0123456789abcdef0123456789abcdef"], 1, "no report called"),
        (["show", "gone.txt"], 1, "no report called gone.txt is stored, and no file has that name"),
        (["search", "market", "--clams"], 2, "there is no option --clams"),
        (["rejected", "show", "gone.txt"], 1, "there is no rejection gone.txt"),
        (["show", "--published", "soon", "x.txt"], 2, "is not a date like 2024-11-30"),
        (["tail", "--type", "gossip"], 2, "there is no type gossip; there are casualties"),
        (["tail", "--bootstrap", "127.0.0.1:1"], 1, "Kafka at 127.0.0.1:1 does not answer"),
        (["where", "x.txt"], 1, "nothing is known of x.txt"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(desk: Desk, arguments: list[str], code: int, sentence: str) -> None:
    done = desk.run(*arguments)
    assert done.returncode == code
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_status_says_what_runs_and_what_was_refused(desk: Desk) -> None:
    status = json.loads(desk.out("status", "--json"))
    assert status["running"] is True
    assert set(status["processes"].values()) == {"running", "ok"}
    assert status["articles"] >= len(EXAMPLES)
    assert status["rejected"] == [{"stage": "ingest", "code": "binary", "count": 1}]
    assert set(status["lag"]) == {"enrich news.raw", "store news.enriched", "store news.rejected"}
    assert status["waiting"] == 0
    said = desk.out("status")
    assert "1 binary (ingest)" in said
    assert said.count("store lag") == said.count("enrich lag") == 1


def test_top_and_the_ledger_say_the_same(desk: Desk) -> None:
    def same() -> bool:
        lines = {line["stage"]: line for line in json.loads(desk.out("ledger", "--json"))}
        shown = {
            words[0]: words[3:6]
            for row in desk.out("top", "--once").splitlines()
            if (words := row.split()) and words[0] in lines
        }
        counted = {stage: [str(line["inputs"]), str(line["outputs"]), str(line["rejected"])] for stage, line in lines.items()}
        return len(lines) == 3 and shown == counted

    until(same, 60, "the monitor has made up the same ledger", every=1.0)


def test_the_same_words_name_a_report_everywhere(desk: Desk) -> None:
    key = EXAMPLES[1].name
    (id_,) = desk.up.rows("SELECT article_id FROM sightings WHERE key = %s", key)[0]
    (claim,) = desk.up.rows("SELECT claim_id FROM claims WHERE article_id = %s ORDER BY n LIMIT 1", id_)[0]
    (refused,) = desk.up.rows("SELECT rejection_id FROM rejections WHERE key = 'bad.bin'")[0]
    for asked in (key, id_, id_[:10], claim, str(desk.up.inbox / "_done" / key), str(desk.up.inbox / key), str(EXAMPLES[1])):
        assert json.loads(desk.out("show", "--json", asked))["article"]["article_id"] == id_, asked
    for asked in (key, id_, id_[:10], str(desk.up.inbox / key)):
        (found,) = json.loads(desk.out("where", "--json", asked))["files"]
        assert found["article_id"] == id_, asked
    for asked in ("bad.bin", refused, refused[:8], str(desk.up.inbox / "_rejected" / "bad.bin")):
        assert json.loads(desk.out("rejected", "show", "--json", asked))["rejection_id"] == refused, asked
        assert "rejected: It is not text" in desk.out("where", asked)


def test_show_of_what_is_stored_needs_no_model(desk: Desk) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = desk.run("show", str(EXAMPLES[2]))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.0
    assert (done.returncode, done.stderr) == (0, "")
    own = desk.home / "own.txt"
    own.write_text("The bridge was closed, the mayor said.")
    terminal, other_end = pty.openpty()
    command = [sys.executable, "-P", "-m", "sitrep.cli.entry", "show", "--data", str(desk.up.layout.data), str(own)]
    env = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(command, cwd=desk.home, env=env, stdout=subprocess.DEVNULL, stderr=other_end) as loading:
        os.close(other_end)
        said = b""
        with suppress(OSError):  # the end of a terminal
            while part := os.read(terminal, 4096):
                said += part
    os.close(terminal)
    assert loading.returncode == 0
    assert b"Loading the language model" in said


def test_a_claim_that_is_found_can_be_shown(desk: Desk) -> None:
    said = desk.out("search", "--claims", "killed")
    ids = re.findall(r"sitrep show ([0-9a-f]{16})", said)
    assert ids
    assert "Claims (" in desk.out("show", ids[0])
    assert "the report itself" not in said


def test_no_password_is_printed_at_the_start(desk: Desk) -> None:
    secrets = json.loads(desk.up.layout.secrets.read_text())
    assert not [role for role, password in secrets.items() if password in desk.up.said()]
    assert secrets["reader"] in desk.out("uri", "postgres")


def test_casualties_by_place_are_as_the_readme_shows_them(desk: Desk) -> None:
    readme = (EXAMPLES[0].parents[1] / "README.md").read_text("utf-8")
    query, table = re.findall(
        r"```(?:sql)?\n(.*?)```", readme.partition("<!-- casualties")[2].partition("<!-- end of")[0], re.DOTALL
    )
    shown = desk.out("psql", "-X", "-c", query)
    assert [line.rstrip() for line in shown.strip().splitlines()] == [line.rstrip() for line in table.strip().splitlines()]


def test_psql_is_the_reader(desk: Desk) -> None:
    query = "SELECT current_user, count(*) FROM articles"
    assert desk.out("psql", "-X", "-t", "-A", "-c", query).startswith("sitrep_reader|")
    assert desk.run("psql", "-X", "-c", "DELETE FROM sitrep.claims").returncode == 1


def test_page_that_was_added_becomes_an_article_with_its_address(desk: Desk) -> None:
    with Web() as web:
        done = desk.run("add", "--allow-private", f"{web.url}/world/bridge-closed")
        assert done.returncode == 0, done.stderr
        query = "SELECT title, publisher, byline, published, url FROM articles WHERE publisher = 'The Valley Post'"
        until(lambda: bool(desk.up.rows(query)), 30, "the page is stored", every=0.2)
        row = desk.up.rows(query)[0]
        assert row == (
            "Bridge closed",
            "The Valley Post",
            "Ana Ruiz",
            "2024-11-29T22:15:00+02:00",
            f"{web.url}/world/bridge-closed",
        )


def test_a_report_in_a_language_that_is_not_read_is_called_so_everywhere(desk: Desk) -> None:
    path = desk.home / "communique.txt"
    path.write_text(" date 2024-11-30 Les rebelles ont pris la ville de Saraqib vendredi, selon le gouverneur.\n", "utf-8")
    desk.out("add", str(path))
    query = "SELECT article_id FROM articles WHERE language = 'fr'"
    until(lambda: desk.up.rows(query), 60, "it is stored", every=0.2)
    assert "stored, not read: French" in desk.out("where", "communique.txt")
    (row,) = json.loads(desk.out("where", "communique.txt", "--json"))["files"]
    assert (row["state"], row["not_read"]) == ("stored", "stored, not read: French")
    (id_,) = desk.up.rows(query)[0]
    assert "Stored, not read: French." in desk.out("show", id_)
    assert "Stored, not read: French." in desk.out("tail", "--from-beginning", "--until-end", "--format", "pretty")
    assert re.search(r"not read +1 French", desk.out("status"))
    assert json.loads(desk.out("status", "--json"))["not_read"] == {"French": 1}


def test_commands_say_that_nothing_runs(tmp_path: Path, desk: Desk) -> None:
    for command in ("tail", "status", "psql"):
        done = desk.run(command, "--data", str(tmp_path / "nowhere"), data=False)
        assert done.returncode == 1
        assert "start it with `make run` or `sitrep up`" in done.stderr
