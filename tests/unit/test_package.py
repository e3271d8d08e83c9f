"""What a wheel carries: code, SQL, templates and the sample, and no state."""

import subprocess
import sys
import zipfile

import pytest


@pytest.fixture(scope="module")
def wheel(repository, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=repository, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    clone = folder / "clone"
    for name in filter(None, tracked):
        target = clone / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (repository / name).exists():
            target.write_bytes((repository / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    subprocess.run([*command, "--wheel-dir", folder, clone], check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_every_sql_file_flow_template_and_sample(repository, wheel):
    kept = {
        "living_review/sql": ("warehouse", "*/*.sql"),
        "living_review/flows": ("flows", "*.py"),
        "living_review/reporting/templates": ("src/living_review/reporting/templates", "*"),
        "living_review/sample": ("src/living_review/sample", "*.*"),
        "living_review/tagging": ("src/living_review/tagging", "*.*"),
    }
    for inside, (folder, pattern) in kept.items():
        for path in (repository / folder).glob(pattern):
            if path.is_file() and "store" not in path.parts and path.suffix != ".pyc":
                assert f"{inside}/{path.relative_to(repository / folder)}" in wheel


def test_the_wheel_carries_no_state_and_no_test(wheel):
    assert [n for n in wheel if "store" in n.split("/") or n.startswith("tests/")] == []
