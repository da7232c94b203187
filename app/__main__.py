"""`python -m app COMMAND`."""

from app.ops.commands import main

main()
