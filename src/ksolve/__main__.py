"""``python -m ksolve``."""

from ksolve.cli import main

main()
