"""No command line leads to a traceback: whatever is named, the exit code is 0, 1 or 2."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newsdeck.cli import main

COMMANDS: tuple[list[str], ...] = (
    ["play", "--plain"], ["check"], ["check", "--stats"], ["fix"], ["draft"], ["draft", "-o"],
    ["new"], ["new", "made", "--article"], ["export"], ["export", "--format"],
    ["export", "belarus-release", "-o"], ["export", "belarus-release", "--format", "csv", "-o"],
    ["export", "belarus-release", "--since"], ["import-progress"], ["history", "import"],
    ["history", "export"], ["history", "forget"], ["study", "--resume"], ["stats"], ["list"],
    ["stats", "--items"], ["preview"],  ["check", "--explain"], ["check", "--select"],
    ["play", "belarus-release", "--plain", "--tag"], ["play", "--seed"], ["--version"], [],
)  # fmt: skip
THINGS = ("folder", "socket", "loop", "dangling", "empty", "bytes", "nobody", "device", "full")
# Nothing leads out of the folder: what may be written is, and a whole disk is long to search.
words = (
    st.sampled_from(THINGS)
    | st.sampled_from(
        ["", "-", "--", "-o", ".", "~", "*", "belarus-release", "a" * 300,
         "a/" * 3000, "folder/", "empty/x", "\x1b]0;x\x07", "\udcff.yaml", "…", "d.yaml:1", "%s"]
    )
    | st.text(st.characters(codec="utf-8", exclude_characters="\0/"), max_size=8)
    | st.binary(max_size=8).map(lambda data: os.fsdecode(data.translate(None, b"\0/")))
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of odd things, the current one."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "folder").mkdir()
    (folder / "loop").symlink_to("loop")
    (folder / "dangling").symlink_to("nowhere")
    (folder / "empty").touch()
    (folder / "bytes").write_bytes(bytes(range(256)))
    (folder / "nobody").write_text("deck: [")
    (folder / "device").symlink_to("/dev/zero")
    (folder / "full").symlink_to("/dev/full")
    with pytest.MonkeyPatch.context() as patch, socket.socket(socket.AF_UNIX) as listening:
        patch.chdir(folder)
        listening.bind("socket")
        patch.setenv("NEWSDECK_HOME", str(folder / "home"))
        yield folder


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(COMMANDS), st.lists(words, max_size=3).filter(lambda odd: ".." not in odd))
@example(["export", "belarus-release", "--format", "csv", "-o"], ["device"])
@example(["export", "belarus-release", "-o"], ["loop"])
@example(["history", "export"], ["device"])
@example(["history", "export"], ["full"])
@example(["history", "export"], ["\x1b]0;x\x07"])
@example(["history", "import"], ["device"])
@example(["import-progress"], ["device"])
@example(["import-progress"], ["socket"])
@example(["new", "made", "--article"], ["device"])
@example(["new"], ["loop"])
@example(["draft"], ["device"])
@example(["check"], ["loop"])
@example([], ["\udcff.yaml"])
@example(["play", "--plain"], ["folder", "\x1b"])
def test_odd_command_lines(folder: Path, command: list[str], odd: list[str]) -> None:
    done = CliRunner().invoke(main, [*command, *odd], input="")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code in (0, 1, 2)
    assert "\x1b" not in done.output
    assert Path("/dev/full").is_char_device()
    assert Path("/dev/zero").is_char_device()
    assert (folder / "bytes").read_bytes() == bytes(range(256))


def test_a_pipe_without_an_end_is_no_deck(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    for command in ("play", "check", "fix", "export", "preview", "stats"):
        done = CliRunner().invoke(main, [command, "pipe"], input="")
        assert done.exit_code == 2
        assert "There is no deck `pipe`" in done.output
