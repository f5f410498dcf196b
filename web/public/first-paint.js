// Runs before the first paint, in a file of its own because the content security policy allows no inline script.
(() => {
  const root = document.documentElement;
  try {
    const chosen = localStorage.getItem("mantine-color-scheme-value");
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const scheme = chosen === "dark" || chosen === "light" ? chosen : system;
    root.setAttribute("data-mantine-color-scheme", scheme);
    if (localStorage.getItem("sf.signed-in") === "1") root.dataset.known = "";
    const language = localStorage.getItem("sf.language") || navigator.language;
    const spoken = /^ko/i.test(language) ? "ko" : "en";
    // The first view was written in another language: better nothing than words that change.
    if (root.lang !== spoken) root.dataset.foreign = "";
    root.lang = spoken;
  } catch {
    // Storage can be forbidden; the app then starts in the light scheme.
  }
})();
