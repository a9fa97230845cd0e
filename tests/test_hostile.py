"""Hostile packages are refused in words, in little memory and time; nothing of them is run."""

import io
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from newsdeck.anki.notes import guid

MOST_MEMORY = 256 * 1024 * 1024
READ = f"""
import resource, sys
from pathlib import Path
from newsdeck.anki import progress, record
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
for read in progress.read, record.read:
    try:
        found = read(Path(sys.argv[1]))
        print(len(found.entries if read is progress.read else found))
    except record.NotAPackage as error:
        print(error)
status = Path("/proc/self/status")  # Linux's; elsewhere the limit of work alone is tested
lines = status.read_text().splitlines() if status.exists() else []
used = sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
print("small" if used < {MOST_MEMORY} else used)
"""
OURS = guid("d/q", "typed")
TABLES = """
create table notes (id integer primary key, guid text, mid integer, mod integer, tags text,
  flds text);
create table cards (id integer primary key, nid integer, mod integer, queue integer);
create table revlog (id integer primary key, cid integer, ease integer, ivl integer,
  factor integer, time integer, type integer);
"""
COUNT = "with recursive c (n) as (select 1 union all select n + 1 from c limit {}) "
"""The numbers from 1 on."""


def read(file: Path) -> list[str]:
    """Read a package in a process of its own; return what was said, by each reader, and of use."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(file)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0, "more than twenty seconds of work"
    return done.stdout.splitlines()


def package(file: Path, script: str) -> Path:
    """Make a package of a database that a script fills."""
    database = file.with_suffix(".anki2")
    connection = sqlite3.connect(database)
    connection.executescript(script)
    connection.close()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(database, "collection.anki2")
    database.unlink()
    return file


def without(name: str, instead: str) -> str:
    """Return the tables, with another in the place of one."""
    kept = [part for part in TABLES.split(";") if f"create table {name} " not in part]
    return ";".join([*kept[:-1], "\n" + instead])


LONG = "x" * 1_000_000
DATABASES = {
    "view": without(
        "notes",
        "create view notes as with recursive c (id) as (select 1 union all select id + 1 from c)"
        " select id, 'g' guid, 1 mid, 1 mod, '' tags, 'f' flds from c;",
    ),
    "generated": without(
        "notes",
        "create table notes (id integer primary key, guid text, mid integer, mod integer,"
        " tags text, flds text as (hex(zeroblob(1000000))));"
        f"{COUNT.format(1000)} insert into notes (id, guid) select n, 'g' from c;",
    ),
    "virtual": without("notes", "create virtual table notes using fts5 (guid, mid, flds);"),
    "join": without(
        "cards", "create table cards (id integer, nid integer, mod integer, queue integer);"
    )
    + f"insert into notes values (1, '{OURS}', 1, 1, '', 'd/q');"
    f"{COUNT.format(100_000)} insert into cards select 1, 1, 1, -1 from c;"
    f"{COUNT.format(100_000)} insert into revlog select n, 1, 3, 1, 1, 1, 1 from c;",
    "default": TABLES
    + f"{COUNT.format(300_000)} insert into notes (id) select n from c;"
    + f"alter table notes drop column flds; alter table notes add flds text default '{LONG}';",
    "huge-cell": TABLES + "insert into notes values (1, 'g', 1, 1, '', hex(zeroblob(100000000)));",
    "reviews": TABLES + f"insert into notes values (1, '{OURS}', 1, 1, '', 'd/q');"
    " insert into cards values (1, 1, 1, 0);"
    f"{COUNT.format(400_000)} insert into revlog select n, 1, 3, 1, 1, 1, 1 from c;",
    "no-rows": "create table notes (id);",
}


@pytest.mark.parametrize("name", DATABASES)
def test_a_hostile_database(tmp_path: Path, name: str) -> None:
    imported, _, used = read(package(tmp_path / "a.apkg", DATABASES[name]))
    assert "is no Anki package" in imported
    assert used == "small"


def test_many_fields_that_look_like_an_identity_are_not_all_tried(tmp_path: Path) -> None:
    fields = "a/b\x1f" * 99
    file = package(
        tmp_path / "a.apkg",
        f"{TABLES} {COUNT.format(150_000)} insert into notes"
        f" select n, printf('%016x', n), 1, 1, '', '{fields}' from c;",
    )
    assert read(file) == ["0", f"`{file}` was not written by Newsdeck.", "small"]


def test_triggers_are_not_run_and_names_lead_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    file = package(
        tmp_path / "a.apkg",
        TABLES + "create table t (x); create trigger g after insert on notes begin"
        " insert into t values (1); end;"
        f"insert into notes values (1, '{OURS}', 1, 1, '', 'd/q');"
        " insert into cards values (1, 1, 1, 0);"
        "insert into revlog values (5, 1, 3, 1, 1, 1, 1);",
    )
    with zipfile.ZipFile(file, "a") as archive:
        for name in (f"../{outside.name}", str(outside), "media", "..\\outside", "0"):
            archive.writestr(name, '{"0": "../outside"}')
    before = sorted(tmp_path.rglob("*"))
    assert read(file) == ["1", f"`{file}` was not written by Newsdeck.", "small"]
    assert sorted(tmp_path.rglob("*")) == before


def zeros(packed: zipfile.ZipFile, name: str, megabytes: int) -> None:
    with packed.open(name, "w", force_zip64=True) as stream:
        for _ in range(megabytes):
            stream.write(bytes(1 << 20))


def deflated(file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        zeros(archive, "collection.anki2", 1000)


def squeezed(file: Path) -> None:
    packed = io.BytesIO()
    with zstandard.ZstdCompressor().stream_writer(packed, closefd=False) as stream:
        for _ in range(1000):
            stream.write(bytes(1 << 20))
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("collection.anki21b", packed.getvalue())


def lying(file: Path) -> None:
    package(file, TABLES)
    data = bytearray(file.read_bytes())
    for sign, at in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        place = data.rindex(sign) + at
        data[place : place + 4] = b"\xff\xff\xff\x7f"
    file.write_bytes(data)


def other_packing(file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        zeros(archive, "collection.anki2", 100)


def many_files(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(100_000):
            archive.writestr(f"{number:x}", b"")


@pytest.mark.parametrize("make", [deflated, squeezed, lying, other_packing, many_files])
def test_a_hostile_archive(tmp_path: Path, make: Callable[[Path], None]) -> None:
    file = tmp_path / "a.apkg"
    make(file)
    assert file.stat().st_size < 16 * 1024 * 1024
    imported, exported, used = read(file)
    if make is lying:  # what is there is read, whatever is said of its size
        assert (imported, exported) == ("0", "0")
    else:
        assert "is no Anki package" in imported
        assert "is no Anki package" in exported or "exported by Anki" in exported
    assert used == "small"
