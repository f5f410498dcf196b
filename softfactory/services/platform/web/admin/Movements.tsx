import { useTranslation } from "react-i18next";
import type { MovementView } from "#web/api/generated";
import { together } from "#web/app/together";
import { formatMoney } from "#web/ui/format";
import { TextLink } from "#web/ui/Link";
import classes from "./Money.module.css";
import { When } from "./parts";

/** An amount with its sign: in a ledger the direction is the meaning. */
export const signed = (amount: number): string =>
  `${amount > 0 ? "+" : amount < 0 ? "−" : ""}${formatMoney({ amount: Math.abs(amount) })}`;

/** Who owns an account: a name where there is one, else what the platform calls it, else the id's beginning. */
export function useOwner(): (owner: string, name: string | null) => string {
  const { t } = useTranslation("platform/admin");
  return (owner, name) => {
    const short = owner.length > 20 ? `${owner.slice(0, 8)}…` : owner;
    return name ? together(name) : t(`ledger.known.${owner}`, { defaultValue: short });
  };
}

export function Entries({ movement }: { movement: MovementView }) {
  const { t } = useTranslation("platform/admin");
  const ownerOf = useOwner();
  return (
    <ul className={classes.entries}>
      {movement.entries.map((entry) => (
        <li key={entry.account_id}>
          <span>
            <TextLink to={`/admin/ledger/${entry.account_id}`}>{t(`ledger.kind.${entry.kind}`)}</TextLink>
            {"\u00a0· "}
            {ownerOf(entry.owner, entry.owner_name)}
          </span>
          <span>{signed(entry.amount.amount)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Movements of money with their entries, as they happened. */
export function Movements({ movements }: { movements: readonly MovementView[] }) {
  const { t } = useTranslation("platform/admin");
  if (movements.length === 0) return <p className={classes.quiet}>{t("ledger.nothing")}</p>;
  return (
    <ol className={classes.list}>
      {movements.map((movement) => (
        <li key={movement.id} className={classes.movement}>
          <div className={classes.movementHead}>
            <TextLink to={`/admin/ledger/movements/${movement.id}`}>
              {t(`ledger.source.${movement.source_kind}`, movement.source_kind)}
            </TextLink>
            <span className={classes.quiet}>
              <When at={movement.at} />
            </span>
          </div>
          <Entries movement={movement} />
        </li>
      ))}
    </ol>
  );
}
