"""What a wheel carries: code, SQL, templates and the sample, and no state."""

import subprocess
import sys
import zipfile
from pathlib import PurePath

import pytest


@pytest.fixture(scope="module")
def tracked(repository):
    """Every file git tracks, as paths from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=repository, capture_output=True, text=True, check=True
    ).stdout
    return [PurePath(name) for name in listed.split("\0") if (repository / name).is_file()]


@pytest.fixture(scope="module")
def wheel(repository, tracked, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    clone = folder / "clone"
    for name in tracked:
        target = clone / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((repository / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    subprocess.run([*command, "--wheel-dir", folder, clone], check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_every_sql_file_flow_template_and_sample(tracked, wheel):
    homes = {"warehouse": "living_review/sql", "flows": "living_review/flows", "src": ""}
    kept = [path for path in tracked if path.parts[0] in homes]
    inside = {str(PurePath(homes[p.parts[0]], *p.parts[1:])) for p in kept}

    assert len(inside) > 150
    assert sorted(inside - wheel) == []


def test_the_wheel_carries_no_state_and_no_test(wheel):
    assert [n for n in wheel if "store" in n.split("/") or n.startswith("tests/")] == []
