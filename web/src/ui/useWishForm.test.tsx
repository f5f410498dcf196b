import { MantineProvider, TextInput } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import { beforeAll, expect, it, vi } from "vitest";
import { ApiError } from "#web/api/problem";
import { FormErrors } from "#web/ui/FormErrors";
import { useWishForm } from "#web/ui/useWishForm";

const shape = { name: { required: true, minLength: 2 }, code: { required: true } } as const;
const refusal = new ApiError({
  title: "",
  status: 422,
  code: "validation",
  detail: "",
  errors: [{ field: "name", code: "taken", message: "That name is taken." }],
});

beforeAll(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
});

function Sample({ onSend }: { onSend: (values: { name: string; code: string }) => void }) {
  const { field, submit, problem, refuse, done } = useWishForm({
    shape,
    initial: { name: "", code: "" },
    slot: "sample",
    secret: ["code"],
    say: { name: "A name of two letters" },
  });
  return (
    <form onSubmit={submit(onSend)} noValidate>
      <FormErrors error={problem} labels={{ name: "Name", code: "Code" }} />
      <TextInput label="Name" {...field("name")} />
      <TextInput label="Code" {...field("code")} />
      <button type="submit">Send</button>
      <button type="button" onClick={() => refuse(refusal)}>
        Refuse
      </button>
      <button type="button" onClick={done}>
        Done
      </button>
    </form>
  );
}

const show = (onSend = vi.fn()) => {
  const { unmount } = render(
    <MantineProvider env="test">
      <Sample onSend={onSend} />
    </MantineProvider>,
  );
  return { onSend, unmount };
};
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

it("says what is wrong beside the field and above the form, and sends nothing", () => {
  const { onSend } = show();
  type("Name", "a");
  type("Code", "1");
  fireEvent.click(screen.getByText("Send"));
  expect(onSend).not.toHaveBeenCalled();
  expect(screen.getAllByText(/A name of two letters/)).toHaveLength(2);
  expect(document.activeElement).toBe(screen.getByRole("alert"));
  fireEvent.click(screen.getByRole("link", { name: "Name" }));
  expect(document.activeElement).toBe(screen.getByLabelText("Name"));
  type("Name", "ab");
  fireEvent.click(screen.getByText("Send"));
  expect(onSend).toHaveBeenCalledWith({ name: "ab", code: "1" });
  expect(screen.queryByRole("alert")).toBeNull();
});

it("shows the server's refusal beside its field", () => {
  show();
  fireEvent.click(screen.getByText("Refuse"));
  expect(screen.getByText("That name is taken.")).toBeDefined();
});

it("keeps what was typed across a reload, never a secret, until it was taken", () => {
  const first = show();
  type("Name", "Haneul");
  type("Code", "hush");
  first.unmount();
  const second = show();
  expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("Haneul");
  expect(screen.getByLabelText<HTMLInputElement>("Code").value).toBe("");
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("hush");
  fireEvent.click(screen.getByText("Done"));
  second.unmount();
  show();
  expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("");
});
