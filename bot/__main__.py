"""`python -m bot`: the same as `tsbbot`."""

from bot.cli import main

main()
