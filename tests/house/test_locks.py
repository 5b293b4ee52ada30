"""The locks: exact, without hosts, and in step with pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def _lines(name: str) -> list[str]:
    text = (ROOT / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _pins(name: str) -> dict[str, Requirement]:
    wanted = map(Requirement, (line for line in _lines(name) if not line.startswith("-")))
    return {canonicalize_name(requirement.name): requirement for requirement in wanted}


RUNTIME = _pins("requirements.lock")
TEST = _pins("requirements-test.lock")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_every_line_is_one_exact_release(name: str) -> None:
    for line in _lines(name):
        if line != "-r requirements.lock":
            # No build suffix (+cpu), no address, no option.
            assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*( ; sys_platform != \"win32\")?", line)


def test_the_test_lock_only_adds() -> None:
    assert _lines("requirements-test.lock")[0] == "-r requirements.lock"
    assert not RUNTIME.keys() & TEST.keys()


@pytest.mark.parametrize(
    ("wanted", "pins"),
    [
        *((line, RUNTIME) for line in PROJECT["dependencies"]),
        *((line, RUNTIME | TEST) for lines in PROJECT["optional-dependencies"].values() for line in lines),
    ],
)
def test_every_dependency_is_pinned_within_its_bound(wanted: str, pins: dict[str, Requirement]) -> None:
    requirement = Requirement(wanted)
    (pin,) = pins[canonicalize_name(requirement.name)].specifier
    assert requirement.specifier.contains(pin.version)


def test_the_page_installs_no_test_tools() -> None:
    extras = {canonicalize_name(Requirement(line).name) for line in PROJECT["optional-dependencies"]["test"]}
    # The tests compare with the one's sums and hold the other back; libraries of the runtime bring both.
    assert RUNTIME.keys() & extras <= {"python-dateutil", "kubernetes"}


def test_torch_is_pinned_so_that_any_build_of_it_fits() -> None:
    wanted = re.search(r"^TORCH \?= (\S+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert wanted and str(RUNTIME["torch"]) == f"torch=={wanted[1]}"
