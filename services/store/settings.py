"""The settings of the store."""

from pydantic import Field

from sitrep.runtime.service import ServiceSettings
from sitrep.runtime.settings import Settings


class StoreSettings(ServiceSettings):
    """What the store needs to know."""

    postgres_uri: str = Field(description="Database to write to, as sitrep_writer.")
    flood_limit: int = Field(
        500, ge=1, description="Inputs refused in a row after which the stage stops until `sitrep resume`."
    )
    store_batch: int = Field(500, ge=1, le=1000, description="Most records that are written in one transaction.")


class MigrateSettings(Settings):
    """What migrating needs to know."""

    postgres_owner_uri: str = Field(description="Database to migrate, as a role that may create roles and tables.")
    postgres_writer_password: str | None = Field(None, description="Password to give to sitrep_writer.")
    postgres_reader_password: str | None = Field(None, description="Password to give to sitrep_reader.")
    log_level: str = Field("INFO", description="Least level that is logged.")
    log_format: str = Field("text", description="Form of the log lines on stderr.")
