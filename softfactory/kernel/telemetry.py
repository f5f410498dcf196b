"""JSON logs with request ids, and Prometheus metrics."""

import logging
import sys
from contextvars import ContextVar

import structlog
from prometheus_client import Counter, Histogram

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request or job that this task serves; told to callers and written to logs and job rows."""

REQUESTS = Counter("sf_requests_total", "Answered requests.", ["method", "route", "status"])
LONG = "softfactory.long"
"""Set in the scope of an answer that lasts as long as its reader does: its seconds are no latency."""
LATENCY = Histogram(
    "sf_request_seconds",
    "Seconds from a request's first byte to its answer.",
    ["method", "route"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)


def _with_request_id(_: object, __: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    if rid := request_id.get():
        event.setdefault("request_id", rid)
    return event


def configure(level: str = "INFO") -> None:
    """One JSON object a line on stderr, from structlog and from the standard library alike."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        _with_request_id,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("httpx", "httpcore", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
