"""The one thing that we change in Faust: it acknowledges messages that it skips.

A message that was fetched before a rebalance and reaches the stream after it is dropped by Faust 0.15.3, rightly, and
then acknowledged (faust/streams.py, `value is skipped_value`), so that a commit can pass it although nobody has done
it. Such a message was never tracked; every message that our agent gets was. An acknowledgement counts only for those.
"""

from typing import Any

from faust.types.tuples import ConsumerMessage


def acknowledge_only_what_was_handed_over() -> None:
    """Let an acknowledgement of a message that the agent never got count for nothing."""

    def on_final_ack(self: Any, consumer: Any) -> bool:  # noqa: ANN401 - Faust has no types
        return bool(consumer.ack(self)) if self.tracked else False

    ConsumerMessage.on_final_ack = on_final_ack
