"""``python -m newsdeck`` is the command ``newsdeck``."""

from newsdeck.cli import main

main()
