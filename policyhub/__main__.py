"""``python -m policyhub``."""

from policyhub.cli import main

main()
