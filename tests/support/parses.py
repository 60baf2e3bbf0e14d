"""Parsed sentences for unit tests, without a language model: CoNLL-U in a file, as spaCy's `Doc`.

`doc("Rebels hold half of Aleppo.")` gives the sentence as it stands in parses.conllu. A new one is added by

    python -m tests.support.parses "Rebels hold half of Aleppo."

which writes down what the model makes of it. Correct it by hand where the model is wrong: the rules are tested on what a
parse ought to be. XPOS is the Penn tag, DEPREL one of spaCy's English labels, MISC has SpaceAfter=No and Entity=<IOB tag>.
"""

import sys
from functools import cache
from pathlib import Path

from spacy.lang.en import English
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

PARSES = Path(__file__).with_name("parses.conllu")
ROOT = "ROOT"


@cache
def vocabulary() -> Vocab:
    """Return an English vocabulary, which knows stop words and numbers but no vectors."""
    return English().vocab


def doc(text: str) -> Doc:
    """Return a new document of the sentences of a text, each of which stands in the file."""
    known = _blocks()
    if text not in known:
        raise LookupError(f"there is no parse of this text; add it by: python -m tests.support.parses {text!r}")
    return parsed(known[text])


@cache
def _blocks() -> dict[str, str]:
    blocks = PARSES.read_text("utf-8").strip().split("\n\n") if PARSES.exists() else []
    return {block.split("\n", 1)[0].removeprefix("# text = ").replace("\\n", "\n"): block for block in blocks}


def parsed(block: str) -> Doc:
    """Return the document of a CoNLL-U block. Heads are counted in the whole text, and a root is its own sentence's."""
    rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
    misc = [dict(part.split("=", 1) for part in row[9].split("|") if "=" in part) for row in rows]
    words = [row[1].replace("\\n", "\n") for row in rows]
    heads = [int(row[6]) - 1 if int(row[6]) else index for index, row in enumerate(rows)]
    return Doc(
        vocabulary(),
        words=words,
        spaces=[part.get("SpaceAfter") != "No" for part in misc],
        lemmas=[row[2].replace("\\n", "\n") for row in rows],
        pos=[row[3] for row in rows],
        tags=[row[4] for row in rows],
        heads=heads,
        deps=[row[7] for row in rows],
        ents=[part.get("Entity", "O") for part in misc],
    )


def written(text: str, of: Doc) -> str:
    """Return a document as a block."""
    lines = [f"# text = {text.replace(chr(10), chr(92) + 'n')}"]
    for token in of:
        ent = f"Entity={token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else ""
        misc = "|".join(part for part in ("" if token.whitespace_ else "SpaceAfter=No", ent) if part) or "_"
        head = 0 if token.head is token or token.dep_ == ROOT else token.head.i + 1
        form, lemma = (value.replace("\n", "\\n") for value in (token.text, token.lemma_))
        lines.append("\t".join([str(token.i + 1), form, lemma, token.pos_, token.tag_, "_", str(head), token.dep_, "_", misc]))
    return "\n".join(lines)


def token(of: Doc, word: str, nth: int = 1) -> Token:
    """Return the nth token with these letters."""
    return [one for one in of if one.text == word][nth - 1]


def span(of: Doc, text: str) -> Span:
    """Return the first span with this text."""
    start = of.text.index(text)
    found = of.char_span(start, start + len(text))
    assert found is not None, f"{text!r} does not begin and end with a word"
    return found


def main() -> None:
    """Add the parses of texts to the file, in the order of the alphabet."""
    from services.enrich.language.pipeline import Pipeline
    from services.enrich.settings import EnrichSettings
    from tests.support.make import article

    pipeline = Pipeline(EnrichSettings.model_fields["model"].default)
    blocks = dict(_blocks())
    for text in sys.argv[1:] or sys.stdin.read().splitlines():
        clean = text.replace("\\n", "\n")
        if clean and clean not in blocks:
            blocks[clean] = written(clean, pipeline.parsed([article(clean)])[0])
    PARSES.write_text("\n\n".join(blocks[key] for key in sorted(blocks)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
