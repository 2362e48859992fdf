"""``python -m sozmon`` is the command ``sozmon``."""

import sys

from sozmon.cli.start import main

if __name__ == "__main__":  # a worker process imports this module again and must not start a second run
    sys.exit(main())
