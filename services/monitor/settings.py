"""The settings of the monitor."""

from pathlib import Path

from pydantic import Field

from sitrep.runtime.service import ServiceSettings


class MonitorSettings(ServiceSettings):
    """What the monitor needs to know."""

    postgres_uri: str = Field(description="Database to ask, as sitrep_reader.")
    inbox: Path = Field(Path("inbox"), description="Directory that is watched for reports; canaries are dropped there.")
    look_seconds: float = Field(5.0, gt=0, description="Kafka and Postgres are asked this often.")
    ledger_seconds: float = Field(15.0, gt=0, description="The ledger is made up this often.")
    canary: bool = Field(False, description="Drop a report every minute and check what becomes of it.")
    canary_seconds: float = Field(60.0, ge=5, le=240, description="How often, and how long a canary may take.")
