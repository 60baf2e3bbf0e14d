"""What the folders promise: who may import whom, how long a module may be, what nothing may be called."""

import ast
from pathlib import Path

import pytest

from sitrep.contracts.codes import SENTENCES, RejectionCode

ROOT = Path(__file__).parents[2]
MODULES = sorted(path for top in ("sitrep", "services", "deploy") for path in (ROOT / top).rglob("*.py"))
LAYERS = ["sitrep.contracts", "sitrep.runtime", "sitrep.embedded", "services", "sitrep.cli"]
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
IDS = [str(path.relative_to(ROOT)) for path in MODULES]


def name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def layer(module: str) -> int | None:
    return next((n for n, prefix in enumerate(LAYERS) if module == prefix or module.startswith(prefix + ".")), None)


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_imports_go_down_only(path: Path) -> None:
    mine = layer(name(path))
    for imported in imports(path):
        theirs = layer(imported)
        if mine is not None and theirs is not None:
            assert theirs <= mine, f"{name(path)} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_services_never_import_each_other(path: Path) -> None:
    module = name(path)
    if module.startswith("services."):
        mine = module.split(".")[1]
        assert {i.split(".")[1] for i in imports(path) if i.startswith("services.")} <= {mine}


@pytest.mark.parametrize("path", [path for path in MODULES if name(path).startswith("services.enrich.language")], ids=name)
def test_language_work_knows_nothing_of_the_worker(path: Path) -> None:
    """So that whatever decides an enrichment lies in that folder, which the fingerprint is over."""
    services = {imported for imported in imports(path) if imported.startswith("services.")}
    assert all(imported.startswith("services.enrich.language") for imported in services)
    assert not any(imported.startswith(("sitrep.runtime", "sitrep.embedded")) for imported in imports(path))


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_modules_are_short_documented_and_named_for_what_they_do(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    assert path.stem not in FORBIDDEN
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module says what it is for"
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    for node in [*tree.body, *(inner for outer in classes for inner in outer.body)]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path}: {node.name} has no docstring"


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_environment_is_read_at_the_door_only(path: Path) -> None:
    doors = {
        "sitrep.runtime.process", "sitrep.embedded.child", "sitrep.cli.up", "services.enrich.__main__", "services.enrich.child",
        "services.enrich.pool", "services.store.migrate", "sitrep.cli.psql",
        "sitrep.cli.started", "sitrep.cli.entry", "sitrep.cli.kafka",
    }  # fmt: skip
    if name(path) not in doors:
        assert "os.environ" not in path.read_text("utf-8")


def test_every_rejection_code_has_a_sentence_that_says_what_to_do() -> None:
    assert set(SENTENCES) == set(RejectionCode)
    for code, sentence in SENTENCES.items():
        assert ";" in sentence, code
        assert sentence.endswith("."), code


def test_no_host_of_a_registry_and_no_path_of_a_machine_is_named() -> None:
    lock = (ROOT / "requirements" / "all.txt").read_text()
    assert "://" not in lock
    assert "index-url" not in lock
