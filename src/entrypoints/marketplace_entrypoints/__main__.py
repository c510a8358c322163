"""``python -m marketplace_entrypoints`` is ``marketplace``."""

from marketplace_entrypoints.cli.app import main

if __name__ == "__main__":
    main()
