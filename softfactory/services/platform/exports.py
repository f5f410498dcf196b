"""Exports: everything that all services keep about a person, as one file, for seven days."""

import asyncio
import html
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import config, mail, storage, time
from softfactory.kernel.auth import Principal
from softfactory.kernel.db import uuid7
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps
from softfactory.kernel.service import Text, discover
from softfactory.services.platform import audit, contract
from softfactory.services.platform.errors.people import ExportUnknown
from softfactory.services.platform.models.accounts import Person
from softfactory.services.platform.models.rights import DataExport
from softfactory.services.platform.schemas.people import ExportAskedView

KEPT = timedelta(days=7)
ZIP = "application/zip"


async def ask(session: AsyncSession, principal: Principal) -> ExportAskedView:
    """Ask for a file with everything. While one is being made, asking again means that one."""
    row = insert(DataExport).values(id=uuid7(), person_id=principal.id)
    made = row.on_conflict_do_nothing(
        index_elements=[DataExport.person_id], index_where=text("state = 'making'")
    ).returning(DataExport.id)
    export_id = await session.scalar(made)
    if export_id is not None:
        job_id = await make.later(session, export_id=export_id, owner=principal.id)
        await session.execute(update(DataExport).where(DataExport.id == export_id).values(job_id=job_id))
        await audit.record(session, act="data.export_asked", actor_id=principal.id, subject_id=principal.id)
    running = select(DataExport).where(DataExport.person_id == principal.id, DataExport.state == "making")
    export = (await session.scalars(running)).one()
    return ExportAskedView.model_validate({"id": export.id, "job_id": export.job_id})


async def listed(session: AsyncSession, principal: Principal) -> Sequence[DataExport]:
    """A person's exports that are there or on their way, newest first."""
    there = or_(DataExport.state == "making", DataExport.expires_at > func.sf_now())
    mine = select(DataExport).where(DataExport.person_id == principal.id, there)
    return (await session.scalars(mine.order_by(DataExport.id.desc()).limit(50))).all()


async def open_file(steps: Steps, principal: Principal, export_id: UUID) -> storage.Flow:
    """A person's own file, chunk by chunk; to anyone else, and after seven days, it is not there."""
    async with steps.transaction() as session:
        found = await session.scalar(
            select(DataExport).where(
                DataExport.id == export_id,
                DataExport.person_id == principal.id,
                DataExport.state == "ready",
                DataExport.expires_at > func.sf_now(),
            )
        )
    if found is None:
        raise ExportUnknown
    try:
        return await storage.stream(found.key)
    except storage.NotStored:
        raise ExportUnknown from None


# -- making it -------------------------------------------------------------------------------------------------------


class _Told(NamedTuple):
    """What a service answered, under its title."""

    name: str
    title: Text
    sections: dict[str, Any]


@job(retries=5)
async def make(steps: Steps, *, export_id: UUID) -> dict[str, Any]:
    """Ask every service, keep the file, and write to the person."""
    async with steps.transaction() as session:
        export = await session.get(DataExport, export_id)
        if export is None:
            return {}
        if export.state == "ready":
            return _result(export)
        person = await session.get_one(Person, export.person_id)
        now = await time.now(session)
    services = discover()
    told: list[_Told] = []
    for done, (name, service) in enumerate(services.items()):
        await _progress(steps, done, len(services) + 1)
        answer = await contract.personal_data(contract.PersonQuery(person_id=person.id), service=name)
        told.append(_Told(name, service.title, answer.sections))
    await _progress(steps, len(services), len(services) + 1)
    content = await _zipped(told, person, now)
    await storage.put(export.key, content, content_type=ZIP)
    async with steps.transaction() as session:
        export = await session.get(DataExport, export_id, with_for_update=True)
        until = await time.now(session) + KEPT
        if export is not None and export.state == "making":
            export.state, export.size, export.expires_at = "ready", len(content), until
            await mail.queue(
                session,
                to=person.id,
                template="export_ready",
                expires_at=until,
                link=f"{config.settings().public_url.rstrip('/')}/account?tab=data",
            )
    if export is None:  # the person left in the meantime
        await storage.delete(f"platform/exports/{export_id}.zip")
        return {}
    return _result(export)


