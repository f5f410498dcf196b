import type { OwnChef, ProfileWish } from "../types";

/** A profile while it is being written: absent words are empty ones, and the region may still be open. */
export interface ProfileDraft extends Omit<ProfileWish, "name_en" | "headline_en" | "bio_en" | "region"> {
  name_en: string;
  headline_en: string;
  bio_en: string;
  region: ProfileWish["region"] | null;
}

export const CHOICES_MOST = 5;

export const emptyProfile = (name: string): ProfileDraft => ({
  name,
  name_en: "",
  headline: "",
  headline_en: "",
  bio: "",
  bio_en: "",
  cuisines: [],
  region: null,
  city: "",
  languages: ["ko"],
  policy: "moderate",
  instant: false,
});

export const draftOfProfile = (own: OwnChef): ProfileDraft => ({
  name: own.name,
  name_en: own.name_en ?? "",
  headline: own.headline,
  headline_en: own.headline_en ?? "",
  bio: own.bio,
  bio_en: own.bio_en ?? "",
  cuisines: own.cuisines,
  region: own.region,
  city: own.city,
  languages: own.languages,
  policy: own.policy,
  instant: own.instant,
});

const blank = (text: string): string | null => text.trim() || null;

export function profileWish(draft: ProfileDraft): ProfileWish {
  return {
    ...draft,
    name: draft.name.trim(),
    headline: draft.headline.trim(),
    name_en: blank(draft.name_en),
    headline_en: blank(draft.headline_en),
    bio_en: blank(draft.bio_en),
    region: draft.region ?? "seoul",
  };
}

/** Only what differs is sent: two windows that change different fields do not undo each other. */
export function profileChanges(draft: ProfileDraft, saved: ProfileDraft): Partial<ProfileWish> {
  const [now, before] = [profileWish(draft), profileWish(saved)];
  const differing = (Object.keys(now) as (keyof ProfileWish)[]).filter(
    (field) => JSON.stringify(now[field]) !== JSON.stringify(before[field]),
  );
  return Object.fromEntries(differing.map((field) => [field, now[field]]));
}

export type ProfileProblem = "name" | "headline" | "cuisines" | "region" | "languages";

export function profileProblems(draft: ProfileDraft): Partial<Record<ProfileProblem, true>> {
  const few = (list: readonly unknown[]) => list.length >= 1 && list.length <= CHOICES_MOST;
  return {
    ...(draft.name.trim() ? {} : { name: true }),
    ...(draft.headline.trim() ? {} : { headline: true }),
    ...(few(draft.cuisines) ? {} : { cuisines: true }),
    ...(draft.region ? {} : { region: true }),
    ...(few(draft.languages) ? {} : { languages: true }),
  };
}
