"""Knows what must come out: it makes the files, remembers each one whose rename returned, and compares at the end."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sitrep.contracts import identity
from sitrep.contracts.text import normalise
from tests.support.servers import Database

_WORDS = [
    "army",
    "rebels",
    "convoy",
    "bridge",
    "market",
    "hospital",
    "border",
    "river",
    "ministry",
    "monitor",
    "airport",
    "village",
    "shelling",
    "truce",
]


@dataclass
class Oracle:
    """The files of one scenario; the texts follow from the seed alone and are unlike those of any other seed."""

    inbox: Path
    seed: str
    texts: dict[str, str] = field(default_factory=dict)
    """Text by article id: what has to be stored, once."""

    def text(self, number: int) -> str:
        """Return the text of the `number`th article."""
        random = Random(f"{self.seed}/{number}")
        words = [random.choice(_WORDS) for _ in range(30)]
        return f"Report {number} of series {self.seed}\n\n{' '.join(words).capitalize()} near Rivertown."

    def drop(self, numbers: range) -> None:
        """Put files into the inbox, each under another name first and renamed when whole."""
        for number in numbers:
            text = self.text(number)
            temporary = self.inbox / f".{number}.part"
            temporary.write_text(text, "utf-8")
            temporary.rename(self.inbox / f"{number:05}.txt")
            self.owe(text)

    def owe(self, text: str) -> None:
        """Note that a text has to be stored."""
        clean = normalise(text)
        self.texts[identity.article_id(clean)] = clean

    def stored(self, database: Database) -> int:
        """Return how many of the articles are stored."""
        found = database.rows("SELECT count(*) FROM articles WHERE article_id = ANY(%s)", list(self.texts))
        return int(found[0][0])

    def check(self, database: Database) -> None:
        """Fail unless every article is stored once, whole, with its children once, and no file is left behind."""
        rows = database.rows("SELECT article_id, text FROM articles WHERE article_id = ANY(%s)", list(self.texts))
        lost = set(self.texts) - {row[0] for row in rows}
        assert not lost, f"lost: {len(lost)} of {len(self.texts)}"
        assert {row[0]: row[1] for row in rows} == self.texts
        assert len(rows) == len(self.texts)
        ids = list(self.texts)
        sightings = database.rows("SELECT article_id, count(*) FROM sightings WHERE article_id = ANY(%s) GROUP BY 1", ids)
        assert {count for _, count in sightings} == {1}, "a sighting is missing or doubled"
        refused = database.rows("SELECT key, sentence FROM rejections WHERE key LIKE %s", f"%{self.seed}%")
        assert refused == []
        left = [p for p in self.inbox.rglob("*") if p.is_file() and p.parts[len(self.inbox.parts)] != "_done"]
        assert [p.name for p in left] == [".lock"], "files are left behind"
