"""The settings of ingest."""

from pathlib import Path

from pydantic import Field

from sitrep.contracts.published import Published
from sitrep.runtime.service import ServiceSettings


class IngestSettings(ServiceSettings):
    """What ingest needs to know."""

    inbox: Path = Field(Path("inbox"), description="Directory that is watched for reports.")
    published: Published | None = Field(None, description="Publish date of files that carry none, for this run.")
    settle_seconds: float = Field(1.0, gt=0, description="A file is read when it is unchanged for this long.")
    unsure_seconds: float = Field(10.0, gt=0, description="The same where the system cannot say if it is being written.")
    give_up_seconds: float = Field(60.0, gt=0, description="An unfinished or unreadable file is refused after this.")
    rescan_seconds: float = Field(5.0, gt=0, description="The whole inbox is looked through this often.")
    ingest_batch: int = Field(128, ge=1, le=10_000, description="Most articles that are sent before waiting for Kafka.")
