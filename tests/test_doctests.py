"""The examples in docstrings give what they show."""

import doctest
from types import ModuleType

import pytest

import pipeline
from zhengshu import frames


@pytest.mark.parametrize("module", [pipeline, frames], ids=lambda module: module.__name__)
def test_examples_hold(module: ModuleType):
    result = doctest.testmod(module)
    assert result.attempted > 2
    assert result.failed == 0
