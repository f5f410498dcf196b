import { cleanup } from "@testing-library/react";
import i18next from "i18next";
import { afterEach, beforeAll } from "vitest";

beforeAll(async () => {
  if (!i18next.isInitialized) await i18next.init({ lng: "ko", resources: {} });
});

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
