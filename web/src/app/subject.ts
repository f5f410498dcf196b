/** What the server tells of a page's subject with the page itself: the screen's `preview` names the API's address. */
const SENT = "sf-subject";

/**
 * Set only while a page's first view is rendered: a hole for a field of the subject, which the server fills
 * (`softfactory/pages.py`) for each address, so that the chef's name stands there before any script has run.
 */
export const hole: ((field: string) => string) | null =
  typeof document === "undefined" ? (field) => `%%${field}%%` : null;

/** The API's answer at this address that came with the page, as anybody sees it: shown at once, and asked for anew. */
export function sentAlong<Body>(address: string): Body | undefined {
  if (typeof document === "undefined") return undefined;
  const sent = document.getElementById(SENT);
  if (sent?.dataset.address !== address) return undefined;
  return JSON.parse(sent.textContent) as Body;
}
