// Prüft eine HTML-Datei mit axe-core in einem kopflosen Chromium:  node axe_pruefen.mjs DATEI [BILD-PRÄFIX]
// Sucht axe-core und playwright-core in SOZMON_NODE_MODULES (Ordner node_modules), Chromium in SOZMON_CHROMIUM
// oder an den üblichen Orten. Ende 0 = keine Verstöße, 1 = Verstöße, 2 = etwas fehlt (steht auf stderr).
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [datei, bild] = process.argv.slice(2);
const fehlt = (text) => { console.error(text); process.exit(2); };
if (!datei) fehlt("Aufruf: node axe_pruefen.mjs DATEI [BILD-PRÄFIX]");

const module = process.env.SOZMON_NODE_MODULES || path.join(process.cwd(), "node_modules");
const holen = createRequire(path.join(path.resolve(module), "hier.js"));
let chromium, axe;
try {
  ({ chromium } = holen("playwright-core"));
  axe = fs.readFileSync(holen.resolve("axe-core/axe.min.js"), "utf8");
} catch { fehlt(`axe-core oder playwright-core fehlt in ${module}`); }
const browser_pfad = [process.env.SOZMON_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .find((p) => p && fs.existsSync(p));
if (!browser_pfad) fehlt("Chromium fehlt");

const browser = await chromium.launch({ executablePath: browser_pfad, args: ["--no-sandbox"] });
const verstoesse = [];
try {
  // first as a reader gets it, with its Content-Security-Policy in force: nothing may be refused or fetched
  const leser = await (await browser.newContext({ locale: "de-DE" })).newPage();
  leser.on("console", (m) => { if (m.type() === "error") verstoesse.push({ ansicht: "csp", regel: "konsole", text: m.text() }); });
  leser.on("request", (r) => { if (!/^(file|data):/.test(r.url())) verstoesse.push({ ansicht: "csp", regel: "netz", text: r.url() }); });
  await leser.goto(pathToFileURL(path.resolve(datei)).href);
  const schrift = await leser.evaluate(async () => { await document.fonts.ready; return document.fonts.check("16px 'Sozmon Sans'"); }).catch(() => true);
  if (!schrift) verstoesse.push({ ansicht: "csp", regel: "schrift", text: "Die eingebettete Schrift wird nicht geladen" });
  for (const [name, groesse] of [["breit", { width: 1280, height: 900 }], ["telefon", { width: 375, height: 740 }]]) {
    // bypassCSP only lets axe itself run: the page forbids every script
    const kontext = await browser.newContext({ viewport: groesse, bypassCSP: true, locale: "de-DE" });
    const seite = await kontext.newPage();
    const konsole = [];
    seite.on("console", (m) => { if (m.type() === "error") konsole.push(m.text()); });
    await seite.goto(pathToFileURL(path.resolve(datei)).href);
    await seite.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
    await seite.evaluate(axe);
    const ergebnis = await seite.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    for (const v of ergebnis.violations) for (const n of v.nodes)
      verstoesse.push({ ansicht: name, regel: v.id, schwere: v.impact, ort: n.target.join(" "), text: n.failureSummary });
    const breite = await seite.evaluate(() => document.documentElement.scrollWidth);
    if (breite > groesse.width) verstoesse.push({ ansicht: name, regel: "quer-rollen", ort: "html", text: `Seite ist ${breite} px breit` });
    for (const text of konsole) verstoesse.push({ ansicht: name, regel: "konsole", ort: "", text });
    if (bild) {
      await seite.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = false; }));
      await seite.screenshot({ path: `${bild}-${name}.png`, fullPage: true });
    }
    await kontext.close();
  }
} finally { await browser.close(); }
console.log(JSON.stringify(verstoesse, null, 1));
process.exit(verstoesse.length ? 1 : 0);
