"""What can become of a message besides success. The class says what then happens to it; anything else ends the process."""

from enum import StrEnum

from sitrep.contracts.codes import SENTENCES, RejectionCode

EXIT_RETRY = 75
"""Exit code (EX_TEMPFAIL) of a process that could not go on for now; the supervisor starts it again."""


class Cause(StrEnum):
    """What a service can be waiting for.

    Whether a server answers and whether it takes what is sent are two things (a broker without a leader answers), and so are
    the space on a disk and a write that fails.
    """

    KAFKA = "kafka"
    KAFKA_SEND = "kafka_send"
    KAFKA_OFFSETS = "kafka_offsets"
    POSTGRES = "postgres"
    POSTGRES_WRITE = "postgres_write"
    INBOX = "inbox"
    DISK = "disk"
    DISK_SPACE = "disk_space"
    FLOOD = "flood"

    @property
    def needed(self) -> str:
        """Return the name of what is missing, for a sentence."""
        return _NEEDED[self]


_NEEDED = {
    Cause.KAFKA: "Kafka",
    Cause.KAFKA_SEND: "Kafka's confirmation",
    Cause.KAFKA_OFFSETS: "Kafka's offsets",
    Cause.POSTGRES: "Postgres",
    Cause.POSTGRES_WRITE: "Postgres' commit",
    Cause.INBOX: "the inbox",
    Cause.DISK: "our own disk",
    Cause.DISK_SPACE: "space on our own disk",
    Cause.FLOOD: "somebody to look at a flood of refusals",
}


class Reject(Exception):  # noqa: N818 - an outcome, not an error of ours
    """The input is at fault: it goes to `news.rejected`, confirmed, and the offset advances."""

    def __init__(self, code: RejectionCode, detail: str = "") -> None:
        super().__init__(f"{SENTENCES[code]} ({detail})" if detail else SENTENCES[code])
        self.code = code
        self.detail = detail


class Retry(Exception):  # noqa: N818 - an outcome, not an error of ours
    """Something around us is at fault: the same input is tried again in place, and nothing advances."""

    def __init__(self, cause: Cause, sentence: str) -> None:
        super().__init__(sentence)
        self.cause = cause
