"""An empty database of each kind for every test that asks for one."""

from pathlib import Path

import pytest

from tests.postgres import postgres, postgres_server

__all__ = ["postgres", "postgres_server"]


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "test.db") if request.param == "sqlite" else request.getfixturevalue("postgres")
