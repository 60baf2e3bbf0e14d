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


_CHILDREN = """
SELECT wanted.id, r.rows FROM unnest(%s::text[]) AS wanted (id)
LEFT JOIN receipts r ON r.sighting = '' AND r.article_id = wanted.id
WHERE r.article_id IS NULL OR (
    NOT r.rows ? 'mentions' OR coalesce((r.rows ->> 'article_entities')::int, 0)
        <> (SELECT count(*) FROM article_entities t WHERE t.article_id = r.article_id)
    OR coalesce((r.rows ->> 'mentions')::int, 0) <> (SELECT count(*) FROM mentions t WHERE t.article_id = r.article_id)
    OR coalesce((r.rows ->> 'dates')::int, 0) <> (SELECT count(*) FROM dates t WHERE t.article_id = r.article_id)
    OR coalesce((r.rows ->> 'claims')::int, 0) <> (SELECT count(*) FROM claims t WHERE t.article_id = r.article_id)
    OR coalesce((r.rows ->> 'quantities')::int, 0) <> (SELECT count(*) FROM quantities t WHERE t.article_id = r.article_id))
"""
"""Articles without a receipt, or whose receipt names other numbers than there are rows, or no mention of the town in each."""


_ONCE = {
    "article": "SELECT count(*) FROM articles WHERE articles.text LIKE %s GROUP BY text",
    "sighting": "SELECT count(*) FROM sightings JOIN articles USING (article_id) WHERE articles.text LIKE %s GROUP BY text, key, sha256",
    "mention": "SELECT count(*) FROM mentions JOIN articles USING (article_id) WHERE articles.text LIKE %s GROUP BY articles.text, start_offset, end_offset",
    "claim": """
        SELECT count(*) FROM claims c JOIN articles USING (article_id) WHERE articles.text LIKE %s
        GROUP BY articles.text, c.start_offset, c.end_offset, c.speaker_name, c.type, c.polarity, c.cue_start""",
    "receipt": "SELECT count(*) FROM receipts JOIN articles USING (article_id) WHERE articles.text LIKE %s GROUP BY text, sighting",
    "rejection": "SELECT count(*) FROM rejections WHERE encode(decode(original, 'base64'), 'escape') LIKE %s GROUP BY stage, code, key, sha256",
}
"""What may be there once, by what it says and not by its id: a fault that gives one effect two ids doubles it as well."""


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

    def drop(self, numbers: range) -> list[str]:
        """Put files into the inbox, each under another name first and renamed when whole; return the ids of their articles."""
        owed = []
        for number in numbers:
            text = self.text(number)
            temporary = self.inbox / f".{number}.part"
            temporary.write_text(text, "utf-8")
            temporary.rename(self.inbox / f"{number:05}.txt")
            owed.append(self.owe(text))
        return owed

    def owe(self, text: str) -> str:
        """Note that a text has to be stored, and return the id of its article."""
        clean = normalise(text)
        id_ = identity.article_id(clean)
        self.texts[id_] = clean
        return id_

    def stored(self, database: Database) -> int:
        """Return how many of the articles are stored."""
        found = database.rows("SELECT count(*) FROM articles WHERE article_id = ANY(%s)", list(self.texts))
        return int(found[0][0])

    def check(self, database: Database) -> int:
        """Hold that every article is stored whole, with what was found in it, and nothing else; return how many effects are doubled.

        G1 to G4: none lost, none doubled, the text to the byte, no unknown one, none refused as well, no file left behind.
        """
        ids = list(self.texts)
        rows = database.rows("SELECT article_id, text FROM articles WHERE article_id = ANY(%s)", ids)
        lost = set(self.texts) - {row[0] for row in rows}
        assert not lost, f"lost: {len(lost)} of {len(self.texts)}"
        assert {row[0]: row[1] for row in rows} == self.texts
        ours = database.rows("SELECT article_id FROM articles WHERE position(%s IN text) > 0", f"of series {self.seed}\n")
        assert {row[0] for row in ours} == set(ids), "an article that nobody dropped"
        sightings = database.rows("SELECT article_id, count(*) FROM sightings WHERE article_id = ANY(%s) GROUP BY 1", ids)
        assert len(sightings) == len(ids), "a sighting is missing"
        assert {count for _, count in sightings} == {1}, "a sighting is doubled"
        assert database.rows(_CHILDREN, ids) == [], "what was found in an article is not there once"
        hashes = [identity.content_sha256(text.encode()) for text in self.texts.values()]
        query = "SELECT key, sentence FROM rejections WHERE article_id = ANY(%s) OR sha256 = ANY(%s)"
        assert database.rows(query, ids, hashes) == []
        left = [p for p in self.inbox.rglob("*") if p.is_file() and p.parts[len(self.inbox.parts)] != "_done"]
        names = [str(p.relative_to(self.inbox)) for p in left]
        assert names == ["_claimed/.lock"], f"files are left behind: {names}"
        return sum(self.doubled(database).values())

    def doubled(self, database: Database) -> dict[str, int]:
        """Return how many effects there are beyond the first of each, by kind; kinds without any are left out."""
        found = {}
        for kind, query in _ONCE.items():
            counts = database.rows(query, f"%of series {self.seed}\n%")
            found[kind] = sum(count - 1 for (count,) in counts)
        return {kind: count for kind, count in found.items() if count}
