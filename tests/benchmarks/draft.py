"""Prints how many of the answers that people chose a draft proposes: python draft.py FILE…

A FILE is a data set in the form of SQuAD (XQuAD has it: paragraphs, each with questions and
answers), or a plain text, of which only the counts are shown.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsdeck.article import Article, Paragraph, read
from newsdeck.candidates import candidates
from newsdeck.draft import draft

ALIKE = 0.5
"""The least F1 of two answers' words at which one is taken for the other."""


def words(text: str) -> list[str]:
    return [w for w in re.findall(r"\w+", text.casefold()) if w not in ("a", "an", "the")]


def f1(one: list[str], other: list[str]) -> float:
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


def proposed(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the type and the words of each candidate of a paragraph."""
    paragraph = Article(Path(), "", (Paragraph(1, " ".join(text.split())),))
    for _, sentence in paragraph.sentences:
        for found in candidates(sentence):
            yield found.type, words(found.text)


def measure(paragraphs: Iterable[tuple[str, list[str]]]) -> None:
    """Print the shares of answers found, and of candidates that people asked for."""
    answers = exact = alike = offered = asked = count = 0
    by_type: dict[str, list[int]] = {}
    for text, chosen in paragraphs:
        count += 1
        forms = [words(answer) for answer in chosen]
        found = list(proposed(text))
        for form in forms:
            best = max((f1(form, other) for _, other in found), default=0.0)
            answers, exact, alike = answers + 1, exact + (best == 1), alike + (best >= ALIKE)
        for kind, form in found:
            wanted = any(f1(form, other) >= ALIKE for other in forms)
            offered, asked = offered + 1, asked + wanted
            total = by_type.setdefault(kind, [0, 0])
            total[0], total[1] = total[0] + 1, total[1] + wanted
    print(f"  {count} paragraphs, {answers} answers, {offered / count:.1f} candidates a paragraph")
    print(f"  answers proposed: exactly {exact / answers:.0%}, F1 ≥ {ALIKE} {alike / answers:.0%}")
    print(f"  candidates that people asked for: {asked / offered:.0%}")
    for kind, (whole, part) in sorted(by_type.items(), key=lambda item: -item[1][0]):
        print(f"    {kind:<10} {whole:6} {part / whole:5.0%}")


def main() -> None:
    if not sys.argv[1:]:
        raise SystemExit(__doc__)
    for file in map(Path, sys.argv[1:]):
        print(file.name)
        if file.suffix == ".json":
            data = json.loads(file.read_text(encoding="utf-8"))["data"]
            measure(
                (part["context"], [a["text"] for qa in part["qas"] for a in qa["answers"][:1]])
                for article in data
                for part in article["paragraphs"]
            )
            continue
        article = read(file)
        start = time.process_time()
        text = draft(article, file.name)
        seconds = time.process_time() - start
        kinds = Counter(re.findall(r"^- (\w+):", text, re.MULTILINE))
        length = sum(len(paragraph.text.split()) for paragraph in article.numbered)
        print(
            f"  {length} words, {sum(kinds.values())} proposals in {seconds * 1000:.0f} ms:", end=""
        )
        print("", ", ".join(f"{n} {kind}" for kind, n in kinds.most_common()))


if __name__ == "__main__":
    main()
