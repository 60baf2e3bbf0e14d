"""Message headers: CloudEvents 1.0 in Kafka's binary mode, trace context, and our three own."""

from collections.abc import Iterable
from dataclasses import dataclass

from sitrep.contracts import identity
from sitrep.contracts.codes import Stage
from sitrep.contracts.topics import MessageType

CONTENT_TYPE = "application/json"
RawHeaders = list[tuple[str, bytes]]


@dataclass(frozen=True)
class Headers:
    """The headers that a reader needs, as text; what cannot be read is an empty string. `run` names a replay."""

    type: str
    id: str
    source: str
    time: str
    ready: str
    run: str
    all: dict[str, str]

    @classmethod
    def read(cls, raw: Iterable[tuple[str, bytes | None]] | None) -> "Headers":
        """Read headers as aiokafka gives them; never raises, since anyone can write anything to a topic."""
        found = {key: (value or b"").decode("utf-8", "replace").replace("\x00", "\ufffd") for key, value in raw or ()}
        type_, id_, source, time = (found.get(f"ce_{name}", "") for name in ("type", "id", "source", "time"))
        # When a file that is sent again was complete is long ago, and says nothing of how fast we are.
        run = found.get("sitrep_run", "")
        ready = "" if run else found.get("sitrep_ready", "")
        return cls(type_, id_, source, time, ready, run, found)


def write(
    value: bytes,
    type_: MessageType,
    stage: Stage,
    *,
    at: str,
    trace: str | None = None,
    seconds: float | None = None,
    run: str | None = None,
    ready: str | None = None,
) -> RawHeaders:
    """Return the headers of `value`.

    `at` is RFC 3339, `trace` an article id (32 hex digits, which is a W3C trace id), `seconds` what the stage spent
    on it, `run` names a replay, `ready` (RFC 3339) is when the file was whole in the inbox, passed on by every stage. Times stand here and not in the value, so that two values compare with ==.
    """
    event = identity.event_id(value)
    headers = {
        "ce_specversion": "1.0",
        "ce_id": event,
        "ce_type": type_.name,
        "ce_source": f"/sitrep/{stage}",
        "ce_time": at,
        "content-type": CONTENT_TYPE,
    }
    if trace is not None:
        headers["traceparent"] = f"00-{trace}-{identity.digest(stage, event)[:16]}-01"
    if seconds is not None:
        headers["sitrep_seconds"] = f"{seconds:.6f}"
    if run:
        headers["sitrep_run"] = run
    if ready:
        headers["sitrep_ready"] = ready
    return [(key, text.encode("utf-8")) for key, text in headers.items()]
