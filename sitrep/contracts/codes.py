"""Why something was refused: one code, one sentence that says what to do."""

from enum import StrEnum
from typing import Annotated

from sitrep.contracts.growable import Growable


class Stage(StrEnum):
    """Who speaks: the last part of ce_source, and the stage of a rejection."""

    INGEST = "ingest"
    ENRICH = "enrich"
    STORE = "store"
    MONITOR = "monitor"
    CLI = "cli"


class RejectionCode(StrEnum):
    """The list of reasons; also the metric label, the dead-letter header and the field in the error file."""

    EMPTY = "empty"
    NO_TEXT = "no_text"
    NO_ARTICLE = "no_article"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    BINARY = "binary"
    ENCRYPTED = "encrypted"
    ENCODING = "encoding"
    SURROGATE = "surrogate"
    MALFORMED = "malformed"
    TOO_DEEP = "too_deep"
    ENTITY_DECLARATION = "entity_declaration"
    FRONT_MATTER = "front_matter"
    UNSUPPORTED_FORMAT = "unsupported_format"
    ARCHIVE_LIMIT = "archive_limit"
    INCOMPLETE = "incomplete"
    UNREADABLE = "unreadable"
    ORPHAN_SIDECAR = "orphan_sidecar"
    BAD_RECORD = "bad_record"
    UNKNOWN_TYPE = "unknown_type"
    RECORD_TOO_LARGE = "record_too_large"
    NLP_TIMEOUT = "nlp_timeout"
    NLP_CRASH = "nlp_crash"
    NLP_MEMORY = "nlp_memory"
    REFUSED_BY_DATABASE = "refused_by_database"


AnyRejectionCode = Annotated[RejectionCode, Growable()]
_ANY = (RejectionCode.BAD_RECORD, RejectionCode.UNKNOWN_TYPE, RejectionCode.RECORD_TOO_LARGE)
_ENRICH = (RejectionCode.NLP_TIMEOUT, RejectionCode.NLP_CRASH, RejectionCode.NLP_MEMORY)
_STORE = (RejectionCode.REFUSED_BY_DATABASE,)
CODES_OF: dict[Stage, tuple[RejectionCode, ...]] = {
    Stage.INGEST: tuple(code for code in RejectionCode if code not in _ENRICH + _STORE),
    Stage.ENRICH: _ENRICH + _ANY,
    Stage.STORE: _STORE + _ANY,
}
"""The codes that each stage can give."""


SENTENCES: dict[RejectionCode, str] = {
    RejectionCode.EMPTY: "There is no letter and no digit in it; check that the file was saved with its text.",
    RejectionCode.NO_TEXT: "No text was found; JSON needs a field named text, body or content, a web page the article itself.",
    RejectionCode.NO_ARTICLE: "It is a page without an article, such as a stub or a list of links; save the article itself.",
    RejectionCode.TOO_LONG: "The text is over 200,000 characters or 512 KiB; split it into articles.",
    RejectionCode.TOO_LARGE: "The file is over 64 MiB, or one article in it far over what an article may be; split it.",
    RejectionCode.BINARY: "It is not text (it has NUL bytes); export it as text, HTML or JSON.",
    RejectionCode.ENCRYPTED: "It is protected by a password; save it without one.",
    RejectionCode.ENCODING: "Its character encoding cannot be told with confidence; save it as UTF-8.",
    RejectionCode.SURROGATE: "It has half of a character (a lone surrogate); save it again as UTF-8.",
    RejectionCode.MALFORMED: "It does not follow its own format; mend it at the place named.",
    RejectionCode.TOO_DEEP: "The JSON is nested deeper than 100 levels; flatten it.",
    RejectionCode.ENTITY_DECLARATION: "The XML declares entities, which are refused for safety; remove the declarations.",
    RejectionCode.FRONT_MATTER: "The front matter uses tags, anchors or broken YAML; write plain `key: value` lines.",
    RejectionCode.UNSUPPORTED_FORMAT: "This format is known but not read yet; convert it to plain text or JSON.",
    RejectionCode.ARCHIVE_LIMIT: "The archive has too many members, grows too large or is nested; unpack it first.",
    RejectionCode.INCOMPLETE: "It ends in the middle of a value or a character and was not finished; drop it again whole.",
    RejectionCode.UNREADABLE: "It cannot be opened; give the user that runs Sitrep the right to read it.",
    RejectionCode.ORPHAN_SIDECAR: "The file that this sidecar describes never came; drop both again, the sidecar first.",
    RejectionCode.BAD_RECORD: "The Kafka record is not what its headers say; mend its producer, then redrive it.",
    RejectionCode.UNKNOWN_TYPE: "The Kafka record has a type that this version does not know; upgrade, then redrive it.",
    RejectionCode.RECORD_TOO_LARGE: "The result is larger than a Kafka record may be; split the article.",
    RejectionCode.NLP_TIMEOUT: "Reading it took longer than the deadline; shorten or split it, then redrive it.",
    RejectionCode.NLP_CRASH: "Reading it ended the language process each time; report it with the text.",
    RejectionCode.NLP_MEMORY: "Reading it took more memory than there is; split it, then redrive it.",
    RejectionCode.REFUSED_BY_DATABASE: "Postgres refused its rows; read the cause, then redrive it.",
}
