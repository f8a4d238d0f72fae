"""`python -m tripleaim.cli` is the `tripleaim` command."""

from tripleaim.cli import main

if __name__ == "__main__":
    main()
