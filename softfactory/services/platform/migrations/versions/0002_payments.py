"""Orders, payments, refunds, payouts, the ledger with its guards, and the sandbox's own books."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ROW = "id uuid not null, created_at timestamptz not null default sf_now()"

PAYMENTS = (
    f"""
    create table payment_order (
        {_ROW},
        buyer_id uuid not null,
        space_id uuid not null,
        subject_kind text not null,
        subject_id uuid not null,
        amount bigint not null,
        currency text not null default 'KRW',
        title_ko text not null,
        title_en text not null,
        lines jsonb not null,
        state text not null default 'open',
        constraint pk_payment_order primary key (id),
        constraint ck_payment_order_state check (state in ('open', 'paying', 'paid', 'cancelled')),
        constraint ck_payment_order_amount check (amount > 0)
    )
    """,
    """create unique index uq_payment_order_live_subject on payment_order (subject_kind, subject_id)
       where state <> 'cancelled'""",
    "create index idx_payment_order_buyer on payment_order (buyer_id, id)",
    f"""
    create table payment (
        {_ROW},
        order_id uuid not null,
        buyer_id uuid not null,
        provider text not null,
        payment_key text not null,
        amount bigint not null,
        state text not null default 'pinning',
        captured bigint not null default 0,
        promised bigint not null default 0,
        refunded bigint not null default 0,
        held_in text,
        failure_code text,
        provider_reference text,
        seller_answer text,
        asked_at timestamptz not null default sf_now(),
        settled_at timestamptz,
        constraint pk_payment primary key (id),
        constraint fk_payment_order_id foreign key (order_id) references payment_order (id),
        constraint ck_payment_state check (
            state in ('pinning', 'capturing', 'unknown', 'captured', 'failed', 'discrepant', 'returned')),
        constraint ck_payment_amount check (amount > 0),
        constraint ck_payment_refunds check (0 <= refunded and refunded <= promised and promised <= captured),
        constraint ck_payment_held_in check (held_in in ('escrow', 'discrepancy')),
        constraint ck_payment_captured_is_held check ((captured > 0) = (held_in is not null)),
        constraint ck_payment_seller_answer check (seller_answer in ('accepted', 'refused', 'released'))
    )
    """,
    "create unique index uq_payment_live_order on payment (order_id) where state not in ('failed', 'returned')",
    "create unique index uq_payment_provider_key on payment (provider, payment_key) where provider <> 'sandbox'",
    "create index idx_payment_buyer on payment (buyer_id, id)",
    "create index idx_payment_order on payment (order_id, id)",
    "create index idx_payment_unresolved on payment (asked_at) where state in ('pinning', 'capturing', 'unknown')",
    """create index idx_payment_seller_untold on payment (settled_at)
       where seller_answer is null and settled_at is not null""",
    "create index idx_payment_discrepant on payment (id) where state = 'discrepant'",
    f"""
    create table payment_event (
        {_ROW},
        payment_id uuid not null,
        kind text not null,
        facts jsonb not null,
        constraint pk_payment_event primary key (id),
        constraint fk_payment_event_payment_id foreign key (payment_id) references payment (id)
    )
    """,
    "create index idx_payment_event_payment on payment_event (payment_id, id)",
    f"""
    create table refund (
        {_ROW},
        payment_id uuid not null,
        amount bigint not null,
        reason text not null,
        source text not null,
        actor_id uuid,
        state text not null default 'requested',
        provider_reference text,
        refusal_code text,
        done_at timestamptz,
        constraint pk_refund primary key (id),
        constraint fk_refund_payment_id foreign key (payment_id) references payment (id),
        constraint ck_refund_amount check (amount > 0),
        constraint ck_refund_state check (state in ('requested', 'done', 'refused')),
        constraint ck_refund_source check (source in ('seller', 'operator', 'undelivered', 'late'))
    )
    """,
    "create index idx_refund_payment on refund (payment_id, id)",
    "create index idx_refund_requested on refund (created_at) where state = 'requested'",
    f"""
    create table payout (
        {_ROW},
        order_id uuid not null,
        payee_id uuid not null,
        gross bigint not null,
        fee bigint not null,
        net bigint not null,
        constraint pk_payout primary key (id),
        constraint fk_payout_order_id foreign key (order_id) references payment_order (id),
        constraint ck_payout_sum check (fee >= 0 and net >= 0 and gross = fee + net)
    )
    """,
    "create index idx_payout_order on payout (order_id)",
    "create index idx_payout_payee on payout (payee_id, id)",
    f"""
    create table payment_webhook (
        {_ROW},
        provider text not null,
        event_id text not null,
        payment_id uuid not null,
        constraint pk_payment_webhook primary key (id),
        constraint uq_payment_webhook_provider_event_id unique (provider, event_id)
    )
    """,
)

LEDGER = (
    f"""
    create table ledger_account (
        {_ROW},
        kind text not null,
        owner text not null,
        balance bigint,
        constraint pk_ledger_account primary key (id),
        constraint uq_ledger_account_kind_owner unique (kind, owner),
        constraint ck_ledger_account_kind check (
            kind in ('provider_clearing', 'escrow', 'refunding', 'wallet', 'platform_fee', 'discrepancy')),
        constraint ck_ledger_account_balance_kept check (
            (kind in ('escrow', 'refunding', 'wallet')) = (balance is not null)),
        constraint ck_ledger_account_never_negative check (balance >= 0)
    )
    """,
    f"""
    create table ledger_transaction (
        {_ROW},
        source_kind text not null,
        source_id uuid not null,
        entries int not null,
        constraint pk_ledger_transaction primary key (id),
        constraint uq_ledger_transaction_source_kind_source_id unique (source_kind, source_id),
        constraint ck_ledger_transaction_entries check (entries >= 2)
    )
    """,
    f"""
    create table ledger_entry (
        {_ROW},
        transaction_id uuid not null,
        account_id uuid not null,
        amount bigint not null,
        constraint pk_ledger_entry primary key (id),
        constraint fk_ledger_entry_transaction_id foreign key (transaction_id) references ledger_transaction (id),
        constraint fk_ledger_entry_account_id foreign key (account_id) references ledger_account (id),
        constraint ck_ledger_entry_amount check (amount <> 0)
    )
    """,
    "create index idx_ledger_entry_account on ledger_entry (account_id, created_at)",
    "create index idx_ledger_entry_transaction on ledger_entry (transaction_id)",
)

# The balance moves with the entry, so that the account's own check refuses what would overdraw it.
KEEP_BALANCE = """
create function ledger_keep_balance() returns trigger language plpgsql as $do$
begin
    update {s}.ledger_account set balance = balance + new.amount where id = new.account_id and balance is not null;
    return null;
