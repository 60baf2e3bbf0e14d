"""The dashboards of Grafana, written as JSON into deploy/grafana/dashboards (`make docs`): what is in them stands here."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "grafana" / "dashboards"
PROMETHEUS = {"type": "prometheus", "uid": "sitrep-prometheus"}
POSTGRES = {"type": "postgres", "uid": "sitrep-postgres"}
WIDTH = 24
Panel = dict[str, Any]
SQL = Path(__file__).parent / "grafana" / "story"


def measured(kind: str, title: str, about: str, unit: str, *series: tuple[str, str], **options: Any) -> Panel:  # noqa: ANN401
    """Return a panel of Prometheus queries, each with its legend; `options` are Grafana's for this kind of panel."""
    targets = [
        {
            "refId": chr(ord("A") + n), "datasource": PROMETHEUS, "expr": expr, "legendFormat": legend,
            "exemplar": kind == "timeseries", "instant": kind in {"stat", "bargauge", "table"}, "range": kind not in {"stat", "bargauge", "table"},
        }
        for n, (expr, legend) in enumerate(series)
    ]  # fmt: skip
    return {
        "type": kind, "title": title, "description": about, "datasource": PROMETHEUS, "targets": targets,
        "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": []}, "options": options,
    }  # fmt: skip


def asked(kind: str, title: str, about: str, query: str, **options: Any) -> Panel:  # noqa: ANN401
    """Return a panel of the SQL query of that name, whose rows it shows; Grafana puts the period in."""
    transformations = options.pop("transformations", [])
    target = {
        "refId": "A",
        "datasource": POSTGRES,
        "format": "table",
        "rawQuery": True,
        "editorMode": "code",
        "rawSql": (SQL / f"{query}.sql").read_text("utf-8"),
    }
    return {
        "type": kind, "title": title, "description": about, "datasource": POSTGRES, "targets": [target],
        "fieldConfig": {"defaults": {}, "overrides": []}, "options": options, "transformations": transformations,
    }  # fmt: skip


def dashboard(uid: str, title: str, about: str, period: str, rows: Sequence[tuple[int, Sequence[Panel]]]) -> dict[str, Any]:
    """Return a dashboard of rows of panels; in a row all have the same width, and the height that is given with it."""
    panels: list[Panel] = []
    y = 0
    for height, row in rows:
        for n, panel in enumerate(row):
            width = WIDTH // len(row)
            panels.append({"id": len(panels) + 1, **panel, "gridPos": {"x": n * width, "y": y, "w": width, "h": height}})
        y += height
    return {
        "uid": uid, "title": title, "description": about, "tags": ["sitrep"], "schemaVersion": 41, "editable": False,
        "time": {"from": period, "to": "now"}, "refresh": "30s", "timezone": "browser", "panels": panels,
        "links": [{"type": "dashboards", "title": "Sitrep", "tags": ["sitrep"], "asDropdown": False}],
    }  # fmt: skip


def quantiles(histogram: str) -> tuple[tuple[str, str], ...]:
    """Return the queries of three quantiles of a histogram."""
    return tuple(
        (f"histogram_quantile({share}, sum by (le) (rate({histogram}_bucket[$__rate_interval])))", legend)
        for share, legend in ((0.5, "half within"), (0.95, "95 % within"), (0.99, "99 % within"))
    )


