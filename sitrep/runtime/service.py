"""The settings that every service has."""

from pathlib import Path

from pydantic import Field

from sitrep.runtime.cluster import KafkaSettings


class ServiceSettings(KafkaSettings):
    """What every service needs to know."""

    metrics_host: str = Field("127.0.0.1", description="Address that /metrics and /health listen on.")
    metrics_port: int = Field(0, ge=0, le=65535, description="Port of /metrics and /health; 0 takes a free one.")
    data: Path = Field(Path("data"), description="Directory of everything that Sitrep keeps.")
    slot: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9_.-]{1,64}$",
        description="Name of this worker's place in its consumer group, kept over restarts (static membership).",
    )
    log_level: str = Field("INFO", pattern=r"^(DEBUG|INFO|WARNING|ERROR)$", description="Least level that is logged.")
    log_format: str = Field("json", pattern=r"^(json|text)$", description="Form of the log lines on stderr.")
    env: str = Field("production", pattern=r"^(production|test)$", description="`test` allows failpoints.")
    failpoint: str | None = Field(None, description="Tests only: NAME:NTH[:SECONDS], separated by commas.")
    failpoint_tokens: Path | None = Field(None, description="Tests only: directory with one file per armed failpoint.")
