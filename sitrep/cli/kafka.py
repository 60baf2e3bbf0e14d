"""The Kafka that a command asks: one that is named, with the password of the environment, or that of a data directory."""

import asyncio
import os
from typing import TYPE_CHECKING

from sitrep.cli.problem import Problem
from sitrep.runtime.cluster import Cluster, KafkaSettings
from sitrep.runtime.settings import SettingsError

if TYPE_CHECKING:  # what starts servers is in no image of a service
    from sitrep.cli.running import Running


def cluster(running: "Running", bootstrap: str) -> Cluster:
    """Return the cluster to ask. Raises Problem where nothing runs, or a setting cannot be used."""
    return named(bootstrap) if bootstrap else Cluster(running.bootstrap())


def named(bootstrap: str) -> Cluster:
    """Return a cluster that is named, reached as SITREP_KAFKA_PROTOCOL and the others say. Raises Problem."""
    try:
        return KafkaSettings.load({**os.environ, "SITREP_KAFKA_BOOTSTRAP": bootstrap}).cluster
    except SettingsError as problem:
        raise Problem(str(problem), code=2) from problem


def silent(cluster: Cluster, problem: BaseException) -> Problem:
    """Return what to say where a broker does not answer, or lets nobody in."""
    return Problem(asyncio.run(cluster.trouble(problem)))
