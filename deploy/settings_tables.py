"""Writes the tables of settings in the documentation from the settings themselves (`make docs`)."""

from pathlib import Path

from services.enrich.settings import EnrichSettings
from services.ingest.settings import IngestSettings
from services.monitor.settings import MonitorSettings
from services.store.settings import MigrateSettings, StoreSettings
from sitrep.runtime.service import ServiceSettings
from sitrep.runtime.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- settings: written by `make docs` -->\n", "<!-- end of settings -->\n"

TABLES: dict[str, tuple[type[Settings], ...]] = {
    "docs/settings.md": (ServiceSettings,),
    "services/ingest/README.md": (IngestSettings,),
    "services/enrich/README.md": (EnrichSettings,),
    "services/store/README.md": (StoreSettings, MigrateSettings),
    "services/monitor/README.md": (MonitorSettings,),
}


def table(models: tuple[type[Settings], ...]) -> str:
    """Return the table of the settings that are particular to these models."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    shared = () if models == (ServiceSettings,) else tuple(ServiceSettings.model_fields)
    for model in models:
        for name, field in model.model_fields.items():
            if name in shared:
                continue
            default = "must be set" if field.is_required() else "" if field.default in {None, ""} else f"`{field.default}`"
            default = "cores, at most 4" if name == "pool_size" else default
            rows.append(f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows) + "\n"


def write_table(text: str, path: str) -> str:
    """Return the text of a document with its table written anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + table(TABLES[path]) + END + after


if __name__ == "__main__":
    for document in TABLES:
        file = ROOT / document
        file.write_text(write_table(file.read_text("utf-8"), document), "utf-8")
