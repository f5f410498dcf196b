import type { ComponentType } from "react";
import type { IconName } from "#web/ui/icons";
import type { Tint } from "#web/ui/theme";

export type Language = "ko" | "en";
export type Text = Record<Language, string>;
export type Role = "guest" | "chef" | "admin" | "brand" | "influencer" | "student" | "operator";

/** Who may open a screen: everybody, whoever is signed in, or whoever has one of these roles. */
export type Access = "anyone" | "signed-in" | readonly Role[];

export interface Screen {
  /** An address as TanStack Router writes it: `/chefs/$chefId`. */
  path: string;
  /** The key of the component in the service's `screens.tsx`. */
  screen: string;
  title: Text;
  /** What one does here, under the heading: stands there before anything is known (`useLead`). */
  lead?: Text;
  access: Access;
  /** For what other sites show of a shared address: an open address of the API, and its fields for title and text. */
  preview?: { api: string; title: string; text: string };
}

export interface NavEntry {
  path: string;
  label: Text;
  icon: IconName;
  /** Ascending, across all services. */
  order: number;
  /** Only people who may open it see it. */
  access: Access;
  /** Also in the bar at the bottom of a phone, which holds five. */
  onPhone?: boolean;
  /** Stands in the side navigation of `/admin`, in this group, and not in the header. */
  admin?: AdminGroup;
  /** The kinds of waiting things (`/api/<service>/admin/waiting`) that are counted beside it, over all services. */
  waiting?: readonly string[];
  /** The letter that leads here after `g`. */
  key?: string;
}

/** The groups of the admin area's navigation, in order. */
export const ADMIN_GROUPS = ["people", "money", "machine"] as const;
export type AdminGroup = (typeof ADMIN_GROUPS)[number];

/** What a person was told: something of a kind changed. `says` names a sentence of `messages/live.*.json`. */
export interface Notice {
  /** Ascending per person, without gaps: also the cursor after it. */
  number: number;
  kind: string;
  subject_id: string | null;
  says: string | null;
  created_at: string;
}

/** What a line under the bell's sentence is told: the code of the sentence, and the id of its thing. */
export interface AboutProps {
  says: string;
  subject: string;
}

/** What a screen of this service does when a thing of a kind changed. */
export interface LiveKind {
  /** Query keys (or their beginnings) to ask anew. */
  refresh: readonly (readonly unknown[])[];
  /** Where the bell's sentence leads. */
  to?: (notice: { says: string; subject: string | null }) => {
    path: string;
    search?: Record<string, string>;
  };
  /** Beside the bell's sentence. */
  icon?: IconName;
  /** Which one it is about, in a line under the sentence; fetched when the bell is opened. */
  about?: () => Promise<{ default: ComponentType<AboutProps> }>;
  /** What the person may do has changed: the token is renewed, and the menus with it. */
  renews?: boolean;
}

/** A message file, fetched when one of the service's screens is first opened. */
export type Messages = () => Promise<{ default: Record<string, unknown> }>;

/** The eager part of a service's screens: small data, no components. Everything else loads with its first screen. */
export interface Feature {
  /** The service's folder name; also its i18next namespace. */
  name: string;
  title: Text;
  summary: Text;
  icon: IconName;
  tint: Tint;
  order: number;
  /** Where a visitor starts, when the service is open; a service without it is announced as coming. */
  home?: string;
  screens: readonly Screen[];
  nav: readonly NavEntry[];
  /** Kinds of notices that this service tells (`coocook.booking`), see `app/live/`. */
  live?: Readonly<Record<string, LiveKind>>;
}

export const defineFeature = (feature: Feature): Feature => feature;

export function allows(access: Access, roles: readonly string[] | null): boolean {
  if (access === "anyone") return true;
  if (roles === null) return false;
  return access === "signed-in" || access.some((role) => roles.includes(role));
}
