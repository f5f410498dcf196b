import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { ApiError } from "#web/api/problem";
import { Icon } from "#web/ui/icons";
import { problemText } from "#web/ui/problemText";

const closable = () => ({ closeButtonProps: { "aria-label": i18next.t("close", { ns: "shell" }) } });

/** Something worked; said in a few words. */
export function toastDone(message: string, title?: string): void {
  notifications.show({ title, message, color: "teal", icon: <Icon name="check" size={18} />, ...closable() });
}

export function toastInfo(message: string, title?: string): void {
  notifications.show({ title, message, color: "gray", icon: <Icon name="info" size={18} />, ...closable() });
}

/** A failure that no part of the screen shows. */
export function toastProblem(error: unknown): void {
  const { title, text } = problemText(error);
  const reference = error instanceof ApiError && error.status >= 500 ? error.reference : undefined;
  notifications.show({
    title,
    message: reference ? `${text} (${reference})` : text,
    color: "red",
    icon: <Icon name="alert" size={18} />,
    autoClose: 10_000,
    role: "alert",
    ...closable(),
  });
}
