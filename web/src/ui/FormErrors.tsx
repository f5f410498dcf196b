import { Alert, Anchor, List } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, fieldErrors } from "#web/api/problem";
import { Icon } from "#web/ui/icons";
import { problemText } from "#web/ui/problemText";

interface FormErrorsProps {
  /** What the last attempt threw. */
  error: unknown;
  /** Fields with a control of their own, and what the form calls them; their ids are the fields' names. */
  labels: Record<string, string>;
}

/** Why a form was not taken, above it: each field's message leads to its control. Takes focus when it appears. */
export function FormErrors({ error, labels }: FormErrorsProps) {
  const { t } = useTranslation("shell");
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (error) box.current?.focus();
  }, [error]);

  if (!error) return null;
  const { text } = problemText(error);
  const messages = Object.entries(fieldErrors(error));
  const reference = error instanceof ApiError && error.status >= 500 ? error.reference : undefined;
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      role="alert"
      color="red"
      variant="light"
      icon={<Icon name="alert" />}
      title={messages.length > 0 ? t("form.check") : text}
    >
      {messages.length > 0 ? (
        <List size="sm" spacing={4}>
          {messages.map(([field, message]) => (
            <List.Item key={field}>
              {labels[field] ? (
                <Anchor
                  inherit
                  c="inherit"
                  underline="always"
                  href={`#${field}`}
                  onClick={(event) => {
                    event.preventDefault();
                    document.getElementById(field)?.focus();
                  }}
                >
                  {labels[field]}
                </Anchor>
              ) : null}
              {labels[field] ? ": " : ""}
              {message}
            </List.Item>
          ))}
        </List>
      ) : null}
      {reference ? `${t("error.reference")} ${reference}` : null}
    </Alert>
  );
}
