"""What comes from outside, as it may be shown in a terminal: a name of a file can hold every character but / and NUL."""


def printable(text: str) -> str:
    """Return a text as one line, in which what would move the cursor, or set colours, has a sign in its place."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))
