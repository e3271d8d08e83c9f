"""What holds for every test: no network, no trace in anyone's home, no skip that nobody saw."""

import ipaddress
import os
import socket
import tempfile
from pathlib import Path
from typing import Any

import hypothesis
import pytest

ROOT = Path(__file__).parents[1]

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("ci")

# A developer's own settings must not steer a test, nor a key of theirs travel with one.
NOT_FOR_TESTS = (
    "LIVING_REVIEW_ENTREZ_URL", "NCBI_API_KEY", "NCBI_EMAIL", "PREFECT_API_URL", "PREFECT_API_KEY",
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy",
)  # fmt: skip
# What programs keep for their user, by the variable that says where.
HOMES = {
    "HOME": "",
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "MPLCONFIGDIR": "matplotlib",
    "PREFECT_HOME": "prefect",
    "HYPOTHESIS_STORAGE_DIRECTORY": "hypothesis",
}


class NetworkInATest(RuntimeError):
    """No OSError, so that code under test cannot take it for a source that is unwell."""


_environment = pytest.MonkeyPatch()
_home = tempfile.TemporaryDirectory(prefix="living-review-tests-", ignore_cleanup_errors=True)


def pytest_configure() -> None:
    # Here and not in a fixture: libraries look for their folders when they are imported.
    for variable in NOT_FOR_TESTS:
        _environment.delenv(variable, raising=False)
    for variable, folder in HOMES.items():
        _environment.setenv(variable, str(Path(_home.name) / folder))
    # Prefect's client and its server look up an analytics host each, unless told not to.
    _environment.setenv("DO_NOT_TRACK", "1")
    _environment.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    _forbid_the_network()


def pytest_unconfigure() -> None:
    _environment.undo()
    _home.cleanup()


def _forbid_the_network() -> None:
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}
    look_up = socket.getaddrinfo

    def guarded(name: str) -> Any:
        def call(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                _refuse_unless_loopback(address[0])
            return real[name](self, address)

        return call

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_unless_loopback(host)
        return look_up(host, *args, **kwargs)

    for name in real:
        _environment.setattr(socket.socket, name, guarded(name))
    _environment.setattr(socket, "getaddrinfo", guarded_look_up)


def _refuse_unless_loopback(host: str | bytes | None) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", "0.0.0.0", "::"):
        return
    try:
        if ipaddress.ip_address(name).is_loopback:
            return
    except ValueError:
        pass  # a name of some other machine
    raise NetworkInATest(
        f"a test tried to reach {name}: tests have no network. Point the code at a stand-in of "
        "tests/fakes on 127.0.0.1 (LIVING_REVIEW_ENTREZ_URL), or hand it a saved payload"
    )


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the repository, which is never committed."""
    folder = Path(os.environ.get("LIVING_REVIEW_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"the shared data is not at {folder}; set LIVING_REVIEW_SHARED")
    return folder


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout under test."""
    return ROOT


def _skips(config: pytest.Config) -> list[Any]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return list(reporter.stats.get("skipped", [])) if reporter else []


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get("LIVING_REVIEW_NO_SKIPS") == "1" and _skips(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    skips = _skips(config)
    if not skips:
        return
    terminalreporter.section(f"{len(skips)} skipped")
    for report in skips:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.line(f"{report.nodeid}: {reason}")
    if os.environ.get("LIVING_REVIEW_NO_SKIPS") == "1":
        terminalreporter.line(
            "LIVING_REVIEW_NO_SKIPS=1: no skip is allowed here, so this run fails"
        )
