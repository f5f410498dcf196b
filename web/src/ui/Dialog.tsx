import { Modal, type ModalProps } from "@mantine/core";
import { useTranslation } from "react-i18next";

type DialogProps = Pick<
  ModalProps,
  "opened" | "onClose" | "title" | "children" | "size" | "closeOnClickOutside"
>;

/** A dialog's frame, the same everywhere: title, a button to close it that can be hit and read, focus kept inside. */
export function Dialog(props: DialogProps) {
  const { t } = useTranslation("shell");
  return (
    <Modal
      {...props}
      closeButtonProps={{ "aria-label": t("close"), size: 44 }}
      styles={{ title: { fontWeight: 700, fontSize: "1.125rem" } }}
    />
  );
}
