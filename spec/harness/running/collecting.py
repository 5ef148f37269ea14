"""pytest collects an implementation file as its spec.

`katas/k08_broadcasting.py` becomes a module whose tests are those of `spec/k08_broadcasting.py`,
so that a node id names the file that a learner edits, and a location the function in it.
The learner's file itself runs only when its first test does.
"""

import functools
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import is_hypothesis_test

from .. import settings, texts
from ..files import catalogue, sources
from ..files.catalogue import Kata
from ..files.loading import Implementation, load, load_ours, spec_of_its_own
from ..files.sources import Definition
from ..language import tr
from ..limits import TIME_LIMIT
from . import promises
from .calls import KataUnderTest
from .subject import Subject

JUDGES = "{path} is what judges. Name the file that it judges: {command}"

EDGES = "edges"  # what follows the device in the name of a law's second run


class KataModule(pytest.Module):
    """One implementation, with the tests of its kata's spec as children."""

    kata: Kata
    _subject: Subject | None = None

    def _getobj(self) -> ModuleType:
        return promises.added(self.kata, spec_of_its_own(self.kata.spec))

    @functools.cached_property
    def written(self) -> dict[str, Definition]:
        """What the file defines, read without running it; nothing where it can't be read."""
        try:
            return sources.definitions(sources.read(self.path))
        except Exception:
            return {}

    @property
    def subject(self) -> Subject:
        """The implementation under test, loaded at the first look."""
        if self._subject is None:
            limit = self.config.getoption("timeout", None) or TIME_LIMIT
            self._subject = Subject(self.load(float(limit)))
        return self._subject

    def load(self, limit: float) -> Implementation:
        """Runs the implementation file."""
        return load(self.kata, self.path, limit)


class AnswerModule(KataModule):
    """The reference solution with one function replaced by a wrong or another right answer."""

    answer: str
    file: "AnswersFile"

    @property
    def function(self) -> str:
        """The function that the answer replaces."""
        return self.answer.partition("__")[0]

    @functools.cached_property
    def written(self) -> dict[str, Definition]:
        """The answer, by the name of the function that it replaces."""
        return {self.function: self.file.written[self.answer]}

    def _getobj(self) -> ModuleType:
        return self.file.spec

    def load(self, limit: float) -> Implementation:
        """Puts the answer in its function's place, in a copy of the solution's names."""
        solution, answers = self.file.solution, self.file.answers
        problem = solution.problem or answers.problem
        module = ModuleType(self.name)
        definitions = dict(solution.definitions)
        if solution.module is not None and answers.module is not None:
            vars(module).update(vars(solution.module))
            setattr(module, self.function, getattr(answers.module, self.answer))
            definitions[self.function] = answers.definitions[self.answer]
        return Implementation(self.kata, self.path, module, problem, definitions)


class AnswersFile(pytest.File):
    """A file of wrong or right answers: a module for each, all loaded once."""

    kata: Kata

    @functools.cached_property
    def spec(self) -> ModuleType:
        """The spec that judges them."""
        return promises.added(self.kata, spec_of_its_own(self.kata.spec))

    @functools.cached_property
    def written(self) -> dict[str, Definition]:
        """The answers as they stand in the file, which is ours."""
        return sources.definitions(sources.read(self.path))

    @functools.cached_property
    def solution(self) -> Implementation:
        """The answers' surroundings."""
        return load_ours(self.kata, self.kata.solution)

    @functools.cached_property
    def answers(self) -> Implementation:
        """The answers themselves."""
        return load_ours(self.kata, self.path)

    def collect(self) -> Iterator[AnswerModule]:
        """One AnswerModule for each public function of the file."""
        wanted = settings.of(self.config).answers
        for name in self.written:
            if wanted is not None and name not in wanted:
                continue
            nodeid = f"{self.nodeid}::{name}"
            module: AnswerModule = AnswerModule.from_parent(
                self, path=self.path, name=name, nodeid=nodeid
            )
            module.kata, module.answer, module.file = self.kata, name, self
            yield module


def pytest_configure(config: pytest.Config) -> None:
    """Has a person name the kata where they named what judges it."""
    for word in config.args:
        path = config.invocation_params.dir / str(word).partition("::")[0]
        kata = catalogue.find(path.stem)
        if kata is not None and path.resolve() == kata.spec:
            instead = settings.command(texts.shown(kata.stub))
            raise pytest.UsageError(tr(JUDGES).format(path=word, command=instead))


def pytest_pycollect_makeitem(collector: pytest.Collector, name: str) -> list[pytest.Item] | None:
    """Leaves an answer to the tests of the function that it replaces."""
    if isinstance(collector, AnswerModule) and name.startswith("test_"):
        unit = sources.function_of(collector.kata, name)
        owner = sources.units(collector.kata)[unit].owner if unit else None
        return None if owner == collector.function else []
    return None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collects katas by their names alone; a file that is no kata is left alone."""
    if catalogue.kata_of(file_path) and not parent.session.isinitpath(file_path):
        return pytest_pycollect_makemodule(file_path, parent)
    return None


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Collector | None:
    """Stands in for pytest's own module, also where a file is named on the command line."""
    answers = catalogue.answers_kata(module_path)
    if answers is not None:
        file: AnswersFile = AnswersFile.from_parent(parent, path=module_path)
        file.kata = answers
        return file
    kata = catalogue.kata_of(module_path)
    if kata is None:
        return None
    module: KataModule = KataModule.from_parent(parent, path=module_path)
    module.kata = kata
    return module


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs each spec test that takes `device` once for each selected device.

    A law runs twice on each: once on ordinary arguments, which is core, and once on all that is
    promised, which is an edge.
    """
    if "device" not in metafunc.fixturenames or not metafunc.definition.getparent(KataModule):
        return
    rows = [pytest.param(each, id=each.type) for each in settings.of(metafunc.config).devices]
    if is_hypothesis_test(metafunc.function) and not is_edge(metafunc.definition):
        for each in settings.of(metafunc.config).devices:
            rows.append(pytest.param(each, id=f"{each.type}-{EDGES}", marks=pytest.mark.edge))
    metafunc.parametrize("device", rows)


def is_edge(node: pytest.Item) -> bool:
    """Whether a test is about what is promised besides the idea."""
    return node.get_closest_marker("edge") is not None


@pytest.fixture(scope="module")
def kata(request: pytest.FixtureRequest) -> KataUnderTest:
    """The implementation under test."""
    return KataUnderTest(request.node.getparent(KataModule).subject)
