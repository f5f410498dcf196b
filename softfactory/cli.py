"""The command `softfactory`: start the platform, run one of its processes, prepare its data, look after it.

Everything heavy is imported inside the command that needs it: `up` only starts other processes.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

app = typer.Typer(
    name="softfactory",
    help="SoftFactory: one platform of six businesses on common ground.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
console = Console(stderr=True, highlight=False)

DataDir = Annotated[
    Path,
    typer.Option(
        "--data-dir",
        envvar="SF_DATA_DIR",
        help="Where the embedded engines keep their data, logs and passwords.",
    ),
]
Services = Annotated[
    str,
    typer.Option("--services", help="Only these services, separated by commas; all of them when left out."),
]
DEFAULT_DATA_DIR = Path(".data")


def fail(sentence: str) -> typer.Exit:
    """Say what is wrong, plainly; to be raised."""
    console.print(f"✗ {sentence}", style="red", markup=False, soft_wrap=True)
    return typer.Exit(1)


def chosen(services: str) -> set[str] | None:
    """The services named on the command line; None means all."""
    return {name.strip() for name in services.split(",") if name.strip()} or None


@app.command()
def up(
    size: Annotated[int, typer.Option("--size", help="How much platform: 0 is a laptop.")] = 0,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where the web app answers.")] = 8000,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    data_dir: DataDir = DEFAULT_DATA_DIR,
    demo: Annotated[
        bool,
        typer.Option("--demo/--no-demo", help="With demo data and sign-in to demo roles without a password."),
    ] = True,
    workers: Annotated[int, typer.Option("--workers", min=1, max=16, help="How many worker processes.")] = 1,
    logs: Annotated[
        bool, typer.Option("--logs", help="Show the logs here, not only in the data folder.")
    ] = False,
) -> None:
    """Start the whole platform: engines, migrations, demo data, web app and workers. Ctrl-C stops it cleanly.

    PostgreSQL and Redis are started from the data folder unless SF_DATABASE_URL and SF_REDIS_URL name others.
    Whatever dies is started again. A second start takes seconds.
    """
    if size != 0:
        raise fail(f"Size {size} is not built yet: only --size 0, one machine, can be started for now.")
    from softfactory.commands.up import Wish, run

    raise typer.Exit(
        run(
            Wish(port=port, host=host, data_dir=data_dir.resolve(), demo=demo, workers=workers, logs=logs),
            console,
        )
    )


@app.command()
def serve(
    services: Services = "",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8000,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
) -> None:
    """Run the web app of some services, or of all: what a container runs. Needs SF_DATABASE_URL and SF_REDIS_URL."""
    need_database(services)
    import uvicorn

    uvicorn.run(
        "softfactory.main:create",
        factory=True,
        host=host,
        port=port,
        # Logs are the kernel's: one JSON line a request, with its ids.
        log_config=None,
        access_log=False,
        server_header=False,
        # The kernel decides whom to believe about a caller's address (SF_TRUST_PROXY).
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )


@app.command()
def worker(
    services: Services = "",
    concurrency: Annotated[
        int, typer.Option("--concurrency", min=1, max=64, help="How many jobs run at the same time.")
    ] = 4,
) -> None:
    """Run jobs, schedules and events of some services, or of all, until SIGTERM. Needs what serve needs."""
    need_database(services)
    from softfactory import worker as process
    from softfactory.kernel import config, telemetry

    telemetry.configure(config.settings().log_level)
    names = chosen(services)
    if sys.platform == "win32":
        asyncio.run(process.main(names, concurrency))
        return
    import uvloop

    uvloop.run(process.main(names, concurrency))


@app.command()
def migrate(services: Services = "", data_dir: DataDir = DEFAULT_DATA_DIR) -> None:
    """Bring the tables of some services, or of all, to the newest version."""
    from softfactory.commands.data import engines, progress

    with engines(data_dir, console), progress("Migrations", console) as report:
        from softfactory.kernel.migrate import upgrade

        upgrade(chosen(services), report)


@app.command()
def seed(services: Services = "", data_dir: DataDir = DEFAULT_DATA_DIR) -> None:
    """Fill the tables of some services, or of all, with demo data; what is there already stays."""
    from softfactory.commands.data import engines, progress

    with engines(data_dir, console), progress("Demo data", console) as report:
        from softfactory.kernel import demo, telemetry

        telemetry.configure("WARNING")  # a line for each request of the demo people would drown the progress
        asyncio.run(demo.seed(chosen(services), report))


@app.command()
def openapi(
    out: Annotated[
        Path | None, typer.Option("--out", help="The file to write; standard output when left out.")
    ] = None,
    services: Services = "",
) -> None:
    """Write the OpenAPI document, from which the browser's client is generated. Needs no database."""
    import json

    from softfactory.main import build

    document = (
        json.dumps(build(chosen(services)).openapi(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    )
    if out is None:
        sys.stdout.write(document)
    else:
        out.write_text(document)


@app.command("new-service")
def new_service(
    name: Annotated[str, typer.Argument(help="Small letters, with hyphens or underscores: sns-auto.")],
    title: Annotated[str, typer.Option("--title", help="Its English name; from NAME when left out.")] = "",
    title_ko: Annotated[str, typer.Option("--title-ko", help="Its Korean name.")] = "",
) -> None:
    """Write a new service into softfactory/services: one small noun with everything, to be replaced by yours."""
    from softfactory.commands import new_service as command

    try:
        wanted = command.plan(name, title=title, title_ko=title_ko)
    except command.NameRefused as refused:
        raise fail(str(refused)) from None
    for path in command.write(wanted):
        console.print(f"  {path.relative_to(command.TREE)}", markup=False, soft_wrap=True)
    console.print(f"✓ {wanted.title_en} is there. What to do now:", style="green", markup=False)
    for number, line in enumerate(command.next_steps(wanted), start=1):
        console.print(f"  {number}. {line}", markup=False, soft_wrap=True)


@app.command()
def doctor(
    data_dir: DataDir = DEFAULT_DATA_DIR,
    port: Annotated[int, typer.Option("--port", help="The port that `up` would use.")] = 8000,
) -> None:
    """Look at this machine and this data folder, and say what is missing and what to do about it."""
    from softfactory.commands.doctor import examine

    raise typer.Exit(examine(data_dir.resolve(), port))


def need_database(services: str) -> None:
    """Refuse to run without a database, and hand the choice of services to the kernel."""
    if services:
        os.environ["SF_SERVICES"] = ",".join(sorted(chosen(services) or ()))
    if not any(name.endswith("DATABASE_URL") and name.startswith("SF_") for name in os.environ):
        raise fail("SF_DATABASE_URL is not set: start everything with `softfactory up`, or name a database.")


if __name__ == "__main__":
    app()