def _result(export: DataExport) -> dict[str, Any]:
    return {"href": f"/api/users/me/exports/{export.id}"}


async def _progress(steps: Steps, done: int, total: int) -> None:
    """A worker's steps tell whoever watches; run by hand there is nobody to tell."""
    if hasattr(steps, "progress"):
        await steps.progress({"done": done, "total": total})


async def _zipped(told: list[_Told], person: Person, now: datetime) -> bytes:
    return await asyncio.to_thread(_zip, told, person.language, person.name, now)


def _zip(told: list[_Told], language: str, name: str, now: datetime) -> bytes:
    files = {
        f"{service.name}/{section}.json": (service.title.in_language(language), section, rows)
        for service in told
        for section, rows in sorted(service.sections.items())
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", _index(files, language, name, now))
        for path, (_, _, rows) in files.items():
            archive.writestr(path, orjson.dumps(rows, option=orjson.OPT_INDENT_2))
    return held.getvalue()


_WORDS = {
    "ko": (
        "{name}님의 SoftFactory 데이터",
        "{at} 기준으로 보관 중인 모든 내용입니다. 파일은 텍스트 편집기로 열 수 있습니다.",
        "{count}건",
    ),
    "en": (
        "SoftFactory data for {name}",
        "Everything we keep as of {at}. You can open these files in any text editor.",
        "{count} records",
    ),
}
_PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.6 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color: #222 }}
table {{ border-collapse: collapse; width: 100% }}
td {{ padding: .5rem 0; border-bottom: 1px solid #ddd }}
td:last-child {{ text-align: right; color: #666 }}
</style>
<h1>{title}</h1><p>{intro}</p>{body}</html>
"""


def _index(files: dict[str, tuple[str, str, Any]], language: str, name: str, now: datetime) -> str:
    tongue = "en" if language == "en" else "ko"
    title, intro, count = _WORDS[tongue]
    body, last = "", ""
    for path, (service, section, rows) in files.items():
        if service != last:
            body += ("</table>" if last else "") + f"<h2>{html.escape(service)}</h2><table>"
            last = service
        link = f'<a href="{html.escape(path)}">{html.escape(section)}</a>'
        body += f"<tr><td>{link}</td><td>{count.format(count=len(rows))}</td></tr>"
    return _PAGE.format(
        language=tongue,
        title=html.escape(title.format(name=name)),
        intro=intro.format(at=now.strftime("%Y-%m-%d %H:%M UTC")),
        body=body + "</table>",
    )


# -- forgetting it ---------------------------------------------------------------------------------------------------


@job(every="1h")
async def forget(steps: Steps) -> None:
    """Delete files whose seven days are over, and wishes that came to nothing within a day."""
    async with steps.transaction() as session:
        over = or_(
            DataExport.expires_at < func.sf_now(),
            (DataExport.state == "making") & (DataExport.created_at < text("sf_now() - interval '1 day'")),
        )
        old = list(await session.scalars(select(DataExport).where(over).limit(500)))
    await _drop(steps, old)


async def erase(steps: Steps, person_id: UUID) -> None:
    """Delete all files of a person."""
    async with steps.transaction() as session:
        found = list(await session.scalars(select(DataExport).where(DataExport.person_id == person_id)))
    await _drop(steps, found)


async def _drop(steps: Steps, exports: Sequence[DataExport]) -> None:
    """The file first: a row without a file tells nobody anything, a file without a row would stay for ever."""
    for export in exports:
        await storage.delete(export.key)
    async with steps.transaction() as session:
        await session.execute(delete(DataExport).where(DataExport.id.in_([e.id for e in exports])))
