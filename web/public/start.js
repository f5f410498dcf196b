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
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    add("script", { type: "module", src: entry });
    fetchAhead(ahead.split(" ").filter(Boolean));
  };
  requestAnimationFrame(() => setTimeout(begin));
  // A tab in the background is not painted.
  setTimeout(begin, 500);
})();
