/**
 * While this is true a page's first view is rendered (`prerender.tsx`): for every address of the screen, for phones and desks,
 * for whoever comes. What depends on any of these is left open, or left to the style sheet.
 */
export const inFirstView: boolean = typeof document === "undefined";

/**
 * In a first view, a hole for a field of the page's subject, which the server fills for each address
 * (`softfactory/pages.py`): the chef's name stands there before any script has run. The screen's `preview` names the
 * API's address.
 */
export const hole: ((field: string) => string) | null = inFirstView ? (field) => `%%${field}%%` : null;

/** The API's answer at this address that came with the page, as anybody sees it: shown at once, and asked for anew. */
export function sentAlong<Body>(address: string): Body | undefined {
  if (inFirstView) return undefined;
  const sent = document.getElementById("sf-subject");
  if (sent?.dataset.address !== address) return undefined;
  return JSON.parse(sent.textContent) as Body;
}
