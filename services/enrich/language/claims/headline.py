"""Headlines: their claims count only where the body does not make them itself."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from services.enrich.language.numerals import number

LINES = 3
"""Lines at the top of an article that may be its headline: a kicker, the headline and what stands below it."""

LONGEST = 30
"""Words of a headline at most."""

SHARE = 0.5
"""Share of a headline's content words from which on the body is held to repeat it."""

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
ENDS = frozenset(".!?\u2026;")


def end_of_headline(doc: Doc, text: str) -> int:
    """Return the character behind the lines of a headline that the body repeats, 0 where there are none.

    `text` is that of the document, in which each line is a paragraph.
    """
    end = 0
    for start, behind in _lines(text):
        line = text[start:behind].strip()
        if not line or line[-1] in ENDS or line.count(" ") >= LONGEST or not text[behind:].strip():
            break
        span = doc.char_span(start, behind, alignment_mode="contract")
        if span is None or not _is_repeated(span, doc):
            break
        end = behind
    return end


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first lines of a text that hold something, as characters."""
    start, lines = 0, 0
    while lines < LINES and start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            lines += 1
            yield start, end
        start = end + 1


def _is_repeated(headline: Span, doc: Doc) -> bool:
    """Return whether the text behind a headline has its figures and most of its content words."""
    body = {word for token in doc[headline.end :] for word in _words(token)}
    words = [token for token in headline if token.pos_ in CONTENT and not token.is_punct]
    known = [token for token in words if not body.isdisjoint(_words(token))]
    figures = all(token in known for token in words if token.like_num)
    return figures and len(known) >= SHARE * len(words)


def _words(token: Token) -> set[str]:
    """Return a word in its forms: as it stands, its lemma, and a numeral as the number that it is."""
    value = number(token.lower_) if token.like_num else None
    return {token.lower_, token.lemma_.lower()} if value is None else {token.lower_, str(value)}
