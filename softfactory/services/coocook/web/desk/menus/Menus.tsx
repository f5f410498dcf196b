import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "#web/ui/ConfirmDialog";
import { EmptyState } from "#web/ui/EmptyState";
import { ErrorState } from "#web/ui/ErrorState";
import { Icon } from "#web/ui/icons";
import { Money } from "#web/ui/Money";
import { RowsSkeleton } from "#web/ui/Skeletons";
import { toastDone } from "#web/ui/toasts";
import { useFilters } from "#web/ui/useFilters";
import { Cover } from "../../parts/ChefPicture";
import { Duration } from "../../parts/MenuCard";
import { useMenus } from "../../parts/queries";
import type { Menu } from "../../parts/types";
import type { OwnChef } from "../types";
import { MenuEditor } from "./MenuEditor";
import classes from "./Menus.module.css";
import { withdraw } from "./offer";

interface RowProps {
  menu: Menu;
  hints: readonly string[];
  onEdit: () => void;
  onWithdraw: () => void;
}

function Row({ menu, hints, onEdit, onWithdraw }: RowProps) {
  const { t } = useTranslation("coocook/desk");
  return (
    <article className={classes.row}>
      <span className={classes.picture}>
        <Cover picture={menu.picture} hints={hints} />
      </span>
      <div className={classes.words}>
        <h3>{menu.name}</h3>
        <p className={classes.facts}>
          <b>
            <Money value={menu.price_per_guest} />
          </b>{" "}
          {t("coocook:menu.perGuest")} ·{" "}
          {menu.min_party === menu.max_party
            ? t("coocook:guests", { count: menu.max_party })
            : t("coocook:menu.party", { min: menu.min_party, max: menu.max_party })}{" "}
          · <Duration minutes={menu.duration_minutes} />
        </p>
        <p className={classes.dishes}>{menu.dishes.map((dish) => dish.name).join(" · ")}</p>
      </div>
      <Group gap="xs" className={classes.actions}>
        <Button variant="default" aria-label={t("menus.editOf", { name: menu.name })} onClick={onEdit}>
          {t("menus.edit")}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          aria-label={t("menus.withdrawOf", { name: menu.name })}
          onClick={onWithdraw}
        >
          {t("menus.withdraw")}
        </Button>
      </Group>
    </article>
  );
}

/** What the chef offers; one of them open for writing when the address names it. */
export function Menus({ own }: { own: OwnChef }) {
  const { t } = useTranslation("coocook/desk");
  const client = useQueryClient();
  const { values, set } = useFilters(["menu"] as const);
  const menus = useMenus(own.id);
  const [leaving, setLeaving] = useState<Menu | null>(null);
  const withdrawing = useMutation({
    mutationFn: withdraw,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["coocook", "menus"] });
      toastDone(t("menus.withdrawn"));
    },
    onSettled: () => setLeaving(null),
  });

  if (menus.isPending) return <RowsSkeleton count={3} height={124} />;
  if (!menus.data) return <ErrorState error={menus.error} onRetry={menus.refetch} />;
  if (values.menu) {
    return (
      <MenuEditor
        key={values.menu}
        own={own}
        menus={menus.data}
        menuId={values.menu === "new" ? null : values.menu}
        onDone={() => set({ menu: undefined })}
      />
    );
  }
  const add = (
    <Button leftSection={<Icon name="plus" size={18} />} onClick={() => set({ menu: "new" })}>
      {t("menus.add")}
    </Button>
  );
  if (menus.data.length === 0)
    return <EmptyState title={t("menus.none")} text={t("menus.noneText")} action={add} />;
  return (
    <section aria-labelledby="menus">
      <Group justify="space-between" mb="md" align="end">
        <div>
          <h2 id="menus" className={classes.title}>
            {t("menus.title")}
          </h2>
          <p className={classes.facts}>{t("menus.text")}</p>
        </div>
        {add}
      </Group>
      <div className={classes.list}>
        {menus.data.map((menu) => (
          <Row
            key={menu.id}
            menu={menu}
            hints={own.cuisines}
            onEdit={() => set({ menu: menu.id })}
            onWithdraw={() => setLeaving(menu)}
          />
        ))}
      </div>
      <ConfirmDialog
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
        onConfirm={() => {
          if (leaving) withdrawing.mutate(leaving);
        }}
        title={t("menus.withdrawTitle", { name: leaving?.name })}
        confirm={t("menus.withdrawConfirm")}
        pending={withdrawing.isPending}
        dangerous
      >
        {t("menus.withdrawText")}
      </ConfirmDialog>
    </section>
  );
}
