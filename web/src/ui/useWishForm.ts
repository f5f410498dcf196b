import { type UseFormReturnType, useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, fieldErrors } from "#web/api/problem";
import { recall, remember } from "#web/app/memory";
import { brokenRule, type Shape } from "#web/ui/shape";

interface WishFormOptions<Values> {
  /** Of the request's body: `import { RegisterWishShape } from "#web/api/generated/shapes.gen"`. */
  shape: Shape;
  initial: Values;
  /** Keeps what is typed in this tab, across a reload and the back button: a name that no other form has. */
  slot?: string;
  /** Never kept: passwords, codes, cards. */
  secret?: readonly (keyof Values & string)[];
  /** Says it better than the general sentence, for a field that breaks any rule. */
  say?: Partial<Record<keyof Values & string, string>>;
  /** Rules that a shape cannot say: an end after a start. Messages by field. */
  more?: (values: Values) => Partial<Record<keyof Values & string, string>>;
}

export interface WishForm<Values> {
  form: UseFormReturnType<Values>;
  /** The props of a field's control: id, bounds, value, message. */
  field: (name: keyof Values & string) => Record<string, unknown>;
  /** For `onSubmit`: checks, and sends only what the server would take. */
  submit: (send: (values: Values) => void) => (event?: React.SyntheticEvent<HTMLFormElement>) => void;
  /** What the last attempt broke here, in the shape of the server's refusals: for `FormErrors`, before its own error. */
  problem: ApiError | null;
  /** Show the server's refusal beside its fields; for a mutation's `onError`. */
  refuse: (error: unknown) => void;
  /** The wish was taken: forget what was kept. */
  done: () => void;
}

function read<Values>(slot: string | null): Partial<Values> {
  try {
    const kept: unknown = slot ? JSON.parse(recall(slot, "tab") ?? "{}") : {};
    return kept && typeof kept === "object" ? (kept as Partial<Values>) : {};
  } catch {
    return {};
  }
}

/**
 * A form that sends one wish to the API: it checks as the server does, says what is wrong beside the field and above
 * the form, and keeps what was typed.
 */
export function useWishForm<Values extends Record<string, unknown>>(
  options: WishFormOptions<Values>,
): WishForm<Values> {
  const { t } = useTranslation("shell");
  const { shape, secret = [], say, more } = options;
  const slot = options.slot ? `sf.form.${options.slot}` : null;
  const [problem, setProblem] = useState<ApiError | null>(null);

  const check = (values: Values): Record<string, string> => {
    const wrong: Record<string, string> = {};
    for (const name of Object.keys(values)) {
      const broken = brokenRule(shape[name], values[name]);
      if (broken) wrong[name] = say?.[name] ?? t(`rule.${broken.rule}`, { count: broken.count });
    }
    for (const [name, message] of Object.entries(more?.(values) ?? {})) {
      if (message) wrong[name] ??= message as string;
    }
    return wrong;
  };

  const form = useForm<Values>({
    initialValues: { ...options.initial, ...read<Values>(slot) },
    validate: check,
    validateInputOnBlur: true,
    onValuesChange: (values) => {
      if (!slot) return;
      const kept = Object.entries(values).filter(([name]) => !secret.includes(name));
      remember(slot, JSON.stringify(Object.fromEntries(kept)), "tab");
    },
  });

  return {
    form,
    field: (name) => ({
      id: name,
      required: !!shape[name]?.required,
      withAsterisk: false,
      // No maxLength: a browser would cut what is pasted, and say nothing.
      min: shape[name]?.minimum,
      max: shape[name]?.maximum,
      ...form.getInputProps(name as never),
    }),
    submit: (send) =>
      form.onSubmit(
        (values) => {
          setProblem(null);
          send(values);
        },
        (wrong) => {
          const errors = Object.entries(wrong).map(([field, message]) => ({
            field,
            code: "invalid",
            message: String(message),
          }));
          setProblem(new ApiError({ title: "", status: 422, code: "validation", detail: "", errors }));
        },
      ),
    problem,
    refuse: (error) => form.setErrors(fieldErrors(error)),
    done: () => {
      if (slot) remember(slot, null, "tab");
    },
  };
}
