"""What the keys of a deck take, and the mends of keys that stand where they do not belong."""

from __future__ import annotations

from functools import cache

from newsdeck.head import Source
from newsdeck.kinds import KINDS, AnyQuestion, Cloze
from newsdeck.slips import Shape

SHAPE = Shape(
    firsts=KINDS,
    lists={
        "answer": ("choice",),
        **dict.fromkeys(("accept", "evidence", "extra", "items", "options", "wrong"), ()),
        **dict.fromkeys(("tags", "ignore"), ()),
    },
    parted=("wrong", "reject", "pairs"),
    paired=("pairs",),
)
DASHED = {kind: f"A question begins with a dash: `- {kind}: …`." for kind in KINDS}

BESIDES = {
    **{
        key: "It belongs to a question: begin it below the question's other keys."
        for kind in KINDS.values()
        for key in kind.__struct_fields__
    },
    **dict.fromkeys(Source.__struct_fields__, "It stands under `source:`, further right."),
    **DASHED,
    "questions": "",
}
UNTITLED = {"title": "A deck's title has the key `deck`."}


@cache  # each question asks for it, and nearly none needs it
def besides(kind: type[AnyQuestion]) -> dict[str, str]:
    """Return the keys that are no key of a kind but of another, each with the mend."""
    own = ", ".join(kind.__annotations__)
    found = dict(DASHED)
    if kind is Cloze:
        found["answer"] = "The answers of a cloze stand in its sentence, each in braces: {34}."
    for name, other in KINDS.items():
        for key in other.__annotations__:
            found.setdefault(key, f"It is a key of `{name}`; those of `{kind.kind}` are {own}.")
    return found
