/** What the server said about itself in the page's head (`softfactory/pages.py`); a development build shows everything. */
export const isDemo: boolean = import.meta.env.DEV || document.querySelector('meta[name="sf-demo"]') !== null;
