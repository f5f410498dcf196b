"""People and their rights: the audit's chain, API keys, teams and invitations, exports, erasures."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ROW = "id uuid not null, created_at timestamptz not null default sf_now()"

AUDIT = (
    f"""
    create table audit_entry (
        {_ROW},
        number bigint,
        act text not null,
        actor_id uuid,
        subject_id uuid,
        facts jsonb not null,
        personal jsonb not null,
        previous bytea,
        hash bytea,
        constraint pk_audit_entry primary key (id),
        constraint uq_audit_entry_number unique (number),
        constraint ck_audit_entry_act check (act ~ '^[a-z][a-z0-9_]*([.][a-z0-9_]+)*$'),
        constraint ck_audit_entry_chained check (num_nulls(number, previous, hash) in (0, 3))
    )
    """,
    "create index idx_audit_entry_actor on audit_entry (actor_id, number)",
    "create index idx_audit_entry_subject on audit_entry (subject_id, number)",
    "create index idx_audit_entry_act on audit_entry (act, number)",
    "create index idx_audit_entry_created on audit_entry (created_at, number)",
    f"""
    create table audit_personal (
        {_ROW},
        entry_id uuid not null,
        person_id uuid,
        name text not null,
        salt bytea,
        value text,
        constraint pk_audit_personal primary key (id),
        constraint fk_audit_personal_entry_id foreign key (entry_id) references audit_entry (id),
        constraint uq_audit_personal_entry_id_name unique (entry_id, name),
        constraint ck_audit_personal_whole check (num_nulls(salt, value) in (0, 2))
    )
    """,
    "create index idx_audit_personal_person on audit_personal (person_id) where value is not null",
    f"""
    create table audit_head (
        {_ROW},
        number bigint not null,
        hash bytea not null,
        constraint pk_audit_head primary key (id)
    )
    """,
    "create unique index uq_audit_head_one on audit_head ((true))",
    f"""
    create table audit_proof (
        {_ROW},
        number bigint not null,
        hash bytea not null,
        mac bytea not null,
        broken_at bigint,
        problem text,
        constraint pk_audit_proof primary key (id),
        constraint ck_audit_proof_problem check (
            problem in ('changed', 'missing', 'personal_changed', 'personal_missing', 'cut', 'rewritten', 'unchained')),
        constraint ck_audit_proof_broken check ((broken_at is null) = (problem is null))
    )
    """,
    "create index idx_audit_proof_created on audit_proof (created_at, id)",
)

# At commit, and only then: the chain's lock is held for the length of a commit, never while a request works, and
# whoever holds it waits for nothing else, so it takes part in no deadlock. What is hashed is written down once more in
# audit.py, where the proof does not rely on this function.
AUDIT_CHAIN = """
create function audit_chain() returns trigger language plpgsql as $do$
declare
    head {s}.audit_head%rowtype;
    link bytea;
begin
    insert into {s}.audit_head (id, number, hash) values (new.id, 0, '\\x') on conflict do nothing;
    select * into strict head from {s}.audit_head for update;
    head.number := head.number + 1;
    link := sha256(convert_to(concat_ws(E'\\n', encode(head.hash, 'hex'), head.number, new.id,
        (extract(epoch from new.created_at) * 1000000)::bigint, new.act, coalesce(new.actor_id::text, ''),
        coalesce(new.subject_id::text, ''), new.facts::text, new.personal::text), 'UTF8'));
    update {s}.audit_entry set number = head.number, previous = head.hash, hash = link where id = new.id;
    update {s}.audit_head set number = head.number, hash = link;
    return null;
