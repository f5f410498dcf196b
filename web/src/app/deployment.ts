import { inFirstView } from "#web/app/firstView";

/** What the server said about itself in the page's head (`softfactory/pages.py`); a development build shows everything. */
export const isDemo: boolean =
  import.meta.env.DEV ||
  (inFirstView
    ? process.env.SF_FIRST_VIEW_DEMO === "1"
    : document.querySelector('meta[name="sf-demo"]') !== null);
