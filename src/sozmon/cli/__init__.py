"""The terminal: one module per command (arguments → one core call → output). Only this layer knows Typer.

A command module offers ``befehl``: a function (one command) or a ``deutsch.Gruppe`` (a command with subcommands).
Its German docstring is the help page: first line = line of the overview, last block ``Beispiele:`` with two calls.
Heavy imports, and ``sozmon.model`` too (its dataclasses cost 20 ms), stand inside the function. A command contains no
``try``: errors become text and exit code in ``cli.app.run``, the one place.
"""
