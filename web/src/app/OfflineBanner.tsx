import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "#web/ui/icons";
import classes from "./OfflineBanner.module.css";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Says that the connection is gone, and goes by itself when it is back. */
export function OfflineBanner() {
  const { t } = useTranslation("shell");
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status" className={classes.region}>
      {online ? null : (
        <p className={classes.banner}>
          <Icon name="offline" size={18} />
          {t("offline")}
        </p>
      )}
    </div>
  );
}