end $do$
"""

AUDIT_SEALED = """
create function audit_sealed() returns trigger language plpgsql as $do$
begin
    if tg_op = 'UPDATE' and tg_table_name = 'audit_entry' then
        -- The chain's own function adds the link, once.
        if pg_trigger_depth() > 1 and old.number is null and to_jsonb(new) - '{number,previous,hash}'::text[]
           = to_jsonb(old) - '{number,previous,hash}'::text[] then
            return new;
        end if;
    elsif tg_op = 'UPDATE' and tg_table_name = 'audit_personal' then
        if new.value is null and new.salt is null and to_jsonb(new) - '{salt,value}'::text[]
           = to_jsonb(old) - '{salt,value}'::text[] then
            return new;
        end if;
    elsif tg_op = 'UPDATE' and tg_table_name = 'audit_head' then
        if pg_trigger_depth() > 1 and new.number = old.number + 1 and new.id = old.id then
            return new;
        end if;
    elsif tg_op = 'INSERT' then
        if tg_table_name = 'audit_entry' then
            if new.number is null then
                return new;
            end if;
        elsif pg_trigger_depth() > 1 and new.number = 0 then
            return new;
        end if;
    end if;
    raise exception 'the audit is only ever added to: % of % refused', lower(tg_op), tg_table_name
        using errcode = 'restrict_violation', constraint = 'audit_sealed';
end $do$
"""

AUDIT_TRIGGERS = (
    """create constraint trigger chained after insert on audit_entry deferrable initially deferred
       for each row execute function audit_chain()""",
    """create trigger sealed before insert or update or delete on audit_entry
       for each row execute function audit_sealed()""",
    """create trigger sealed before update or delete on audit_personal
       for each row execute function audit_sealed()""",
    """create trigger sealed before insert or update or delete on audit_head
       for each row execute function audit_sealed()""",
    """create trigger sealed before update or delete on audit_proof
       for each row execute function audit_sealed()""",
    *(
        f"""create trigger sealed_whole before truncate on {table}
            for each statement execute function audit_sealed()"""
        for table in ("audit_entry", "audit_personal", "audit_head", "audit_proof")
    ),
)

PEOPLE = (
    "alter table person drop constraint ck_person_status",
    """alter table person add constraint ck_person_status
       check (status in ('active', 'suspended', 'leaving', 'erased'))""",
    "create index idx_person_created on person (created_at, id)",
    "create index idx_role_grant_role on role_grant (role, person_id)",
    f"""
    create table api_key (
        {_ROW},
        person_id uuid not null,
        place int not null,
        name text not null,
        prefix text not null,
        hash bytea not null,
        scopes text[] not null,
        expires_at timestamptz,
        last_used_at timestamptz,
        constraint pk_api_key primary key (id),
        constraint fk_api_key_person_id foreign key (person_id) references person (id) on delete cascade,
        constraint uq_api_key_hash unique (hash),
        constraint uq_api_key_person_id_place unique (person_id, place),
        constraint ck_api_key_place check (place between 1 and 20)
    )
    """,
    f"""
    create table space_invitation (
        {_ROW},
        space_id uuid not null,
        email text not null,
        role text not null,
        language text not null,
        hash bytea not null,
        invited_by uuid not null,
        expires_at timestamptz not null,
        constraint pk_space_invitation primary key (id),
        constraint fk_space_invitation_space_id foreign key (space_id) references space (id) on delete cascade,
        constraint fk_space_invitation_invited_by foreign key (invited_by) references person (id) on delete cascade,
        constraint uq_space_invitation_hash unique (hash),
        constraint ck_space_invitation_role check (role in ('owner', 'member'))
    )
    """,
    """create unique index uq_space_invitation_space_id_lower_email
       on space_invitation (space_id, lower(email))""",
    "create index idx_space_invitation_lower_email on space_invitation (lower(email))",
    f"""
    create table data_export (
        {_ROW},
        person_id uuid not null,
        job_id uuid,
        state text not null default 'making',
        size bigint,
        expires_at timestamptz,
        constraint pk_data_export primary key (id),
        constraint fk_data_export_person_id foreign key (person_id) references person (id) on delete cascade,
        constraint ck_data_export_state check (state in ('making', 'ready')),
        constraint ck_data_export_ready check ((state = 'ready') = (size is not null and expires_at is not null))
    )
    """,
    "create unique index uq_data_export_making on data_export (person_id) where state = 'making'",
    "create index idx_data_export_person on data_export (person_id, created_at)",
    f"""
    create table erasure (
        {_ROW},
        person_id uuid not null,
        letter_id uuid,
        erased_at timestamptz,
        constraint pk_erasure primary key (id),
        constraint uq_erasure_person_id unique (person_id)
    )
    """,
)

# Someone must be able to let others in. Of two admins who take each other's role, the lock lets one go first, and the
# other then sees what that one did.
KEEP_AN_ADMIN = """
create function keep_an_admin() returns trigger language plpgsql as $do$
declare
    whose uuid;
