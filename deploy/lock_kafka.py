"""Writes sitrep/embedded/kafka.lock: resolves Kafka and all that it needs from Maven, and records the SHA-256 of every jar.

    python deploy/lock_kafka.py 4.2.2

Run it to move to another Kafka, look at the difference, commit it.
"""

import hashlib
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from jgo.maven import MavenContext
from jgo.parse import Endpoint

from sitrep.embedded.kafka_jars import KAFKA_LOCK

SLF4J_SIMPLE = "org.slf4j:slf4j-simple:1.7.36"


def main(version: str) -> None:
    """Write the lock file for one version of Kafka."""
    with tempfile.TemporaryDirectory() as repository:
        context = MavenContext(repo_cache=Path(repository), local_repos=[], timeout=60)
        endpoint = Endpoint.parse(f"org.apache.kafka:kafka_2.13:{version}+{SLF4J_SIMPLE}")
        wanted = [context.create_dependency(replace(c, scope="compile")) for c in endpoint.coordinates]
        direct, transitive = context.resolver.resolve(wanted)
        needed = [*direct, *(d for d in transitive if d.scope in {"compile", "runtime"})]
        lines = []
        for artifact in (dependency.artifact for dependency in needed):
            sha256 = hashlib.sha256(Path(artifact.resolve()).read_bytes()).hexdigest()
            lines.append(f"{sha256} {artifact.groupId}:{artifact.artifactId}:{artifact.version}\n")
    head = f"# Kafka {version} and what it needs, from Maven; written by deploy/lock_kafka.py.\n"
    KAFKA_LOCK.write_text(head + "".join(sorted(lines, key=lambda line: line.split()[1])))


if __name__ == "__main__":
    main(sys.argv[1])
