"""Schemathesis over the whole OpenAPI document, as nobody and as several roles.

No answer is a 5xx, no status is undeclared, every body is of the declared shape.
"""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.deployment import ROOT, Deployment
from tests.journeys import Journey

pytestmark = [pytest.mark.layouts, pytest.mark.xdist_group("document")]

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
EXAMPLES = os.environ.get("SF_SCHEMATHESIS_EXAMPLES", "15")


@pytest.mark.parametrize("who", ["nobody", "guest", "chef", "admin"])
async def test_the_document_tells_every_answer(platform: Deployment, who: str, tmp_path: Path) -> None:
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{platform.urls['platform']}/openapi.json"),
        *("--checks", CHECKS, "--max-examples", EXAMPLES, "--phases", "examples,coverage,fuzzing"),
        *(
            "--continue-on-failure",
            "--workers",
            "2",
            "--request-timeout",
            "20",
            "--no-color",
            "--warnings",
            "off",
        ),
        *("--suppress-health-check", "all", "--seed", "20261123"),
    ]
    if who != "nobody":
        # signing out would end the very session that the run uses
        command += ["--exclude-path", "/api/auth/logout", "--exclude-path", "/api/auth/refresh"]
        journey = Journey(platform.client)
        token = (await journey.demo(who)).token
        await journey.close()
        command += ["--header", f"Authorization: Bearer {token}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False, timeout=900)
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
    assert "Tested" in done.stdout or "passed" in done.stdout, done.stdout[-1500:]


async def test_the_document_is_the_one_the_web_client_is_made_from(platform: Deployment) -> None:
    import json

    async with httpx.AsyncClient() as http:
        served = (await http.get(f"{platform.urls['platform']}/openapi.json")).json()
    assert served == json.loads((ROOT / "web" / "openapi.json").read_text())
