import { acts } from "#web/dev/entries/acts";
import { charts } from "#web/dev/entries/charts";
import { data } from "#web/dev/entries/data";
import { forms } from "#web/dev/entries/forms";
import { pictures } from "#web/dev/entries/pictures";
import { states } from "#web/dev/entries/states";
import type { Group } from "#web/dev/entry";

export const groups: readonly Group[] = [data, charts, states, acts, forms, pictures];
