"""Prints every ratio of the project in one table: python run.py"""

from __future__ import annotations

from itertools import chain

import check
import export
import library
import player
import study
from measuring import table

if __name__ == "__main__":
    table(chain(player.rows(), check.rows(), export.rows(), study.rows(), library.rows()))
