"""Platform's own settings of accounts, from the environment (``SF_*``)."""

from functools import cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class AccountSettings(BaseSettings):
    """How long sign-ins last and how often they may fail."""

    model_config = SettingsConfigDict(env_prefix="SF_", extra="ignore", frozen=True)

    session_days: int = Field(30, ge=1, description="Days from signing in until one has to sign in again.")
    demo_session_minutes: int = Field(120, ge=1)
    login_failures: int = Field(5, ge=1, description="Of one account from one address, in five minutes.")
    login_failures_address: int = Field(50, ge=1, description="Of one address, in fifteen minutes.")
    login_failures_account: int = Field(
        50, ge=1, description="Of one account, in an hour, from addresses it never signed in from."
    )
    code_attempts: int = Field(
        5, ge=1, description="One-time codes of one account from one address, in five minutes."
    )
    code_attempts_account: int = Field(
        20, ge=1, description="One-time codes of one account from anywhere, in an hour."
    )
    letters_to: int = Field(3, ge=1, description="Letters with a password link to one address, in an hour.")
    letters_from: int = Field(20, ge=1, description="Such letters asked for from one address, in an hour.")
    accounts_from: int = Field(300, ge=1, description="Accounts opened from one address, in an hour.")
    invitations_by: int = Field(60, ge=1, description="Invitations to teams by one person, in an hour.")
    invitations_to: int = Field(5, ge=1, description="Invitations to one address by anybody, in a day.")
    exports: int = Field(5, ge=1, description="Files with everything about one person, in an hour.")
    challenges_from: int = Field(
        600,
        ge=1,
        description="Passkey challenges and demo sessions asked for from one address, in fifteen minutes.",
    )
    signing_key_days: int = Field(30, ge=1, description="Days until a new key signs access tokens.")


@cache
def accounts() -> AccountSettings:
    """This process's settings; ``accounts.cache_clear()`` after the environment changed (tests)."""
    return AccountSettings()
