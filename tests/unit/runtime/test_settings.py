"""Settings from the environment."""

from pathlib import Path

import pytest

from deploy.settings_tables import TABLES, write_table
from services.ingest.settings import IngestSettings
from services.store.settings import MigrateSettings
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.settings import SettingsError

ROOT = Path(__file__).parents[3]


def test_load_takes_what_is_set_and_defaults_for_the_rest() -> None:
    settings = IngestSettings.load({"SITREP_INBOX": "/x", "SITREP_SETTLE_SECONDS": "2.5", "SITREP_SLOT": "", "OTHER": "1"})
    assert (str(settings.inbox), settings.settle_seconds, settings.slot) == ("/x", 2.5, None)
    assert IngestSettings.load(settings.environ()) == settings


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"SITREP_METRICS_PORT": "many"}, r"SITREP_METRICS_PORT: .*integer.*\(it is 'many'\)"),
        ({"SITREP_SETTLE_SECONDS": "0"}, r"SITREP_SETTLE_SECONDS: .*greater than 0"),
        ({"SITREP_PUBLISHED": "yesterday"}, r"SITREP_PUBLISHED: "),
    ],
)
def test_load_says_which_variable_is_wrong(environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError, match=sentence):
        IngestSettings.load(environ)


def test_load_shows_no_secrets() -> None:
    with pytest.raises(SettingsError) as caught:
        MigrateSettings.load({"SITREP_POSTGRES_WRITER_PASSWORD": "topsecret"})
    assert "topsecret" not in str(caught.value)
    assert "SITREP_POSTGRES_OWNER_URI is not set" in str(caught.value)


@pytest.mark.parametrize("path", TABLES, ids=str)
def test_settings_table_is_the_generated_one(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    assert write_table(text, path) == text, "run `make docs`"


@pytest.mark.parametrize("extra", [{}, {"SITREP_ENV": "test"}, {"SITREP_FAILPOINT_TOKENS": "/tmp"}])
def test_failpoints_are_refused_outside_of_tests(extra: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="SITREP_ENV=test"):
        Failpoints.of(IngestSettings.load({"SITREP_FAILPOINT": "ingest.after_claim:1", **extra}))


@pytest.mark.parametrize("spec", ["x", "x:y", "x:1:z"])
def test_failpoints_have_a_form(spec: str) -> None:
    with pytest.raises(SettingsError, match="NAME:NTH"):
        Failpoints(spec)


def test_failpoint_fires_at_its_passage_once_a_token(tmp_path: Path) -> None:
    (tmp_path / "x~0").touch()
    points = Failpoints("x:3", tmp_path)
    assert [points.due("x") for _ in range(5)] == [False, False, True, False, False]
    assert not points.due("y")
    assert not list(tmp_path.iterdir())


def test_a_secret_may_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "uri").write_text("postgresql://sitrep_owner:secret@here/sitrep\n")
    environ = {"SITREP_POSTGRES_OWNER_URI_FILE": str(tmp_path / "uri")}
    assert MigrateSettings.load(environ).postgres_owner_uri == "postgresql://sitrep_owner:secret@here/sitrep"
    direct = {**environ, "SITREP_POSTGRES_OWNER_URI": "postgresql://there/sitrep"}
    assert MigrateSettings.load(direct).postgres_owner_uri == "postgresql://there/sitrep"
    with pytest.raises(SettingsError, match=r"SITREP_POSTGRES_OWNER_URI_FILE: .*nowhere cannot be read"):
        MigrateSettings.load({"SITREP_POSTGRES_OWNER_URI_FILE": str(tmp_path / "nowhere")})
