"""Ask a served deployment to run now."""

import os
import time
from pathlib import Path

from living_review.errors import UserError
from living_review.flows import quiet, server
from living_review.stages import served

POLL_SECONDS = 0.5
START_IT = "start it with `living-review serve`"


def trigger(review: Path, name: str = "update-review/manual", watch: bool = False) -> int:
    """Ask for a run; with `watch`, wait and say how it ended. 0, or 1 when the run failed.

    UserError when the review is not served, or not under that name.
    """
    api = os.environ.get("PREFECT_API_URL") or served.api_of(review)
    if api is None:
        raise UserError(f"{review} is not served; {START_IT}")
    if not server.answers(api):
        raise UserError(f"{review} is served no more: {api} does not answer; {START_IT}")
    quiet.settle(review, console="CRITICAL")
    os.environ["PREFECT_API_URL"] = api
    return _run(api, name, watch)


def _run(api: str, name: str, watch: bool) -> int:
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    with get_client(sync_client=True) as client:
        try:
            deployment = client.read_deployment_by_name(name)
        except (ObjectNotFound, ValueError) as error:
            known = sorted(
                f"{client.read_flow(d.flow_id).name}/{d.name}" for d in client.read_deployments()
            )
            said = f"served: {', '.join(known)}" if known else START_IT
            raise UserError(f"no deployment is called '{name}'; {said}") from error
        run = client.create_flow_run_from_deployment(deployment.id)
        print(f"asked {name} to run: {served.page_of(api)}/runs/flow-run/{run.id}", flush=True)
        if not watch:
            return 0
        while run.state is None or not run.state.is_final():
            time.sleep(POLL_SECONDS)
            run = client.read_flow_run(run.id)
    print(f"{run.state.name}: {run.state.message or 'no more is known'}")
    return 0 if run.state.is_completed() else 1
