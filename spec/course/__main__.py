"""torch-katas: a folder of your own with katas, and all that can be done in it.

Without a command it says how far you are and what comes next.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..harness import language
from ..harness.files import catalogue, homes
from ..harness.language import tr
from ..harness.texts import say, shown
from . import standing
from .state import Refused

NO_HOME = """torch-katas: there are no katas here. Make a folder of your own with them:
  torch-katas init FOLDER"""
KNOWN = ("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning")
IN_A_CHECKOUT = "torch-katas update: this is a checkout, which git updates. README.md says how."


def main(arguments: list[str] | None = None) -> int:
    """Does what is asked for; the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    with language.chosen(language.typed(words)) as trouble:
        if trouble:
            print(trouble, file=sys.stderr)
        return _done(words)


def _done(words: list[str]) -> int:
    words = ["--help"] if words == ["help"] else words
    if words[:1] in (["run"], ["watch"]):  # these have options of their own
        return _pytest(*["--watch"][: words[0] == "watch"], *words[1:])
    if words[:1] == ["grade"]:
        from ..grading.__main__ import main as grade

        return grade(words[1:])
    options = _parser().parse_args(words)
    does = {
        None: _stand,
        "init": _init,
        "update": _update,
        "doctor": _doctor,
        "hint": _hint,
        "reset": _reset,
        "handout": _handout,
    }
    try:
        return does[options.command](options)
    except Refused as error:
        say(str(error))
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="torch-katas",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    asked = argparse.ArgumentParser(add_help=False)
    asked.add_argument("--lang", metavar="LANGUAGE", help=tr("speak this language, such as ru"))
    parser.add_argument("--lang", metavar="LANGUAGE", help=tr("speak this language, such as ru"))
    parser.add_argument("--version", action="store_true", help=tr("say which course this is"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[asked], help=words)

    init = add("init", tr("make a folder with all katas, ready to begin"))
    init.add_argument("folder", type=Path, metavar="FOLDER")
    commands.add_parser("run", help=tr("try what you wrote; takes what pytest takes"))
    commands.add_parser("watch", help=tr("try what you save, as you save it"))
    update = add("update", tr("bring the newest katas, and keep what you wrote"))
    update.add_argument("--dry-run", action="store_true", help=tr("only say what would be done"))
    add("doctor", tr("say whether all is as katas need it, and what to do if not"))
    hint = add("hint", tr("give a hint for a function; FUNCTION:2 is the next"))
    hint.add_argument("function", metavar="FUNCTION[:STEP]")
    reset = add("reset", tr("begin a kata anew, and keep what you wrote"))
    reset.add_argument("kata", nargs="+", metavar="KATA")
    handout = add("handout", tr("make a copy for learners, answers out of sight"))
    handout.add_argument("place", type=Path, metavar=tr("FOLDER or FILE.zip"))
    handout.add_argument("--katas", nargs="+", default=(), metavar="KATA", help=tr("only these"))
    handout.add_argument("--without-mistakes", action="store_true", help=tr("let none be named"))
    commands.add_parser("grade", help=tr("grade a class; `torch-katas grade --help` says more"))
    return parser


def _stand(options: argparse.Namespace) -> int:
    if options.version:
        from importlib.metadata import version

        say(f"torch-katas {version('torch-katas')}")
        return 0
    for line in standing.lines(_home()):
        say(line)
    return 0


def _init(options: argparse.Namespace) -> int:
    from . import folder, messages

    say(messages.made(folder.made(options.folder)))
    return 0


def _update(options: argparse.Namespace) -> int:
    from . import messages, updating

    home = homes.home_at(Path.cwd()) or Path.cwd()
    if home == catalogue.ROOT:
        raise Refused(tr(IN_A_CHECKOUT))
    say(messages.updated(updating.update(home, options.dry_run)))
    return 0


def _doctor(_: argparse.Namespace) -> int:
    from ..harness.doctor.__main__ import main as doctor

    return doctor()


def _hint(options: argparse.Namespace) -> int:
    return _pytest("--hint", options.function, *_lang(options))


def _reset(options: argparse.Namespace) -> int:
    home = _home()
    folder = catalogue.KATAS if home == catalogue.ROOT else home
    files = [shown(folder / _meant(name)) for name in options.kata]
    return _pytest("--reset", *files, *_lang(options))


def _home() -> Path:
    home = homes.home_at(Path.cwd())
    if home is None:
        raise Refused(tr(NO_HOME))
    return home


def _meant(name: str) -> str:
    """The file of a kata, of which a person may give the number alone."""
    stem = Path(name).stem
    numbered = [kata.name for kata in catalogue.katas() if kata.name.partition("_")[0] == stem]
    return f"{(numbered or [stem])[0]}.py"


def _lang(options: argparse.Namespace) -> list[str]:
    """The language as pytest takes it, where one is asked for."""
    return [f"{language.OPTION}={options.lang}"] if options.lang else []


def _handout(options: argparse.Namespace) -> int:
    from . import handing

    wanted = handing.Handout(options.place, tuple(options.katas), not options.without_mistakes)
    for line in handing.made(wanted):
        say(line)
    return 0


def _pytest(*words: str) -> int:
    import pytest

    harness = f"{catalogue.PACKAGE}.harness.plugin"
    return int(pytest.main([*words, *KNOWN, "-p", harness]))


if __name__ == "__main__":
    sys.exit(main())
