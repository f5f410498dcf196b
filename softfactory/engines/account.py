"""Who runs the engines: PostgreSQL refuses root, so root lends it an account and a place it can enter."""

import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

SHARED = Path("/var/lib/softfactory")


@dataclass(frozen=True)
class Account:
    """An unprivileged account with an entry in passwd."""

    uid: int
    gid: int

    def can_enter(self, folder: Path) -> bool:
        """Whether this account may pass through every folder down to this one."""
        return all(self._may(part, 0o1) for part in [*reversed(folder.resolve().parents), folder.resolve()])

    def can_run(self, program: Path) -> bool:
        """Whether this account may execute the program."""
        real = program.resolve()
        return self.can_enter(real.parent) and self._may(real, 0o5)

    def _may(self, path: Path, bits: int) -> bool:
        facts = path.stat()
        if facts.st_uid == self.uid:
            return facts.st_mode & (bits << 6) == bits << 6
        if facts.st_gid == self.gid:
            return facts.st_mode & (bits << 3) == bits << 3
        return facts.st_mode & bits == bits

    def give(self, folder: Path) -> None:
        """Make a private folder of this account's."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chown(folder, self.uid, self.gid)


def lent(existing: Path | None = None) -> Account | None:
    """The account engines run as: None for ourselves; for root the owner of what exists, else `nobody`."""
    if os.geteuid() != 0:
        return None
    if existing is not None and existing.exists():
        facts = existing.stat()
        if facts.st_uid != 0:
            return Account(facts.st_uid, facts.st_gid)
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def reachable(
    programs: Path, account: Account | None, *, name: str, root: Path, also: tuple[Path, ...] = ()
) -> Path:
    """A folder with these programs that the account can enter: where they are, or a copy of them.

    `name` tells versions apart. `also` are folders that must stand where they stand from `root`: shared
    libraries, found by a relative path.
    """
    if account is None or account.can_enter(programs / "bin"):
        return programs
    home = SHARED / name
    copied = home / programs.relative_to(root)
    if copied.exists():
        return copied
    SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = SHARED / f".{name}.{os.getpid()}"
    for source in (programs, *also):
        if source.exists():
            shutil.copytree(
                source,
                fresh / source.relative_to(root),
                symlinks=True,
                ignore=shutil.ignore_patterns("include"),
            )
    for folder, _, files in os.walk(fresh):
        Path(folder).chmod(0o755)
        for file in files:
            path = Path(folder, file)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    try:
        fresh.rename(home)
    except OSError:  # another start was faster
        shutil.rmtree(fresh)
    return copied
