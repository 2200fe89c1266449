"""`make setup`: everything `make run` needs, or one sentence that says what is missing."""

from __future__ import annotations

import sys

from tools import machine


def main() -> int:
    """Set up for running ("base") or, with the argument "dev", for testing too."""
    lock = sys.argv[1] if len(sys.argv) > 1 else "base"
    try:
        venv = machine.ensure(lock)
    except machine.Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    print(f"Đã sẵn sàng ({venv.path.name}).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