begin
    if tg_table_name = 'role_grant' then
        if old.role <> 'admin' then
            return null;
        end if;
        whose := old.person_id;
    else
        if old.status <> 'active' or new.status = 'active' then
            return null;
        end if;
        whose := old.id;
        if not exists (select from {s}.role_grant where person_id = whose and role = 'admin') then
            return null;
        end if;
    end if;
    if exists (select from {s}.person where id = whose and is_demo) then
        return null;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('platform.keep_an_admin', 0));
    if not exists (
        select from {s}.person p join {s}.role_grant g on g.person_id = p.id and g.role = 'admin'
        where p.status = 'active' and not p.is_demo
    ) then
        raise exception 'no admin would be left'
            using errcode = 'restrict_violation', constraint = 'keep_an_admin';
    end if;
    return null;
end $do$
"""

# A space whose row is gone is being deleted whole; any other keeps an owner, whoever leaves at the same moment.
KEEP_AN_OWNER = """
create function keep_an_owner() returns trigger language plpgsql as $do$
begin
    if old.role <> 'owner' then
        return null;
    end if;
    perform 1 from {s}.space where id = old.space_id for update;
    if found and not exists (
        select from {s}.space_member where space_id = old.space_id and role = 'owner'
    ) then
        raise exception 'no owner would be left'
            using errcode = 'restrict_violation', constraint = 'keep_an_owner';
    end if;
    return null;
end $do$
"""

PEOPLE_TRIGGERS = (
    """create trigger keep_an_admin after update or delete on role_grant
       for each row execute function keep_an_admin()""",
    """create trigger keep_an_admin after update of status on person
       for each row execute function keep_an_admin()""",
    """create trigger keep_an_owner after update or delete on space_member
       for each row execute function keep_an_owner()""",
)

TABLES = (
    "erasure", "data_export", "space_invitation", "api_key",
    "audit_proof", "audit_head", "audit_personal", "audit_entry",
)  # fmt: skip
FUNCTIONS = ("audit_chain", "audit_sealed", "keep_an_admin", "keep_an_owner")


def upgrade() -> None:
    for statement in (*AUDIT, *PEOPLE):
        op.execute(statement)
    for function in (AUDIT_CHAIN, AUDIT_SEALED, KEEP_AN_ADMIN, KEEP_AN_OWNER):
        # Named in full inside: at run time search_path does not hold the schema.
        op.execute(function.replace("{s}", "platform"))
    for statement in (*AUDIT_TRIGGERS, *PEOPLE_TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    for table in ("role_grant", "person"):
        op.execute(f"drop trigger keep_an_admin on {table}")
    op.execute("drop trigger keep_an_owner on space_member")
    op.execute("drop index idx_person_created")
    op.execute("drop index idx_role_grant_role")
    op.execute("update person set status = 'active' where status = 'leaving'")
    op.execute("alter table person drop constraint ck_person_status")
    op.execute(
        "alter table person add constraint ck_person_status check (status in ('active', 'suspended', 'erased'))"
    )
    for table in TABLES:
        op.execute(f"drop table {table}")
    for function in FUNCTIONS:
        op.execute(f"drop function {function}()")
