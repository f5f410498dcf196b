// Lighthouse over the pages that matter, on a phone and at a desk: a table, and what misses its target.
// SITE=http://localhost:8000 node web/scripts/lighthouse.mjs [page …]   (LANGUAGE=en, OUT=folder for whole reports)
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import desktop from "lighthouse/core/config/desktop-config.js";

const SITE = (process.env.SITE ?? "http://127.0.0.1:8000").replace(/\/$/, "");
const LANGUAGE = process.env.LANGUAGE ?? "ko";
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const TARGETS = {
  desk: { performance: 95, accessibility: 95, "best-practices": 95, lcp: 1500, cls: 0.05 },
  phone: { performance: 90, accessibility: 95, "best-practices": 95 },
};

/** The pages by name: an address, and as which demo person it is opened. */
async function pages() {
  const answer = await fetch(`${SITE}/api/coocook/chefs?limit=1`);
  const [chef] = (await answer.json()).items;
  return {
    landing: { path: "/" },
    list: { path: "/chefs" },
    detail: { path: `/chefs/${chef.id}` },
    desk: { path: "/chef/desk", role: "chef" },
  };
}

/** Runs `work` on a page of the site over the DevTools protocol, before Lighthouse opens its own. */
async function onSite(port, work) {
  const made = await fetch(`http://127.0.0.1:${port}/json/new?${encodeURIComponent(`${SITE}/icon.svg`)}`, {
    method: "PUT",
  });
  const { id, webSocketDebuggerUrl } = await made.json();
  const socket = new WebSocket(webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  let last = 0;
  const evaluate = (expression) =>
    new Promise((resolve) => {
      const number = ++last;
      socket.onmessage = ({ data }) => {
        const { id: answered, result } = JSON.parse(data);
        if (answered === number) resolve(result);
      };
      const params = { expression, awaitPromise: true, returnByValue: true };
      socket.send(JSON.stringify({ id: number, method: "Runtime.evaluate", params }));
    });
  while ((await evaluate("location.origin")).result.value !== SITE) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { exceptionDetails } = await evaluate(`(${work})()`);
  socket.close();
  await fetch(`http://127.0.0.1:${port}/json/close/${id}`);
  if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
}

/** Signing in as one click does: the cookie stays in the profile, and with it the hint that there is one. */
const signIn = (role) => `async () => {
  const answer = await fetch("/api/auth/demo", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ role: "${role}" }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  localStorage.setItem("sf.signed-in", "1");
}`;

async function measure(name, { path: where, role }, device) {
  const chrome = await launch({
    chromePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    // All of the launcher's own flags together make Debian's Chromium draw one frame a second, so only these.
    ignoreDefaultFlags: true,
    chromeFlags: [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--accept-lang=${LANGUAGE}`,
    ],
  });
  try {
    await onSite(chrome.port, `async () => localStorage.setItem("sf.language", "${LANGUAGE}")`);
    if (role) await onSite(chrome.port, signIn(role));
    const flags = { port: chrome.port, output: "json", onlyCategories: CATEGORIES, logLevel: "error" };
    const { lhr } = await lighthouse(SITE + where, flags, device === "desk" ? desktop : undefined);
    if (process.env.OUT) {
      mkdirSync(process.env.OUT, { recursive: true });
      writeFileSync(path.join(process.env.OUT, `${name}-${device}.json`), JSON.stringify(lhr, null, 1));
    }
    if (lhr.runtimeError) throw new Error(`${name}: ${lhr.runtimeError.message}`);
    return {
      page: name,
      device,
      ...Object.fromEntries(CATEGORIES.map((each) => [each, Math.round(lhr.categories[each].score * 100)])),
      lcp: Math.round(lhr.audits["largest-contentful-paint"].numericValue),
      fcp: Math.round(lhr.audits["first-contentful-paint"].numericValue),
      tbt: Math.round(lhr.audits["total-blocking-time"].numericValue),
      cls: Number(lhr.audits["cumulative-layout-shift"].numericValue.toFixed(3)),
      kB: Math.round(lhr.audits["total-byte-weight"].numericValue / 1024),
      failing: CATEGORIES.slice(1).flatMap((each) =>
        lhr.categories[each].auditRefs
          .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score === 0)
          .map(({ id }) => id),
      ),
    };
  } finally {
    chrome.kill();
  }
}

const AT_MOST = new Set(["lcp", "cls"]);
const wanted = process.argv.slice(2);
const rows = [];
for (const [name, page] of Object.entries(await pages())) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const device of (process.env.DEVICES ?? "desk,phone").split(","))
    rows.push(await measure(name, page, device));
}
console.table(rows.map(({ failing, ...row }) => ({ ...row, failing: failing.join(" ") })));
const missed = rows.flatMap((row) =>
  Object.entries(TARGETS[row.device])
    .filter(([what, target]) => (AT_MOST.has(what) ? row[what] > target : row[what] < target))
    .map(([what, target]) => `${row.page} on the ${row.device}: ${what} ${row[what]}, wanted ${target}`),
);
for (const line of missed) console.log(`! ${line}`);
console.log(missed.length === 0 ? "✓ Every target is met" : `✗ ${missed.length} targets are missed`);
process.exit(missed.length === 0 ? 0 : 1);
