"""`./dens bench [name ...]`: run the benchmarks, or those named."""

import importlib
import os
import sys

from bench import Unavailable

NAMES = ("agreement", "audit", "coverage", "export", "intake", "plan", "sweep", "viewer")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    for name in sys.argv[1:] or NAMES:
        if name not in NAMES:
            sys.exit(f"There is no benchmark {name}. There are: {', '.join(NAMES)}.")
        try:
            importlib.import_module(f"bench.{name}").main()
        except Unavailable as missing:
            print(f"left out: {missing}")


if __name__ == "__main__":
    main()
