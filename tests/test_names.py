"""What the admin area shows of the machine has a name that people can read."""

import json
from pathlib import Path
from typing import Any

import pytest

from softfactory.kernel import events, jobs
from softfactory.kernel.service import discover

MESSAGES = Path(__file__).resolve().parent.parent / "softfactory/services/platform/web/messages"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_job_is_named_in_both_languages(language: str) -> None:
    told = json.loads((MESSAGES / f"admin.{language}.json").read_text())["job"]

    def name_of(job: str) -> Any:
        found = told
        for part in job.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return found

    known = {
        name
        for service in (jobs.KERNEL, *discover())
        for name, job in jobs._jobs.get(service, {}).items()
        if job.function.__module__.startswith("softfactory.")
    }
    assert len(known) > 30
    assert {name for name in known if not isinstance(name_of(name), str)} == set()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_event_is_named_in_both_languages(language: str) -> None:
    told = json.loads((MESSAGES / f"admin.{language}.json").read_text())["event"]
    discover()
    kinds = [kind for kind in events.Event.__subclasses__() if kind.__module__.startswith("softfactory.")]
    known = {
        kind.event_name()
        for kind in kinds
        if kind.__module__.endswith(".contract") or kind.said_by == jobs.KERNEL
    }
    assert len(known) > 10
    parts = [name.partition(".") for name in known]
    assert [name for service, _, name in parts if not told.get(service, {}).get(name)] == []
