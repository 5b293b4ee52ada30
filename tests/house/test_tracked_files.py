"""What is published names no machine: no folder of one, no package index."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Absolute paths of somebody's machine; a path inside an address is preceded by its host.
MACHINE = re.compile(r"(?<![\w.:/~-])/(?:work|root|home|opt|Users|mnt|srv)/\w")
INDEXES = re.compile(
    r"pypi\.org|pythonhosted\.org|download\.pytorch\.org|registry\.npmjs|deb\.debian\.org|anaconda\.org"
    r"|file:///\w|--(?:extra-)?index-url[ =]\w|--find-links[ =]\w"
)


def _tracked() -> list[Path]:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = [ROOT / name for name in names.stdout.split("\0") if name]
    assert Path(__file__) in found
    return found


@pytest.mark.parametrize("what", [MACHINE, INDEXES], ids=["machine", "index"])
def test_no_tracked_file_names_one(what: re.Pattern[str]) -> None:
    found = []
    for path in _tracked():
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="ignore")
            found += [
                f"{path.relative_to(ROOT)}: {text[m.start() : m.end() + 20]!r}" for m in what.finditer(text)
            ]
    assert not found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("cd " + "/work" + "/main", True),
        ('"' + "/home" + '/me/x"', True),
        ("https://www.cbp.gov/work/main", False),
        ("identifier=/us/usc/t19/s1508", False),
        ("corpus/work/x", False),
    ],
)
def test_what_counts_as_a_machine_path(text: str, named: bool) -> None:
    assert bool(MACHINE.search(text)) == named
