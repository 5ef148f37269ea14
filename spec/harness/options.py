"""The options of a run about katas. Nothing heavy stands here: --help answers at once."""

import argparse
from pathlib import Path

import pytest

from .language import tr
from .settings import DEVICES, FIRST_DEVICE, OTHER_DEVICES, PAGE

EXAMPLES = (
    "Hypothesis examples a test, on every device. By default {first[0]} ordinary ones and "
    "{first[1]} of all kinds on the first device, and {others[0]} and {others[1]} on each of the "
    "others."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds what a person can ask for, and one option for tests."""
    group = parser.getgroup("torch-katas")
    group.addoption(
        "--watch",
        action="store_true",
        help=tr(
            "Wait for a file to be saved, run it, the function in focus first, and wait again."
        ),
    )
    group.addoption(
        "--hint",
        nargs="?",
        const="",
        action="append",
        metavar="FUNCTION[:STEP]",
        help=tr(
            "Print a hint for a function; repeated, or with :2 and :3, the next ones. Without a "
            "name, after the run, for the function in focus."
        ),
    )
    group.addoption(
        "--reset",
        action="store_true",
        help=tr("Begin the named files anew; what they were is kept beside them."),
    )
    group.addoption(
        "--core",
        action="store_true",
        help=tr("Run the core of each function alone, and leave the edges for later."),
    )
    group.addoption(
        "--device",
        action="append",
        choices=DEVICES,
        help=tr(
            "Device to run on, repeatable. auto (the default) is the CPU and the accelerator "
            "there is, or else sim, a simulated one; all is every device there is."
        ),
    )
    group.addoption(
        "--examples",
        type=int,
        metavar="N",
        help=tr(EXAMPLES).format(first=[*FIRST_DEVICE.values()], others=[*OTHER_DEVICES.values()]),
    )
    group.addoption(
        "--all",
        action="store_true",
        dest="all_failures",
        help=tr("Show every failure; by default only those of the first unfinished function."),
    )
    group.addoption(
        "--pictures",
        type=Path,
        metavar="DIR",
        help=tr("Draw what fails, and what functions do, on one page: DIR/{page}.").format(
            page=PAGE
        ),
    )
    group.addoption(
        "--lang",
        metavar="LANGUAGE",
        help=tr(
            "The language of lessons and screens, such as ru or en; by default that of the "
            "variable TORCH_KATAS_LANG, or the system's."
        ),
    )
    # For tests: which accelerator sim plays, in what that one lacks.
    group.addoption("--sim-as", default="cuda", help=argparse.SUPPRESS)
