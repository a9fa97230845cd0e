"""Give hostile bytes to what reads them: python tests/fuzz.py TARGET [libFuzzer's options]

Needs `pip install atheris`. TARGET is one of those below; -max_total_time=300 ends after five
minutes. An input that leads to anything but the documented error, to more than ten seconds or to
a file written outside its folder is kept as crash-…, and shown by naming it after TARGET.
"""

from __future__ import annotations

import os
import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["newsdeck"]):
    from newsdeck import backup, markup, number
    from newsdeck.anki import html
    from newsdeck.anki import progress as packages
    from newsdeck.anki.notes import notes
    from newsdeck.anki.record import COLLECTION, NotAPackage
    from newsdeck.anki.record import read as read_record
    from newsdeck.check import check
    from newsdeck.deck import load
    from newsdeck.formats import FORMATS, rows
    from newsdeck.grade import grade
    from newsdeck.history import History
    from newsdeck.items import analyses
    from newsdeck.library import bundled, shelf
    from newsdeck.play import Play
    from newsdeck.problem import DeckError
    from newsdeck.progress import Progress
    from newsdeck.report import markdown, report
    from newsdeck.session import Settings
    from newsdeck.statistics import statistics
    from newsdeck.study import Study
    from newsdeck.write import SAMPLE

FOLDER = Path(tempfile.mkdtemp(prefix="newsdeck-fuzz-"))
tempfile.tempdir = str(FOLDER)
DECKS = [load(path) for path in shelf(bundled())]
RELEASE = next(deck for deck in DECKS if deck.id == "belarus-release")
NOW = 1_764_000_000_000


def deck(data: bytes) -> None:
    """Read a deck, check it and use it: in files, in a package, in a sitting."""
    file = FOLDER / "deck.yaml"
    file.write_bytes(data)
    with suppress(DeckError):
        read = load(file)
        assert all(str(problem) for problem in check(read))
        for form in FORMATS.values():
            form.write(rows(read))
        with suppress(DeckError):
            notes(read, {})


def article(data: bytes) -> None:
    """Read the text that a deck cites."""
    (FOLDER / "article.md").write_bytes(data)
    file = FOLDER / "deck.yaml"
    file.write_text(RELEASE.text, encoding="utf-8")
    with suppress(DeckError):
        read = load(file)
        check(read)
        for question in read.questions:
            for _, passage in read.passages(question):
                assert passage is None or passage.start < passage.end


def package(data: bytes) -> None:
    """Read a package, as `import-progress` and `export` do."""
    file = FOLDER / "package.apkg"
    file.write_bytes(data)
    for read in (packages.read, read_record):
        with suppress(NotAPackage):
            read(file)


def collection(data: bytes) -> None:
    """Read a whole package with a hostile database."""
    with zipfile.ZipFile(FOLDER / "whole.apkg", "w") as archive:
        archive.writestr(COLLECTION, data)
    package((FOLDER / "whole.apkg").read_bytes())


def history(data: bytes) -> None:
    """Take up a history's lines, and use what came of them."""
    kept = History.open(None)
    try:
        with suppress(backup.Malformed):
            backup.merge(kept, data.split(b"\n"))
            again = list(backup.lines(kept))
            backup.merge(kept, again)
            for played in DECKS:
                left = kept.unfinished(played.id)
                game = Play(played, Settings(seed=1), kept, left)
                if game.sitting.current:
                    game.answer(None, 1.0, False)
                markdown(report(game.sitting))
                game.finish()
                kept.results(played.id, {})
                analyses(kept, played)
            kept.summary()
            statistics(kept, DECKS, NOW)
            Study(DECKS, Progress(kept), NOW)
            Progress(kept).rebuild()
    finally:
        kept.close()


def answer(data: bytes) -> None:
    """Grade what a player types, at every question of every deck, and read it as a number."""
    typed = atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(len(data))
    for language in ("en", "de", "fr", "de-CH"):
        with suppress(number.Malformed):
            value = number.parse(typed, language, "days")
            assert number.parse(number.shown(value, language), language) == value
    for played in DECKS:
        for question in played.questions:
            gaps = getattr(question, "gaps", ())
            with suppress(number.Malformed):
                given = tuple(typed for _ in gaps) if gaps else typed
                assert 0 <= grade(question, given, played.language, played.rivals).credit <= 1


def text(data: bytes) -> None:
    """Show a text with the small Markdown: nothing that was written is lost or let loose."""
    written = atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(len(data))
    shown = markup.plain(written)
    assert len(shown) <= len(written)
    assert "<" not in html.escaped(written).replace("<br>", "").replace("<span></span>", "")
    assert "\n" not in markup.literal(written)


TARGETS: dict[str, Callable[[bytes], None]] = {
    function.__name__: function
    for function in (deck, article, package, collection, history, answer, text)
}


def seeds(target: str) -> Path:
    """Return a folder of inputs to begin with."""
    folder = FOLDER / "seeds"
    folder.mkdir()
    kept = History.open(None)
    game = Play(RELEASE, Settings(seed=1), kept)
    for _ in range(3):
        game.answer(None, 1.0, False)
    study = Study([RELEASE], Progress(kept), NOW)
    study.keep(study.judge(None, False, 5), NOW)
    kept.flag(RELEASE.id, RELEASE.questions[0].id, 1.0)
    samples = {
        "deck": [(SAMPLE / "deck.yaml").read_bytes(), RELEASE.text.encode()],
        "article": [read.articles[0].path.read_bytes() for read in DECKS[:1]],
        "history": [b"\n".join(backup.lines(kept))],
        "answer": [b"1,613 days", "1 613,5 €".encode(), b"Viasna", b"-12.5 million"],
        "text": [b"**bold** *it* `code` <b>", "“a\u202e”\n".encode()],
    }
    if target in ("package", "collection"):
        from newsdeck.anki.package import Package
        from newsdeck.anki.record import Record

        made = Package()
        made.add(DECKS[0])
        data = made.data(Record(FOLDER / "record").date(made.by_deck, made.places, {}, NOW // 1000))
        (FOLDER / "made.apkg").write_bytes(data)
        with zipfile.ZipFile(FOLDER / "made.apkg") as archive:
            samples = {"package": [data], "collection": [archive.read(COLLECTION)]}
    for position, sample in enumerate(samples[target]):
        (folder / str(position)).write_bytes(sample)
    kept.close()
    return folder


def forbid_writing_outside(event: str, values: tuple[object, ...]) -> None:
    """Let files be opened for writing in this script's folder alone."""
    if event == "open" and isinstance(values[0], str | bytes):
        flags = values[2] if isinstance(values[2], int) else 0
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            place = Path(os.path.realpath(os.fsdecode(values[0])))
            assert place.is_relative_to(FOLDER) or place.is_relative_to("/dev"), place


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"{__doc__}\nTargets: {', '.join(TARGETS)}")
    target = sys.argv.pop(1)
    places = [] if any(not word.startswith("-") for word in sys.argv[1:]) else [str(seeds(target))]
    sys.addaudithook(forbid_writing_outside)
    given = ["-timeout=10", "-rss_limit_mb=1024", "-max_len=65536"]
    atheris.Setup([sys.argv[0], *given, *sys.argv[1:], *places], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