def flow() -> dict[str, Any]:
    """Return the dashboard that follows the reports from the inbox to the rows, left to right."""
    received = [
        (f"sum(rate(sitrep_{stage}_received_total[$__rate_interval]))", stage) for stage in ("ingest", "enrich", "store")
    ]
    retried = [(f"sum(rate(sitrep_{stage}_retried_total[$__rate_interval]))", stage) for stage in ("ingest", "enrich", "store")]
    rejected = " or ".join(
        f'label_replace(sum by (code) (sitrep_{stage}_rejected_total), "stage", "{stage}", "", "")'
        for stage in ("ingest", "enrich", "store")
    )
    return dashboard(
        "sitrep-flow", "Sitrep: flow", "From the inbox to the rows, left to right.", "now-6h",
        [
            (4, [
                measured("stat", "Inbox", "Files that wait.", "short", ("sum(sitrep_ingest_waiting_files)", "files")),
                measured("stat", "Oldest file", "How long it waits.", "s", ("max(sitrep_ingest_oldest_waiting_seconds)", "oldest")),
                measured("stat", "Waits for enrich", "Records of news.raw.", "short",
                         ('sum(sitrep_consumer_lag_records{topic="news.raw"})', "records")),
                measured("stat", "Waits for the store", "Records of news.enriched.", "short",
                         ('sum(sitrep_consumer_lag_records{topic="news.enriched"})', "records")),
                measured("stat", "Stored a minute", "Articles.", "short",
                         ('60 * sum(rate(sitrep_store_rows_total{table="articles"}[$__rate_interval]))', "articles")),
                measured("stat", "Missing", "The ledger's remainder: 0, or something was lost.", "short",
                         ("sum(sitrep_ledger_remainder)", "remainder")),
            ]),
            (8, [
                measured("timeseries", "Taken in, a second", "By stage.", "ops", *received),
                measured("timeseries", "Behind", "Records that a group has not committed, asked of the broker.", "short",
                         ("sum by (group, topic) (sitrep_consumer_lag_records)", "{{group}} {{topic}}")),
                measured("timeseries", "From the file to its rows", "Each exemplar is an article.", "s",
                         *quantiles("sitrep_store_ready_to_row_seconds")),
            ]),
            (8, [
                measured("timeseries", "Refused", "Since each service began, by stage and code.", "short",
                         (f"({rejected}) > 0", "{{stage}} {{code}}")),
                measured("timeseries", "Tried again, a second", "By stage, and by what was missing.", "ops", *retried,
                         ("sum by (job, cause) (rate(sitrep_trouble_attempts_total[$__rate_interval]))", "{{job}} needs {{cause}}")),
                measured("timeseries", "From publication to rows", "A mere day counts from its beginning.", "s",
                         *quantiles("sitrep_store_published_to_row_seconds")),
            ]),
            (8, [
                measured("timeseries", "Ledger", "What went in, by stage, and what is missing of it.", "short",
                         ("sitrep_ledger_inputs", "{{stage}} in"), ("sitrep_ledger_remainder", "{{stage}} missing")),
                measured("timeseries", "Rows a second", "By table.", "ops",
                         ("sum by (table) (rate(sitrep_store_rows_total[$__rate_interval]))", "{{table}}")),
                measured("timeseries", "Batches of the store", "Time of a transaction, and records in one.", "short",
                         ("histogram_quantile(0.95, sum by (le) (rate(sitrep_store_transaction_seconds_bucket[$__rate_interval])))", "95 % of seconds"),
                         ("histogram_quantile(0.95, sum by (le) (rate(sitrep_store_batch_records_bucket[$__rate_interval])))", "95 % of records")),
            ]),
            (6, [
                measured("timeseries", "Answering", "1 while it does.", "short", ("up", "{{job}} {{instance}}"),
                         ("sitrep_kafka_up", "kafka"), ("sitrep_database_up", "postgres")),
                measured("timeseries", "Canary", "From its drop to its rows.", "s", ("histogram_quantile(0.95, sum by (le) (rate(sitrep_canary_seconds_bucket[10m])))", "95 % within"),
                         ("sum(sitrep_canary_failed_total)", "failed")),
                measured("timeseries", "Free disk", "Where the data and the inbox are.", "bytes", ("sitrep_disk_free_bytes", "{{directory}}")),
                measured("timeseries", "Memory", "Resident, by service.", "bytes", ("sum by (job) (process_resident_memory_bytes)", "{{job}}")),
            ]),
        ],
    )  # fmt: skip


