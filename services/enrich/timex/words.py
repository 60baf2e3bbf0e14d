"""The words of English calendars and numbers."""

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
"""First and last month of a season in the northern half of the world."""

UNITS = {"hour": "H", "day": "D", "night": "D", "week": "W", "fortnight": "W", "month": "M", "year": "Y", "decade": "Y",
         "century": "Y", "minute": "M"}  # fmt: skip
PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
"""Parts of a day, as TIMEX3 writes them."""

NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
} | {
    word: 10 * number
    for number, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
} | {"a": 1, "an": 1, "hundred": 100, "dozen": 12, "couple": 2}  # fmt: skip


def number(text: str) -> int | None:
    """Return the value of a small number in digits or words, or None where it is none (`few`, `several`)."""
    words = text.lower().replace("-", " ").split()
    if len(words) == 1 and words[0].replace(",", "").isdigit():
        return int(words[0].replace(",", ""))
    total = 0
    for word in words:
        if word in {"of", "and"}:
            continue
        if word not in NUMBERS:
            return None
        total = total * 100 if word == "hundred" and total else total + NUMBERS[word]
    return total or None
