"""The worker: runs the jobs, schedules and events of its services until it is told to stop.

Each service is looked after by a task of its own, so that one whose database is away holds up no other. A task looks
every second, and at once when it is woken. It claims only what can start now: the slots are shared by all services.
Rows whose process died are run by a child process, one at a time: a row that kills its process kills no other's work.
"""

import asyncio
import contextlib
import contextvars
import functools
import random
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from prometheus_client import start_http_server

from softfactory.kernel import (
    beats,
    config,
    db,
    faults,
    jobs,
    leases,
    operations,
    relay,
    runner,
    schedules,
    telemetry,
    wake,
)
from softfactory.kernel import housekeeping as housekeeping  # its jobs exist in every service
from softfactory.kernel import mail as mail
from softfactory.kernel.admin import acts as acts
from softfactory.kernel.db import run_sql
from softfactory.kernel.service import discover, names

LOOK_SECONDS = 1.0
STARTS_PER_LOOK = 20
SCHEDULE_SECONDS = 60.0
RECOVERY_PAUSE = 5.0
RECOVERY = (sys.executable, "-m", "softfactory.worker", "--recover")
"""The command of the child process that runs rows whose process died."""
GRACE_SECONDS = 25.0
"""How long running jobs may go on after the signal to stop; then their rows are given back."""

log = structlog.get_logger(__name__)

_LOOK = """
    select
      (select count(*) from (
        select 1 from {s}.job where state in ('queued', 'failed') and due_at <= sf_now()
          and name = any(cast(:names as text[])) limit :limit) due)::int as due,
      exists (select 1 from {s}.job where state = 'running' and lease_until < clock_timestamp()) as expired,
      exists (select 1 from {s}.schedule
              where next_at <= sf_now() and name = any(cast(:names as text[]))) as scheduled,
      exists (select 1 from {s}.outbox where delivered_at is null) as events
"""


class Worker:
    """One process's work for some services."""

    def __init__(self, services: list[str], concurrency: int) -> None:
        self.services = services
        self.concurrency = concurrency
        self.id = db.uuid7()
        self.stopping = asyncio.Event()
        self._slots = asyncio.Semaphore(concurrency)
        self._woken = {service: asyncio.Event() for service in services}
        self._running: dict[asyncio.Task[Any], leases.Unit] = {}
        self._lanes: dict[tuple[str, str], asyncio.Task[int]] = {}
        self._recovery: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Work until ``stop``; then let what runs finish, or give it back."""
        loops = [asyncio.create_task(wake.listen(self.wake)), asyncio.create_task(self._keep(self._renew))]
        loops += [asyncio.create_task(self._look_after(service)) for service in self.services]
        loops += [asyncio.create_task(self._beat(service)) for service in self.services]
        log.info("worker_started", services=self.services, concurrency=self.concurrency)
        try:
            await self.stopping.wait()
            log.info("worker_stopping", running=len(self._running))
            for loop in loops[2:]:
                loop.cancel()
            await asyncio.gather(*loops[2:], return_exceptions=True)
            if self._running:
                await asyncio.wait(self._running, timeout=GRACE_SECONDS)
        finally:
            rest = [*loops, *self._running, *self._lanes.values()]
            rest += [self._recovery] if self._recovery else []
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)
            await self._leave()
            log.info("worker_stopped")

    def stop(self) -> None:
        self.stopping.set()

    def wake(self, service: str) -> None:
        if service in self._woken:
            self._woken[service].set()

    async def _look_after(self, service: str) -> None:
        clock = asyncio.get_running_loop()
        fire_at = clock.time()

        async def once() -> None:
            nonlocal fire_at
            woken = self._woken[service]
            woken.clear()
            seen = await _look(service, self.concurrency)
            if seen.scheduled or clock.time() >= fire_at:
                await schedules.fire(service)
                fire_at = clock.time() + SCHEDULE_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311 - spreads the load
            if seen.events:
                await self._relay(service)
            if seen.expired and not self._recovering():
                self._recovery = asyncio.create_task(self._recover())
            if seen.due:
                for _ in range(STARTS_PER_LOOK):
                    if not await self._start(service, seen.due):
                        break
                else:
                    return  # there is more
            try:
                async with asyncio.timeout(LOOK_SECONDS * random.uniform(0.8, 1.2)):  # noqa: S311 - spreads the load
                    await woken.wait()
            except TimeoutError:
                pass

        await self._keep(once)

    async def _start(self, service: str, due: int) -> bool:
        """Wait for a slot, claim what fits into the free ones and start it; whether there may be more."""
        await self._slots.acquire()
        held = 1
        try:
            while held < due and not self._slots.locked():
                await self._slots.acquire()
                held += 1
            # Once begun, a claim is seen through: rows claimed by nobody would wait for their leases to run out.
            claiming = asyncio.create_task(leases.claim(service, held))
            units = await _to_the_end(claiming)
            for unit in units:
                task = in_own_context(runner.run(unit))
                self._running[task] = unit
                task.add_done_callback(self._ended)
                held -= 1
            return bool(units)
        finally:
            for _ in range(held):
                self._slots.release()

    def _ended(self, task: asyncio.Task[Any]) -> None:
        unit = self._running.pop(task)
        self._slots.release()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("job_runner_failed", job=unit.job.name, exc_info=error)

    def _recovering(self) -> bool:
        return self._recovery is not None and not self._recovery.done()

    async def _recover(self) -> None:
        """Run rows whose process died, in a child process; not more than one at a time, nor one after the other."""
        child = await asyncio.create_subprocess_exec(
            *RECOVERY, ",".join(self.services), env=faults.spared_environment()
        )
        try:
            code = await child.wait()
            log.info("rows_recovered" if code == 0 else "recovery_died", code=code)
            await asyncio.sleep(RECOVERY_PAUSE)
        finally:
            if child.returncode is None:
                child.terminate()
                await child.wait()

    async def _relay(self, service: str) -> None:
        for target in await relay.waiting(service, to=names()):
            lane = (service, target)
            if lane not in self._lanes:
                task = in_own_context(relay.relay(service, target))
                self._lanes[lane] = task
                task.add_done_callback(functools.partial(self._handed_over, lane))

    def _handed_over(self, lane: tuple[str, str], task: asyncio.Task[int]) -> None:
        del self._lanes[lane]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("relay_failed", lane=lane, error=repr(error))

    async def _beat(self, service: str) -> None:
        async def once() -> None:
            running = sum(unit.service == service for unit in self._running.values())
            await beats.beat(service, self.id, concurrency=self.concurrency, running=running)
            await asyncio.sleep(beats.SECONDS)

        await self._keep(once)

    async def _leave(self) -> None:
        try:
            async with asyncio.timeout(3):
                await beats.leave(self.services, self.id)
        except Exception as error:  # it is only not seen any more
            log.warning("worker_not_signed_off", error=repr(error))

    async def _renew(self) -> None:
        await asyncio.sleep(leases.renew_seconds())
        held: dict[str, list[leases.Unit]] = {}
        for unit in self._running.values():
            held.setdefault(unit.service, []).append(unit)
        results = await asyncio.gather(
            *(leases.renew(s, units) for s, units in held.items()), return_exceptions=True
        )
        for service, error in zip(held, results, strict=True):
            if error is not None:
                log.warning("leases_not_renewed", service=service, error=repr(error))

    async def _keep(self, act: Callable[[], Awaitable[None]]) -> None:
        """Repeat for ever. Whatever fails is tried again after a pause: PostgreSQL may be restarting."""
        pause = 0.5
        while True:
            try:
                await act()
                pause = 0.5
            except Exception as error:
                log.warning("worker_waits", seconds=pause, error=repr(error))
                await asyncio.sleep(pause * random.uniform(0.75, 1.25))  # noqa: S311 - jitter
                pause = min(pause * 2, 5.0)


async def _look(service: str, limit: int) -> Any:
    async with db.transaction(service) as session:
        known = list(jobs.of_service(service))
        return (await run_sql(session, _LOOK, names=known, limit=limit)).one()


async def _to_the_end(task: "asyncio.Task[list[leases.Unit]]") -> list[leases.Unit]:
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        for unit in await task:
            await leases.give_back(unit)
        raise


def in_own_context(work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    """A task that inherits nothing: neither an open transaction nor a request's id."""
    return asyncio.get_running_loop().create_task(work, context=contextvars.Context())