end $do$
"""

# At commit: a movement takes as much as it gives, in as many entries as it said. So it cannot grow later either.
BALANCED = """
create function ledger_balanced() returns trigger language plpgsql as $do$
declare
    moved uuid;
    total numeric;
    made int;
    meant int;
begin
    if tg_table_name = 'ledger_entry' then
        moved := new.transaction_id;
    else
        moved := new.id;
    end if;
    select entries into meant from {s}.ledger_transaction where id = moved;
    select sum(amount), count(*) into total, made from {s}.ledger_entry where transaction_id = moved;
    if made <> meant or total <> 0 then
        raise exception 'ledger transaction %: % of % entries, sum %', moved, made, meant, total
            using errcode = 'check_violation', constraint = 'ledger_balanced';
    end if;
    return null;
end $do$
"""

SEALED = """
create function ledger_sealed() returns trigger language plpgsql as $do$
begin
    raise exception 'the ledger is only ever added to: % of % refused', lower(tg_op), tg_table_name
        using errcode = 'restrict_violation', constraint = 'ledger_sealed';
end $do$
"""

# An account's owner and kind are for ever, and its balance moves with entries only: from inside the trigger above.
ACCOUNT_SEALED = """
create function ledger_account_sealed() returns trigger language plpgsql as $do$
begin
    if tg_op = 'UPDATE' and pg_trigger_depth() > 1 and new.kind = old.kind and new.owner = old.owner
       and new.id = old.id then
        return new;
    end if;
    if tg_op = 'INSERT' and coalesce(new.balance, 0) = 0 then
        return new;
    end if;
    raise exception 'a ledger account changes by entries only: % refused', lower(tg_op)
        using errcode = 'restrict_violation', constraint = 'ledger_account_sealed';
