"""Real processes for tests: one app and worker, or one of each per service, on databases of their own."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import httpx

from softfactory.testing import _CLOCK, ADMIN_URL, _of_database, clone

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Process:
    """A process of the platform: its command, its environment, its log, and how to kill it."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    running: "subprocess.Popen[bytes] | None" = None

    def start(self, **extra: str) -> None:
        with self.log.open("ab") as out:
            self.running = subprocess.Popen(
                self.command,
                env={**self.environment, **extra},
                stdout=out,
                stderr=out,
                cwd=ROOT,
                start_new_session=True,
            )

    def kill(self) -> None:
        """``kill -9``, and wait until it is gone."""
        self.end(signal.SIGKILL)

    def end(self, how: int = signal.SIGTERM) -> None:
        if self.running is None:
            return
        with suppress(ProcessLookupError):
            self.running.send_signal(how)
        try:
            self.running.wait(20)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()

    @property
    def died(self) -> bool:
        return self.running is not None and self.running.poll() is not None


@dataclass
class Deployment:
    """Apps and workers of one platform. ``urls``: where each service's API answers."""

    folder: Path
    apps: dict[str, Process] = field(default_factory=dict)
    workers: dict[str, Process] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    databases: list[str] = field(default_factory=list)
    admin_urls: list[str] = field(default_factory=list)

    def url_of(self, path: str) -> str:
        """The process that serves an address, as a gateway would choose it."""
        service = "coocook" if path.startswith("/api/coocook") else "platform"
        return self.urls[service]

    def client(self, token: str | None = None) -> httpx.AsyncClient:
        headers = {"Accept-Language": "en"} | ({"Authorization": f"Bearer {token}"} if token else {})
        return httpx.AsyncClient(
            transport=_ByPath(self), base_url="http://platform", headers=headers, timeout=30
        )

    async def wait_ready(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        async with httpx.AsyncClient(timeout=5) as http:
            for url in set(self.urls.values()):
                while True:
                    with suppress(httpx.HTTPError):
                        if (await http.get(f"{url}/health/ready")).status_code == 200:
                            break
                    if time.monotonic() > deadline:
                        raise AssertionError(f"{url} is not ready:\n{self.logs()}")
                    await asyncio.sleep(0.1)

    async def shift_clock(self, seconds: float) -> None:
        """Move ``sf_now()`` of every database of the deployment."""
        for url in self.admin_urls:
            connection = await asyncpg.connect(url)
            await connection.execute(_CLOCK.format(shift=f"interval '{seconds} seconds'"))
            await connection.close()

    def logs(self, lines: int = 40) -> str:
        return "\n".join(
            f"--- {p.name}\n" + "\n".join(p.log.read_text(errors="replace").splitlines()[-lines:])
            for p in (*self.apps.values(), *self.workers.values())
            if p.log.exists()
        )

    async def close(self) -> None:
        for process in (*self.apps.values(), *self.workers.values()):
            process.end()
        connection = await asyncpg.connect(os.environ[ADMIN_URL])
        for name in self.databases:
            await connection.execute(f'drop database if exists "{name}" with (force)')
        await connection.close()


class _ByPath(httpx.AsyncBaseTransport):
    """Sends each request to the process that serves its address."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment, self._inner = deployment, httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        target = httpx.URL(self._deployment.url_of(request.url.path))
        request.url = request.url.copy_with(scheme=target.scheme, host=target.host, port=target.port)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


async def deploy(folder: Path, *, layout: str = "one", **environment: str) -> Deployment:
    """Start the platform's processes on fresh databases. ``layout``: ``one`` or ``two`` (a pair per service)."""
    deployment = Deployment(folder)
    groups = [("all", "")] if layout == "one" else [("platform", "platform"), ("coocook", "coocook")]
    ports = {group: free_port() for group, _ in groups}
    admin_url, common = os.environ[ADMIN_URL], os.environ["SF_DATABASE_URL"]
    owner = common.split("://", 1)[1].split(":", 1)[0]
    databases: dict[str, str] = {}
    shared = {**os.environ, "SF_DEMO": "1", "PYTHONUNBUFFERED": "1", **environment}
    for group, services in groups:
        database = f"deploy_{group}_{os.getpid()}_{ports[group]}"
        await clone(admin_url, database, owner)
        deployment.databases.append(database)
        deployment.admin_urls.append(_of_database(admin_url, database))
        url = f"http://127.0.0.1:{ports[group]}"
        for service in services.split(",") if services else ["platform", "coocook"]:
            deployment.urls[service] = url
            shared[f"SF_{service.upper()}_URL"] = url
        databases[group] = _of_database(common, database)
    for group, services in groups:
        # By name, as people have it: a browser keeps passkeys for names only, never for an IP address.
        public = deployment.urls["platform"].replace("127.0.0.1", "localhost")
        own = {**shared, "SF_SERVICES": services, "SF_PUBLIC_URL": public}
        own["SF_DATABASE_URL"] = databases[group]
        serve = [
            sys.executable,
            "-m",
            "uvicorn",
            "softfactory.main:create",
            "--factory",
            "--port",
            str(ports[group]),
        ]
        work = [sys.executable, "-c", _WORK]
        deployment.apps[group] = Process(f"app {group}", serve, own, folder / f"app-{group}.log")
        deployment.workers[group] = Process(f"worker {group}", work, own, folder / f"worker-{group}.log")
    for process in (*deployment.apps.values(), *deployment.workers.values()):
        process.start()
    try:
        await deployment.wait_ready()
    except BaseException:
        await deployment.close()
        raise
    return deployment


_WORK = """
import asyncio
from softfactory.kernel import app, config
from softfactory import worker
app.configure_logs()
asyncio.run(worker.main(config.near_services(), 4))
"""
