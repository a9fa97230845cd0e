"""Prints every ratio of the project in one table: python run.py"""

from __future__ import annotations

from itertools import chain

import check
import export
import library
import memory
import peers
import player
import study
from measuring import table

if __name__ == "__main__":
    rooms = (player, check, export, study, library, memory, peers)
    table(chain.from_iterable(room.rows() for room in rooms))
