"""The examples of rules as whole deck files, for the tests of rules and of the schema."""

import re

from newsdeck.check.registry import HEAD, HERE

# They cite the reading text of the sample deck, `a.md` beside them.
_TAIL = {
    "id": "q{number}",
    "why": "The town had waited long for it.",
    "evidence": (
        "The bridge over the river Elva was opened on 3 May 2024, after two years of work. "
        'The mayor, Ada Brandt, called it "a gift to both banks of the river". It is 412 metres '
        "long and cost 38 million euros, a third of which was paid by the state. The old ferry, "
        "which had carried 900 people a day, made its last crossing in June 2024."
    ),
}


def example_deck(example: str) -> str:
    """Return an example as a whole deck file: with head, and what each question lacks."""
    if not example.startswith("- "):
        return example
    items = re.split(r"^(?=- )", example, flags=re.MULTILINE)[1:]
    rows = [HEAD]
    for number, item in enumerate(items, 1):
        rows.append(item if item.endswith("\n") else item + "\n")
        for key, value in _TAIL.items():
            if not re.search(rf"^  {HERE}?{key}:", item, re.MULTILINE):
                rows.append(f"  {key}: {value.format(number=number)}\n")
    return "".join(rows)