def enrichment() -> dict[str, Any]:
    """Return the dashboard of the language work: how fast, what it finds, what it refuses."""
    found = "sum by (kind) (increase(sitrep_enrich_found_total[1h]))"
    return dashboard(
        "sitrep-enrichment", "Sitrep: enrichment", "Speed, drift, refusals.", "now-24h",
        [
            (8, [
                measured("timeseries", "Articles a second", "By worker.", "ops",
                         ("sum by (instance) (rate(sitrep_enrich_articles_total[$__rate_interval]))", "{{instance}}")),
                measured("timeseries", "Time of an article", "In a language process.", "s", *quantiles("sitrep_enrich_article_seconds")),
                measured("timeseries", "Where the time goes", "Seconds a second, by component.", "short",
                         ("sum by (component) (rate(sitrep_enrich_component_seconds_total[$__rate_interval]))", "{{component}}")),
            ]),
            (8, [
                measured("timeseries", "Language processes", "Busy, idle, and how many were started.", "short",
                         ("sum by (state) (sitrep_enrich_pool_processes)", "{{state}}"), ("sum(sitrep_enrich_pool_starts_total)", "started")),
                measured("timeseries", "Refused", "By code.", "short", ("sum by (code) (sitrep_enrich_rejected_total)", "{{code}}")),
                measured("timeseries", "Languages", "Articles in the last hour.", "short",
                         ("sum by (language) (increase(sitrep_enrich_language_articles_total[1h]))", "{{language}}")),
            ]),
            (8, [
                measured("timeseries", "Found per 1,000 tokens", "In the last hour. A change is drift: of the news, or of a model.", "short",
                         (f'1000 * {found} / on () group_left () sum(increase(sitrep_enrich_tokens_total[1h]))', "{{kind}}")),
                measured("timeseries", "The same over six hours and a week", "What the drift alert compares.", "short",
                         ("sitrep:found:per_1000_tokens_6h", "{{kind}}, 6 h"), ("sitrep:found:per_1000_tokens_7d", "{{kind}}, 7 d")),
                measured("timeseries", "Shares", "Entities that no gazetteer knows; articles without a publish date.", "percentunit",
                         ('sum(increase(sitrep_enrich_found_total{kind="unresolved"}[1h])) / sum(increase(sitrep_enrich_found_total{kind="entities"}[1h]))', "unresolved"),
                         ('sum(increase(sitrep_enrich_found_total{kind="undated"}[1h])) / sum(increase(sitrep_enrich_language_articles_total[1h]))', "undated")),
            ]),
        ],
    )  # fmt: skip


def story() -> dict[str, Any]:
    """Return the dashboard of what is reported, asked of Postgres."""
    return dashboard(
        "sitrep-story", "Sitrep: the story", "Who claims what, where and when.", "now-30d",
        [
            (14, [
                asked("geomap", "Places with claims", "Larger where there are more. Countries as a whole are left out.", "places",
                      view={"id": "fit", "allLayers": True, "padding": 10},
                      layers=[{
                          "type": "markers", "name": "claims", "location": {"mode": "coords", "latitude": "lat", "longitude": "lon"},
                          "config": {"style": {"size": {"field": "claims", "min": 4, "max": 20, "fixed": 5}, "opacity": 0.6}, "showLegend": False},
                          "tooltip": True,
                      }]),
                asked("state-timeline", "Who claims control of what", "By place: who says so, and of whom where a claim names them.", "control", transformations=[{"id": "partitionByValues", "options": {"fields": ["place"], "keepFields": False}}]),
            ]),
            (10, [
                asked("table", "Casualties by day, place and speaker", "From least to most, as each speaker gave them; never to be added up.", "casualties"),
                asked("timeseries", "Casualties reported", "The least and the most that anybody gave on a day.", "casualty_days", transformations=[{"id": "partitionByValues", "options": {"fields": ["what"], "keepFields": False}}]),
            ]),
            (12, [
                asked("table", "Latest claims", "As they came in.", "latest"),
                asked("table", "Sources", "Who reports, and who is quoted most.", "sources"),
            ]),
        ],
    )  # fmt: skip


DASHBOARDS: dict[str, Callable[[], dict[str, Any]]] = {
    "flow.json": flow,
    "enrichment.json": enrichment,
    "story.json": story,
}


if __name__ == "__main__":
    for file, made in DASHBOARDS.items():
        (HERE / file).write_text(json.dumps(made(), indent=1, ensure_ascii=False) + "\n", "utf-8")
