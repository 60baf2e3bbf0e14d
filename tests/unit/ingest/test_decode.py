"""Encodings: told, or refused, never guessed silently."""

import pytest

from services.ingest.decode import decode
from services.ingest.draft import IncompleteError
from sitrep.contracts.codes import RejectionCode as Code
from sitrep.runtime.outcomes import Reject

ENGLISH = "Peña said that the army had taken the bridge near Málaga on Friday, and “naïve” reports of peace were wrong."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"), (ENGLISH, "utf-8-sig"), (ENGLISH, "utf-16"), (ENGLISH, "utf-32"), (ENGLISH, "cp1252"),
        ("İstanbul’da şiddetli çatışmalar yaşandı, ordu şehri ele geçirdi ve halk kaçtı.", "cp1254"),
        ("Повстанцы заняли город в пятницу, сообщил представитель армии", "cp1251"),
        ("Powstańcy zajęli miasto w piątek, powiedział rzecznik wojska, żołnierze się wycofali.", "cp1250"),
    ],
)  # fmt: skip
def test_decode_gives_back_what_was_written(text: str, encoding: str) -> None:
    found, name, confidence = decode(text.encode(encoding))
    assert found == text
    assert confidence >= 0.8
    assert name in {"utf-8", "utf-16-le", "utf-32-le", encoding}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a\x00b", Code.BINARY),
        (b"a \xed\xa0\x80 b", Code.SURROGATE),
        ("Über die Brücke".encode() + b"\xff ging", Code.ENCODING),
        (b"\x81\x8d\x8f\x90\x9d", Code.ENCODING),
        (b"\xff\xfe\x00\xd8a\x00", Code.SURROGATE),
    ],
)
def test_decode_refuses(data: bytes, code: Code) -> None:
    with pytest.raises((Reject, IncompleteError)) as caught:
        decode(data)
    assert isinstance(caught.value, Reject)
    assert caught.value.code in {code, Code.ENCODING}


@pytest.mark.parametrize("data", ["Zagreb, č".encode()[:-1], b"\xff\xfea\x00b"])
def test_decode_of_half_a_character_is_incomplete(data: bytes) -> None:
    with pytest.raises(IncompleteError):
        decode(data)
