"""The repository holds together: six files a name, one voice, and nothing stray."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from spec.harness import checks
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import KATAS, ROOT, SOLUTIONS, SPEC, Kata
from spec.tests import proofs

each_kata = pytest.mark.parametrize("kata", catalogue.katas(), ids=lambda kata: kata.name)

LEARNERS = {"accidents", "hostile", "odd"}  # folders of files as learners write them
TOP_LEVEL = {
    "CHANGES.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "README.ru.md",
    "conftest.py",
    "constraints.txt",
    "katas",
    "pyproject.toml",
    "solutions",
    "spec",
    "tox.ini",
}


def functions(path: Path) -> list[ast.FunctionDef]:
    """The functions at the top level of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def spec_tests(kata: Kata) -> list[ast.FunctionDef]:
    """The tests of a kata's spec."""
    return [node for node in functions(kata.spec) if node.name.startswith("test_")]


def called(node: ast.AST) -> set[str]:
    """The names of all functions that are called within a piece of code."""
    calls = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    return {f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in calls}


def tracked() -> list[Path]:
    """The files that the repository holds, and those about to be added."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def test_every_room_is_installed() -> None:
    """The lists in pyproject.toml hold all that is not for those who change the course."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    installed = settings["tool"]["setuptools"]
    files = [path.relative_to(ROOT) for path in tracked() if path.suffix in (".py", ".md")]
    rooms = {path.parent.parts for path in files if path.parts[0] in ("spec", "katas", "solutions")}
    inner = {room[1:] if room[0] == "spec" else room for room in rooms}
    wanted = {".".join(("torch_katas", *r)) for r in inner if r[:1] not in [("tests",), ("tools",)]}
    assert set(installed["packages"]) == wanted
    kept = [path.relative_to(SPEC) for path in tracked() if path.is_relative_to(SPEC)]
    data = {f"*{path.suffix}" for path in kept if path.parts[0] not in ("tests", "tools")}
    assert set(installed["package-data"]["*"]) == data - {"*.py"}


@each_kata
def test_a_kata_has_all_its_files(kata: Kata) -> None:
    """Someone who sees one file knows where the others are."""
    proof = proofs.files(kata)
    assert not proof.problems, proof.text


def test_there_are_no_other_katas() -> None:
    """No stub, solution or answer without a spec."""
    names = {kata.name for kata in catalogue.katas()}
    for folder in (KATAS, SOLUTIONS, SPEC / "wrong", SPEC / "right"):
        there = {path.stem for path in folder.glob("*.py") if path not in catalogue.EVERYWHERE}
        assert there == names
    assert {path.stem for path in (SPEC / "loopholes").glob("*.py")} <= names
    assert {path.stem for path in (SPEC / "hints").iterdir()} == names


@each_kata
def test_a_stub_is_its_solution_without_the_bodies(kata: Kata) -> None:
    """Names, signatures, docstrings and order are the solution's; nothing is written yet."""
    proof = proofs.stub_text(kata)
    assert not proof.problems, proof.text


@each_kata
def test_every_example_in_a_docstring_runs(kata: Kata) -> None:
    """Each function has an example, and the solution does what it says."""
    proof = proofs.examples(kata)
    assert not proof.problems, proof.text


RULES = "The rules of every kata are in README.md."


def lesson(kata: Kata) -> str:
    """The text at the top of a kata."""
    return ast.get_docstring(ast.parse(kata.solution.read_text(encoding="utf-8"))) or ""


@each_kata
def test_a_lesson_opens_each_kata_and_names_its_lecture(kata: Kata) -> None:
    """10 to 25 lines on what the topic is and why it matters, the rules of every kata aside."""
    taught, _, _ = lesson(kata).partition(RULES)
    assert 10 <= len(taught.rstrip().splitlines()) <= 25, f"{len(taught.splitlines())} lines"
    assert "Lecture: " in taught


def test_the_rules_of_every_kata_stand_once() -> None:
    """Each lesson about tensors ends with the line that says where."""
    assert "The rules of every kata" in (ROOT / "README.md").read_text(encoding="utf-8")
    for kata in catalogue.katas():
        about_tensors = "import torch" in kata.solution.read_text(encoding="utf-8")
        assert about_tensors == lesson(kata).rstrip().endswith(RULES), kata.name


@each_kata
def test_every_function_has_two_tests_or_more(kata: Kata) -> None:
    """A single test is easily passed by luck."""
    owners = [sources.function_of(kata, test.name) for test in spec_tests(kata)]
    for name in sources.units(kata):
        assert owners.count(name) >= 2, f"{name} has {owners.count(name)}"


@each_kata
def test_tests_come_in_the_order_of_the_functions(kata: Kata) -> None:
    """So that the first failure of a run is that of the first function to be mended."""
    order = list(sources.units(kata))
    owners = [sources.function_of(kata, test.name) or "" for test in spec_tests(kata)]
    assert owners == sorted(owners, key=order.index)


