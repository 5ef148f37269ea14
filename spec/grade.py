"""The former name of `python -m spec.grading`, which it says in one line."""

import sys

MOVED = "python -m spec.grade is now python -m spec.grading, with the same options."

if __name__ == "__main__":
    sys.exit(MOVED)
