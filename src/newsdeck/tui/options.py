"""A list of options for terminals of any size."""

from __future__ import annotations

from textual.widgets import OptionList


class Options(OptionList):
    """Textual's list, whose highlighted row stays in sight when the terminal changes.

    Where it has no room for a row, as in a terminal of one line, no page is turned: Textual looks
    for the row's line and fails. It fails as well to fold a word into no column.
    """

    DEFAULT_CSS = "Options { min-width: 8; }"  # padding, a border, a scrollbar, and a letter

    def on_resize(self) -> None:
        self.scroll_to_highlight()

    def action_page_up(self) -> None:
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]
