"""``python -m breakeven`` is the command."""

from breakeven.cli import main

main()
