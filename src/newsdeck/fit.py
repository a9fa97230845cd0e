"""A mapping of a file becomes a struct, or a problem for each key that does not fit it."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

import msgspec
from msgspec import Meta, Struct

from newsdeck import values
from newsdeck.problem import did_you_mean
from newsdeck.text import visible
from newsdeck.traps import in_quotes

if TYPE_CHECKING:
    from newsdeck.marked import Reader

_TYPOGRAPHIC = tuple("“”„‟‘’‚«»")
# Keys that are written for others within a mapping of this name.
_WITHIN: Mapping[str, Mapping[str, str]] = {
    "source": {
        **dict.fromkeys(("file", "article", "path", "name"), "The reading text's key is `text`."),
        **dict.fromkeys(("headline", "deck"), "The article's title has the key `title`."),
        **dict.fromkeys(("link", "href", "website"), "The article's address has the key `url`."),
        **dict.fromkeys(("author", "newspaper"), "Who published it has the key `publisher`."),
    }
}
_NONE: Mapping[str, str] = MappingProxyType({})


def fit(
    value: values.Mapping,
    kind: type[Any],
    what: str,
    reader: Reader,
    besides: Mapping[str, str] = _NONE,
) -> Any:
    """Return the struct, or note each key that does not fit and return None.

    ``what`` names the struct in messages, as ``a deck``; ``besides`` has keys that are not the
    struct's, each with the mend where it is none of the mapping's either.
    """
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        pass
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    meant = set()  # keys that were written with a slip are not missing as well
    for key, item in value.items():
        key_mark, value_mark = value.marks[key]
        if key not in fields:
            if hidden := unseen(key, fields):
                meant.add(hidden)
                reader.problem(key_mark, "S01", *anew(key, hidden))
                continue
            keys = [*fields, *(name for name, mend in besides.items() if not mend)]
            keys.sort(key=lambda name: name not in kind.__annotations__)  # its own first
            told = f"The keys of {what}: {', '.join(keys)}."
            hint = besides.get(key) or did_you_mean(key, keys, told)
            reader.problem(key_mark, "S01", f"unknown key `{key}`", hint)
            continue
        wanted = fields[key].type
        try:
            msgspec.convert(item, wanted, strict=False)
        except msgspec.ValidationError as error:
            if not _told_inside(key, item, wanted, reader):
                _misfit(key, item, value_mark, wanted, str(error), reader)
    for key, field in fields.items():
        if field.required and key not in value and key not in meant:
            hint = _describe(key, field.type)
            reader.problem(value.mark, "S01", f"{what} needs `{key}`", hint)
    return None


def unseen(key: str, known: Container[str]) -> str:
    """Return the known key that one looks like because the rest of it cannot be seen, or ''."""
    seen = "".join(c for c in key if c.isprintable() and not c.isspace())
    return seen if seen != key and seen in known else ""


def anew(key: str, meant: str) -> tuple[str, str]:
    """Return what is told of a key with something in it that cannot be seen, and the mend."""
    found = ", ".join(sorted({visible(character) for character in key if character not in meant}))
    return f"`{meant}` has in it what cannot be seen: {found}", f"Type the key anew: `{meant}: …`."


def _told_inside(key: str, item: Any, wanted: Any, reader: Reader) -> bool:
    """Note what does not fit inside the mappings of a value that is made of structs."""
    inner = _struct(wanted)
    before = len(reader.problems)
    if inner is not None:
        for part in item if isinstance(item, values.Sequence) else [item]:
            if isinstance(part, values.Mapping):
                fit(part, inner, f"a {key}", reader, _WITHIN.get(key, _NONE))
    return len(reader.problems) > before


def _misfit(
    key: str, item: Any, mark: values.Mark, wanted: Any, error: str, reader: Reader
) -> None:
    shown = f"`{key}: {item}`" if isinstance(item, str) else f"the value of `{key}`"
    hint = _describe(key, wanted)
    place = re.search(r"\$\[(\d+)\]", error)
    if place and isinstance(item, values.Sequence):
        mark, item = item.marks[int(place[1])], item[int(place[1])]
        shown = f"an item of `{key}`"
        if isinstance(item, values.Mapping):
            before, text = (line := reader.lines[mark.line])[: mark.column], line[mark.column :]
            mend = f"- {in_quotes(text.rstrip())}"
            if "[" in before:
                mend = ", ".join(in_quotes(f"{left}: {right}") for left, right in item.items())
            hint = f"If it is one text, put it in quotes: {mend} — {hint}"
    elif isinstance(item, values.Mapping) and not any(item.values()):
        # Braces around words; a list or a mapping that was meant is told what is wanted.
        hint = f"Put the text in quotes: {reader.quoted(mark.line)}"
    elif "of length <=" in error:
        what = "characters" if isinstance(item, str) else "items"
        told = re.sub(r".*<= (\d+).*", rf"more than \1 {what} in", error)
        reader.problem(mark, "size", f"{told} `{key}`", "Make several of it.")
        return
    elif error.startswith("Expected `array`"):
        hint = f"Begin a line for each, with a dash. {hint}"
    elif error.startswith("Expected `object`, got `array`"):
        hint = f"Write it without dashes. {hint}"
    elif isinstance(item, str) and item[:1] in _TYPOGRAPHIC:
        hint = f"Delete the typographic quotation marks: they are part of the text. {hint}"
    if item != "":  # which is told already
        reader.problem(mark, "S01", f"{shown} does not fit", hint)


def _struct(wanted: Any) -> type[Struct] | None:
    """Return the struct that a type has in it, None where it has none."""
    if isinstance(wanted, type) and issubclass(wanted, Struct):
        return wanted
    return next((found for part in get_args(wanted) if (found := _struct(part))), None)


def _describe(key: str, wanted: Any) -> str:
    """Return what a key is for, with an example: the mend of a value that does not fit."""
    for meta in getattr(wanted, "__metadata__", ()):
        if isinstance(meta, Meta) and meta.description:
            if not meta.examples:
                return meta.description
            example = meta.examples[0]
            if not isinstance(example, str):
                example = json.dumps(example, ensure_ascii=False)  # which is YAML too
            return f"{meta.description} For example `{key}: {example}`."
    return ""
