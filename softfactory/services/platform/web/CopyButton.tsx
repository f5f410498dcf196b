import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "#web/ui/icons";
import { toastInfo } from "#web/ui/toasts";

/** Copies a text and says so for a moment. Without a clipboard (http) it says to select the text instead. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation("platform/security");
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const later = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(later);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      toastInfo(t("copy.none"));
    }
  };
  return (
    <Button
      variant="default"
      leftSection={<Icon name={copied ? "check" : "copy"} size={18} />}
      onClick={() => void copy()}
      style={{ flex: "none" }}
    >
      <span aria-live="polite">{copied ? t("copy.done") : label}</span>
    </Button>
  );
}
