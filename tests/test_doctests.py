"""Every example in a docstring runs, under the module's installed name."""

import doctest
import importlib
import pkgutil

import pytest

import techsov.graph
import techsov.viz

MODULES = [
    module.name
    for package in (techsov.graph, techsov.viz)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [
        test
        for name in MODULES
        for test in finder.find(importlib.import_module(name))
        if test.examples
    ]
    assert len(found) > 20
