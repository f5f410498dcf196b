import { useIsFetching } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "#web/app/live/live";
import { Icon } from "#web/ui/icons";
import classes from "./OfflineBanner.module.css";

/** A stream that breaks and is back within this is nobody's concern. */
const PATIENCE_MS = 8_000;
const GOOD_NEWS_MS = 5_000;

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

type Standing = "fine" | "offline" | "returning" | "returned";

/**
 * From the connection, the stream and the questions that are open: "returned" only when the stream has caught up and
 * every answer is there.
 */
function useStanding(): Standing {
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  const live = useLive();
  const asking = useIsFetching() > 0;
  const [standing, setStanding] = useState<Standing>("fine");
  const caughtUp = online && live !== "down" && !asking;

  useEffect(() => {
    if (!online) {
      setStanding("offline");
      return;
    }
    setStanding((before) => (before === "offline" ? "returning" : before));
    if (live !== "down") return;
    const timer = setTimeout(() => setStanding("returning"), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [online, live]);

  useEffect(() => {
    if (standing !== "returning" || !caughtUp) return;
    setStanding("returned");
  }, [standing, caughtUp]);

  useEffect(() => {
    if (standing !== "returned") return;
    const timer = setTimeout(() => setStanding("fine"), GOOD_NEWS_MS);
    return () => clearTimeout(timer);
  }, [standing]);

  return standing;
}

/** Tells the truth about the connection: gone, coming back, back with nothing missed. Goes by itself. */
export function OfflineBanner() {
  const { t } = useTranslation("shell");
  const standing = useStanding();
  return (
    <div role="status" className={classes.region}>
      {standing === "fine" ? null : (
        <p className={classes.banner} data-standing={standing}>
          <Icon
            name={standing === "returned" ? "check" : standing === "returning" ? "refresh" : "offline"}
            size={18}
          />
          {t(standing)}
        </p>
      )}
    </div>
  );
}
