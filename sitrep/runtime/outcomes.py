"""What can become of a message besides success. The class says what then happens to it; anything else ends the process."""

from sitrep.contracts.codes import SENTENCES, RejectionCode

EXIT_RETRY = 75
"""Exit code (EX_TEMPFAIL) of a process that could not go on for now; the supervisor starts it again."""


class Reject(Exception):  # noqa: N818 - an outcome, not an error of ours
    """The input is at fault: it goes to `news.rejected`, confirmed, and the offset advances."""

    def __init__(self, code: RejectionCode, detail: str = "") -> None:
        super().__init__(f"{SENTENCES[code]} ({detail})" if detail else SENTENCES[code])
        self.code = code
        self.detail = detail


class Retry(Exception):  # noqa: N818 - an outcome, not an error of ours
    """Something around us is at fault: the same input is tried again in place, and nothing advances."""
