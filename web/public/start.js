// Starts the app once the first view is painted: until then the styles and the letters have the wire to themselves.
(() => {
  const { entry, ahead } = document.currentScript.dataset;
  const AT_ONCE = 5;
  const add = (kind, facts) =>
    document.head.append(Object.assign(document.createElement(kind), { crossOrigin: "", ...facts }));
  const fetchAhead = (files) => {
    for (const href of files.slice(0, AT_ONCE)) add("link", { rel: "modulepreload", href });
    if (files.length > AT_ONCE) setTimeout(() => fetchAhead(files.slice(AT_ONCE)));
  };

  // The app did not come: what stands there is said to be unfinished, and its links lead on as links do.
  const WORDS = {
    ko: ["페이지를 다 불러오지 못했어요.", "다시 시도"],
    en: ["This page did not load completely.", "Try again"],
  };
  const failed = () => {
    const root = document.getElementById("root");
    if (!root.inert || document.querySelector(".sf-unfinished")) return;
    const [text, again] = WORDS[document.documentElement.lang === "en" ? "en" : "ko"];
    const bar = Object.assign(document.createElement("div"), { className: "sf-unfinished", role: "alert" });
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: again });
    button.onclick = () => location.reload();
    bar.append(text, button);
    document.body.append(bar);
    root.inert = false;
  };
  addEventListener("sf:failed", failed);

  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    add("script", { type: "module", src: entry, onerror: failed });
    fetchAhead(ahead.split(" ").filter(Boolean));
  };
  requestAnimationFrame(() => setTimeout(begin));
  // A tab in the background is not painted.
  setTimeout(begin, 500);
})();
