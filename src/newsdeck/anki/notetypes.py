"""The four note types that the eight kinds share: their fields, and templates out of real files.

Ids never change: Anki knows types, fields and templates by them, and so takes a renamed field
or a new sheet without touching anyone's schedule. New fields take the place of a spare one.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import genanki

EDITION = 1_795_636_800
"""When the templates last changed, in seconds since 1970; Anki takes those of a later edition."""

_SHARED = (
    "Image", "Hint", "Why", "Evidence", "Source", "Level", "Labels", "Language",
    "Spare 1", "Spare 2", "ID",
)  # fmt: skip
_OWN = {
    "choice": ("Question", "Items", "Answer", "Kind"),
    "typed": ("Question", "Answer", "Unit", "Accepted", "Rejected", "Kind", "Exact"),
    "cloze": ("Text", "Accepted"),
    "card": ("Question", "Answer"),
}
FIELDS = {family: own + _SHARED for family, own in _OWN.items()}
"""The fields of each note type, by its family."""

# Drawn once at random; see the module's first lines.
_IDS = {
    "choice": 1_764_066_901_113,
    "typed": 1_764_066_901_217,
    "cloze": 1_764_066_901_331,
    "card": 1_764_066_901_443,
}
_PART = re.compile(r"(?:<!-- (\S+\.html) -->|/\* (\S+\.js) \*/)\n?")


def _read(name: str) -> str:
    """Return a template with the files that it names in comments put in their places."""
    text = (files(__package__) / "templates" / name).read_text("utf-8")
    if name.endswith(".js"):
        return text
    filled = _PART.sub(lambda found: _read(found[1] or found[2]), text)
    # Cards share one document in some players: nothing of a script may outlive its card.
    return filled.replace("<script>\n", "<script>\n(function () {\n'use strict';\n").replace(
        "</script>", "})();\n</script>"
    )


@cache
def note_type(family: str) -> genanki.Model:
    """Return a note type by its family."""
    number = _IDS[family]
    fields = [
        {"name": name, "id": number + place + 1, "font": "Arial"}
        for place, name in enumerate(FIELDS[family])
    ]
    template = {
        "name": "Question",
        "id": number + 50,
        "qfmt": _read(f"{family}.front.html"),
        "afmt": _read(f"{family}.back.html"),
    }
    return genanki.Model(
        number,
        f"Newsdeck {family.title()}",
        fields=fields,
        templates=[template],
        css=_read("card.css"),
        model_type=genanki.Model.CLOZE if family == "cloze" else genanki.Model.FRONT_BACK,
    )
