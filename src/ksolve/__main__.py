"""``python -m ksolve``."""

import sys


def main() -> None:
    """Run the command line; a Ctrl-C while its modules are still loaded ends without a traceback."""
    try:
        from ksolve.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
