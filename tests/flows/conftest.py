"""One Prefect server for every flow test, with the services off that only slow it (PLATFORM 1)."""

from collections.abc import Iterator

import pytest

from tests.flows.small_review import small_review
from tests.stories.living import LivingReview

# Set when this folder is collected, before its tests import Prefect, which hands them on to
# its server.
_environment = pytest.MonkeyPatch()
for _name, _value in {
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
}.items():
    _environment.setenv(_name, _value)


def pytest_unconfigure() -> None:
    _environment.undo()


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A throw-away Prefect server; the default 30 s to start are tight on two cores."""
    from prefect.settings import (  # noqa: PLC0415  # after the switches
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        PREFECT_RESULTS_LOCAL_STORAGE_PATH,
        temporary_settings,
    )
    from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415

    settings = {
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
        PREFECT_RESULTS_LOCAL_STORAGE_PATH: tmp_path_factory.mktemp("results"),
    }
    with prefect_test_harness(server_startup_timeout=120), temporary_settings(settings):
        yield


@pytest.fixture
def review(tmp_path) -> LivingReview:
    return small_review(tmp_path / "review")
