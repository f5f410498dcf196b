import { Stack } from "@mantine/core";
import { Exports } from "./Exports";
import { Leaving } from "./Leaving";

/** A person's data: to have, and to have erased. */
export function Data() {
  return (
    <Stack gap="xl">
      <Exports />
      <Leaving />
    </Stack>
  );
}
