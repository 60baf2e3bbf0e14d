"""What a command says where it cannot do what it was asked."""


class Problem(Exception):  # noqa: N818 - it is told to a person as a sentence
    """A command cannot go on; the message is a sentence for the person at the terminal, `code` the exit code."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code