async def main(services: set[str] | None = None, concurrency: int = 4) -> None:
    """Run a worker for the services (all of this process's when None) until SIGTERM or SIGINT."""
    if port := config.settings().worker_metrics_port:
        start_http_server(port)
    known = discover()
    near = [name for name in known if config.is_near(name)]
    worker = Worker([name for name in near if services is None or name in services], concurrency)
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):  # Windows has no such handlers: Ctrl-C ends the loop
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, worker.stop)
    try:
        await worker.run()
    finally:
        await operations.close()
        await wake.close()
        await db.dispose()


async def recover(services: list[str]) -> None:
    """Run the rows whose process died, one at a time, until none is left."""
    discover()
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - a coroutine runs in one
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        for service in services:
            while unit := await leases.claim_expired(service):
                running = in_own_context(runner.run(unit))
                try:
                    while not (await asyncio.wait({running}, timeout=leases.renew_seconds()))[0]:
                        await leases.renew(service, [unit])
                finally:
                    running.cancel()  # the row is given back
                    await asyncio.gather(running, return_exceptions=True)
    finally:
        await operations.close()
        await wake.close()
        await db.dispose()


async def drain(services: set[str] | None = None, *, limit: int = 1000, raise_errors: bool = False) -> int:
    """Run what is due now, and relay events, until nothing is left: the work of a worker, in this task.

    ``limit``: how many runs at most. ``raise_errors``: raise the first error of a job once its row is recorded.
    """
    listed = [name for name in discover() if services is None or name in services]
    done: int = await in_own_context(_drain(listed, limit, raise_errors=raise_errors))
    return done


async def _drain(services: list[str], limit: int, *, raise_errors: bool) -> int:
    done = 0
    for service in services:
        await schedules.fire(service)
    busy = True
    while busy and done < limit:
        busy = False
        for service in services:
            seen = await _look(service, 1)
            for target in await relay.waiting(service, to=names()) if seen.events else ():
                busy = bool(await relay.relay(service, target)) or busy
            while done < limit and (unit := await _next(service, expired=seen.expired)):
                busy = True
                done += len(unit.rows)
                errors = await in_own_context(runner.run(unit))
                if errors and raise_errors:
                    raise errors[0]
    return done


async def _next(service: str, *, expired: bool) -> leases.Unit | None:
    if units := await leases.claim(service, 1):
        return units[0]
    return await leases.claim_expired(service) if expired else None


def run(arguments: list[str]) -> None:
    """What ``python -m softfactory.worker`` does: ``--recover a,b`` runs the rows of dead processes, then ends."""
    telemetry.configure(config.settings().log_level)
    if arguments[:1] == ["--recover"]:
        asyncio.run(recover(arguments[1].split(",")))
    else:
        asyncio.run(main({name for given in arguments for name in given.split(",")} or None))


if __name__ == "__main__":
    run(sys.argv[1:])
