"""Settings of the deployment, from the environment (``SF_*``)."""

import os
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_SECRET = "softfactory-development-secret"  # noqa: S105 - refused by every production start


class Settings(BaseSettings):
    """One process's settings. What is set for each service (``SF_<SERVICE>_URL``) is read by the functions below."""

    model_config = SettingsConfigDict(env_prefix="SF_", extra="ignore", frozen=True)

    database_url: str = ""
    redis_url: str = ""
    services: str = Field(
        "", description="Comma-separated services that this process runs; empty: all of them."
    )
    public_url: str = "http://localhost:8000"
    secret_key: SecretStr = SecretStr(DEFAULT_SECRET)
    demo: bool = False
    production: bool = False
    cookie_secure: bool = False
    storage_url: str = Field(
        "",
        description="file:///folder or s3://bucket/prefix?endpoint=…&region=…; empty: files below data_dir.",
    )
    data_dir: str = Field("", description="Where `softfactory up` keeps what it keeps.")
    smtp_url: str = ""
    mail_from: str = "SoftFactory <no-reply@localhost>"
    pool_size: int = Field(5, ge=1)
    pool_overflow: int = Field(5, ge=0)
    commit_deadline: float = Field(
        5.0, description="Seconds after which a commit's outcome counts as unknown."
    )
    worker_metrics_port: int = Field(
        0, ge=0, le=65535, description="Where a worker answers /metrics; 0: nowhere."
    )
    job_lease: float = Field(30.0, gt=0, description="Seconds after which a dead worker's jobs run again.")
    log_level: str = "INFO"
    release: str = Field("development", description="What this build is called; the health page shows it.")
    trust_proxy: bool = Field(False, description="Take the caller's address from X-Forwarded-For.")

    @model_validator(mode="after")
    def _refuse_default_secrets(self) -> "Settings":
        if self.production and self.secret_key.get_secret_value() == DEFAULT_SECRET:
            raise ValueError(
                "SF_PRODUCTION is set but SF_SECRET_KEY is not: set it to 32 or more random bytes"
            )
        if self.production and self.demo:
            raise ValueError("SF_PRODUCTION and SF_DEMO exclude one another: demo accounts need no password")
        if self.production and not self.storage_url:
            raise ValueError(
                "SF_PRODUCTION is set but SF_STORAGE_URL is not: say where files go, file:///… or s3://bucket"
            )
        return self

    @field_validator("storage_url")
    @classmethod
    def _refuse_unknown_places(cls, given: str) -> str:
        url = urlsplit(given)
        fine = {
            "": not given,
            "file": not url.netloc and url.path[:1] == "/" != url.path,
            "s3": bool(url.netloc),
        }
        if not fine.get(url.scheme):
            raise ValueError("SF_STORAGE_URL is file:///an/absolute/folder or s3://bucket?endpoint=https://…")
        if unknown := parse_qs(url.query).keys() - {"endpoint", "region"}:
            raise ValueError(f"SF_STORAGE_URL knows endpoint and region, not {', '.join(sorted(unknown))}")
        return given

    @property
    def storage_place(self) -> str:
        """Where files are kept; empty when nobody said."""
        if self.storage_url or not self.data_dir:
            return self.storage_url
        return f"{Path(self.data_dir).resolve().as_uri()}/files"


@cache
def settings() -> Settings:
    """This process's settings; ``settings.cache_clear()`` after the environment changed (tests)."""
    return Settings()


def database_url(service: str) -> str:
    """The service's own database where one is configured, else the common one."""
    url = os.environ.get(f"SF_{service.upper()}_DATABASE_URL") or settings().database_url
    if not url:
        raise RuntimeError(
            "SF_DATABASE_URL is not set: start the platform with `softfactory up`, or name a database"
        )
    return url


def service_url(service: str) -> str | None:
    """Where the service answers over HTTP; None when it runs in this process."""
    return None if is_near(service) else (os.environ.get(f"SF_{service.upper()}_URL") or None)


def near_services() -> frozenset[str] | None:
    """The services of this process; None means all."""
    listed = [name.strip() for name in settings().services.split(",") if name.strip()]
    return frozenset(listed) or None


def is_near(service: str) -> bool:
    near = near_services()
    return near is None or service in near