@each_kata
def test_a_spec_test_is_a_sentence_with_a_rule(kata: Kata) -> None:
    """Its name begins with its function, and its docstring is one sentence or two."""
    for test in spec_tests(kata):
        assert sources.function_of(kata, test.name), f"{test.name} belongs to no function"
        rule = ast.get_docstring(test)
        assert rule, f"{test.name} has no rule"
        assert rule.endswith("."), f"{test.name}: {rule}"


@each_kata
def test_a_spec_test_asserts_through_checks_only(kata: Kata) -> None:
    """No bare assert, which the report can't explain; no skip; and a check in every test."""
    for test in spec_tests(kata):
        names = called(test) | {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
        assert not [node for node in ast.walk(test) if isinstance(node, ast.Assert)], test.name
        assert not names & {"skip", "xfail", "importorskip", "assume"}, test.name
    tree = ast.parse(kata.spec.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]


@each_kata
def test_every_answer_says_what_it_is(kata: Kata) -> None:
    """A wrong answer's docstring is what a learner is told: a sentence or two."""
    for path in (kata.wrong, kata.right):
        source = path.read_text(encoding="utf-8")
        for name, definition in sources.definitions(source).items():
            words = ast.get_docstring(definition)
            assert words, f"{name} has no docstring"
            assert words.endswith("."), f"{name}: {words}"
            assert len(words) <= 240, f"{name} says too much"


@each_kata
def test_no_two_answers_say_the_same(kata: Kata) -> None:
    """A mistake is named once within its function."""
    source = kata.wrong.read_text(encoding="utf-8")
    seen: set[tuple[str, str]] = set()
    for name, definition in sources.definitions(source).items():
        words = (name.partition("__")[0], ast.get_docstring(definition) or "")
        assert words not in seen, f"{name} repeats another's docstring"
        seen.add(words)


def test_the_root_holds_nothing_stray() -> None:
    """A learner sees only what is theirs."""
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in top if not name.startswith(".")} == TOP_LEVEL


def test_nothing_is_left_to_do() -> None:
    """Unfinished business is an issue, not a comment."""
    marker = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    for path in tracked():
        if path.suffix in (".py", ".md", ".toml", ".ini"):
            assert not marker.search(path.read_text(encoding="utf-8", errors="replace")), path


def modules() -> list[Path]:
    """Our modules in every room: all but what a kata is written in, and what learners write."""
    of_katas = {
        path
        for kata in catalogue.katas()
        for path in (kata.spec, kata.wrong, kata.loopholes, kata.right)
    }
    return [
        path
        for path in SPEC.rglob("*.py")
        if path not in of_katas and not LEARNERS & set(path.relative_to(SPEC).parts)
    ]


def test_modules_of_the_harness_are_small() -> None:
    """A module over 300 lines wants splitting."""
    for path in modules():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path.name


def test_no_module_is_overlooked() -> None:
    """As many are looked at as there are, in each room and beside it."""
    listed = [path.relative_to(SPEC).as_posix() for path in tracked() if SPEC in path.parents]
    not_ours = (
        r"(wrong/|loopholes/|right/)?k\d\d_\w+\.py|"
        r"tests/(harness/accidents|grading/hostile|grading/odd)/.*"
    )
    ours = {name for name in listed if name.endswith(".py") and not re.fullmatch(not_ours, name)}
    assert ours == {path.relative_to(SPEC).as_posix() for path in modules()}
    assert {len(Path(name).parts) for name in ours} >= {1, 2, 3}, "rooms within rooms are looked at"


def test_contributing_explains_every_word_of_checks() -> None:
    """An author finds each in the table, and none that is gone."""
    lines = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()
    words = " ".join(line.split("|")[1] for line in lines if line.startswith("| `"))
    assert set(re.findall(r"`(\w+)", words)) == set(checks.__all__)


def test_contributing_draws_every_room() -> None:
    """The tree has all rooms, and none that is gone."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    tree = text.partition("## The rooms")[2].split("```")[1]
    drawn = set(re.findall(r"(\w+)/(?=[\s,/])", tree))
    rooms = {path.parent.name for path in SPEC.rglob("__init__.py")} - {"spec"}
    assert rooms <= drawn
    assert drawn <= {path.name for path in SPEC.rglob("*") if path.is_dir()}


NAMED = re.compile(r"`?\bk\d\d_\w+(?:\.\w+)?`?")


def test_changes_name_what_there_is() -> None:
    """Each kata or function that a line of CHANGES.md is about exists, and stands in backticks."""
    text = (ROOT / "CHANGES.md").read_text(encoding="utf-8")
    named = NAMED.findall(text)
    known = {f"`{kata.name}`" for kata in catalogue.katas()}
    for kata in catalogue.katas():
        known |= {f"`{kata.name}.{function}`" for function in sources.units(kata)}
    assert named, "not even the example is found"
    assert set(named) <= known