end $do$
"""

TRIGGERS = (
    "create trigger keep_balance after insert on ledger_entry for each row execute function ledger_keep_balance()",
    """create constraint trigger balanced after insert on ledger_entry deferrable initially deferred
       for each row execute function ledger_balanced()""",
    """create constraint trigger balanced after insert on ledger_transaction deferrable initially deferred
       for each row execute function ledger_balanced()""",
    """create trigger sealed before update or delete or truncate on ledger_entry
       for each statement execute function ledger_sealed()""",
    """create trigger sealed before update or delete or truncate on ledger_transaction
       for each statement execute function ledger_sealed()""",
    """create trigger sealed before insert or update or delete on ledger_account
       for each row execute function ledger_account_sealed()""",
    """create trigger sealed_whole before truncate on ledger_account
       for each statement execute function ledger_sealed()""",
)

SANDBOX = (
    f"""
    create table sandbox_charge (
        {_ROW},
        charge_key uuid not null,
        payment_key text not null,
        amount bigint not null,
        cancelled bigint not null default 0,
        state text not null,
        visible_at timestamptz not null default sf_now(),
        constraint pk_sandbox_charge primary key (id),
        constraint uq_sandbox_charge_charge_key unique (charge_key),
        constraint ck_sandbox_charge_state check (state in ('captured', 'declined', 'voided')),
        constraint ck_sandbox_charge_cancelled check (0 <= cancelled and cancelled <= amount)
    )
    """,
    "create index idx_sandbox_charge_created on sandbox_charge (created_at, id)",
    f"""
    create table sandbox_cancel (
        {_ROW},
        charge_id uuid not null,
        cancel_key uuid not null,
        amount bigint not null,
        constraint pk_sandbox_cancel primary key (id),
        constraint fk_sandbox_cancel_charge_id foreign key (charge_id) references sandbox_charge (id),
        constraint uq_sandbox_cancel_cancel_key unique (cancel_key),
        constraint ck_sandbox_cancel_amount check (amount > 0)
    )
    """,
    "create index idx_sandbox_cancel_charge on sandbox_cancel (charge_id)",
    f"""
    create table sandbox_webhook (
        {_ROW},
        charge_id uuid not null,
        event_id text not null,
        due_at timestamptz not null,
        sent_at timestamptz,
        constraint pk_sandbox_webhook primary key (id),
        constraint fk_sandbox_webhook_charge_id foreign key (charge_id) references sandbox_charge (id)
    )
    """,
    "create index idx_sandbox_webhook_due on sandbox_webhook (due_at) where sent_at is null",
)

TABLES = (
    "sandbox_webhook", "sandbox_cancel", "sandbox_charge", "ledger_entry", "ledger_transaction", "ledger_account",
    "payment_webhook", "payout", "refund", "payment_event", "payment", "payment_order",
)  # fmt: skip
FUNCTIONS = (
    "ledger_keep_balance", "ledger_balanced", "ledger_sealed", "ledger_account_sealed",
)  # fmt: skip


def upgrade() -> None:
    for statement in (*PAYMENTS, *LEDGER):
        op.execute(statement)
    for function in (KEEP_BALANCE, BALANCED, SEALED, ACCOUNT_SEALED):
        # Named in full inside: at run time search_path does not hold the schema.
        op.execute(function.replace("{s}", "platform"))
    for statement in (*TRIGGERS, *SANDBOX):
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"drop table {table}")
    for function in FUNCTIONS:
        op.execute(f"drop function {function}()")
