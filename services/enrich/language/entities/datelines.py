"""Where a report was written, as wire services put it before its first sentence: "GOMA, Congo (Reuters) —"."""

import re

from services.enrich.language.entities.found import Found
from services.enrich.language.knowledge.gazetteer import gazetteer
from services.enrich.language.knowledge.lexicon import lexicon

_DATELINE = re.compile(
    r"(?:\A|\n\n)(?P<names>[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de'\u2019. /-]{2,40})(?:, [A-Z][\w. ]{1,30}?)?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?(?: ?\([^)\n]{2,30}\))?(?: ?[\u2014\u2013]| -{1,2} |: )"
)


def datelines(text: str) -> list[Found]:
    """Return the places of datelines: words in capitals before a dash that are names of places."""
    found = []
    for match in _DATELINE.finditer(text):
        at = match.start("names")
        for name in re.split(r"/", match["names"]):
            stripped = name.strip()
            start = at + name.find(stripped)
            at += len(name) + 1
            if stripped and _is_place(_written(stripped)):
                entry = next((one for one in lexicon().named(stripped) if one.category == "country"), None)
                found.append(Found(start, start + len(stripped), "GPE", entry, tagged=False, full=_written(stripped)))
    return found


def _written(name: str) -> str:
    """Return a name in capitals as it is written elsewhere."""
    return re.sub(r"[A-Z\u00c0-\u00de]+", lambda part: part[0].capitalize(), name)


def _is_place(name: str) -> bool:
    return gazetteer().exact(name) or any(one.label == "GPE" for one in lexicon().named(name))
