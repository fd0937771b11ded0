"use strict";
// The page around a notebook: what state its Python is in, where a link leads, and whether the
// reader's copy is of the newest edition.
const page = JSON.parse(document.getElementById("page").textContent);
const byId = id => document.getElementById(id);
const ran = new Set(); // the cells that an address has asked for since Python started
let frame, opened, ready, doing = "";

// --- The notebook in its frame ---------------------------------------------------------------

function open() {
    frame = document.createElement("iframe");
    frame.title = "The notebook";
    frame.src = `../live/notebooks/index.html?path=${page.notebook}`;
    opened = performance.now();
    ready = false;
    ran.clear();
    byId("place").replaceChildren(frame);
    land();
}

const app = () => frame?.contentWindow?.jupyterapp;
const panel = () => app()?.shell.currentWidget;

// What the notebook in the frame says of its Python; nothing while it is not there yet.
function kernelState() {
    return panel()?.sessionContext?.kernelDisplayStatus ?? "";
}

function look() {
    const now = kernelState();
    if (!ready && (now === "idle" || now === "busy")) {
        ready = true;
        keepTheRest();
    }
    const seconds = 5 * Math.floor((performance.now() - opened) / 5000);
    const soFar = seconds ? `, ${seconds} so far` : "";
    if (!frame) say("A newer edition of this chapter is here");
    else if (!now) say("Loading the notebook…");
    else if (doing && ready) say(doing);
    else if (now === "busy") say("Python is working…");
    else if (ready) say("Python is ready");
    else say(`Starting Python in your browser (usually 10 to 40 seconds${soFar}). You can read on.`);
}

function say(words) {
    if (byId("state").textContent !== words) byId("state").textContent = words;
}

// --- Where the address leads: #svd is a section, #svd-05 a cell ------------------------------

async function until(test) {
    for (;;) {
        const found = test();
        if (found) return found;
        await new Promise(resolve => setTimeout(resolve, 50));
    }
}

async function land() {
    const mine = frame;
    const links = await until(() => mine.contentWindow?.mlmathLinks);
    // The address is made whole here: a click in the frame would take it from the frame's own.
    links.elsewhere = (path, id) =>
        location.assign(new URL(`${path.replace(/\.ipynb$/, ".html")}#${id}`, location.href));
    links.led = id => history.pushState(null, "", `#${id}`);
    const wanted = decodeURIComponent(location.hash.slice(1));
    if (!wanted) return;
    const content = await until(() => panel()?.context?.isReady && panel().content);
    const named = id => content.widgets.findIndex(cell => cell.model.id === id);
    const id = named(wanted) < 0 ? `${wanted}-01` : wanted;
    const index = named(id);
    if (index < 0) return;
    links.lead(panel().context.path, id);
    const cell = content.widgets[index].model;
    if (cell.type !== "code" || ran.has(id)) return;
    ran.add(id);
    await run(content, index, id.replace(/-\d+$/, ""));
    links.lead(panel().context.path, id);
}

// Run a cell and what it needs: the opening of the chapter, and its section up to it.
async function run(content, index, section) {
    doing = "Running what you asked for, and what it needs…";
    try {
        await panel().sessionContext.ready;
        const cells = content.widgets, first = cells.findIndex(c => c.model.id === `${section}-01`);
        const needed = (cell, i) => cell.model.type === "code" && (cell.model.id.startsWith("opening-")
            || (i >= first && i <= index));
        content.deselectAll();
        content.activeCellIndex = index;
        cells.filter(needed).forEach(cell => content.select(cell));
        await app().commands.execute("notebook:run-cell");
        content.deselectAll();
    } finally {
        doing = "";
    }
}

// --- The reader's copy, in this browser ------------------------------------------------------

const done = request => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
});

// What JupyterLite keeps (stores "files" and "checkpoints"), and what this page does.
async function database(name, stores = []) {
    const request = indexedDB.open(name, stores.length ? 1 : undefined);
    request.onupgradeneeded = () => stores.forEach(s => request.result.createObjectStore(s));
    return done(request);
}

async function at(name, store, work, mode = "readonly") {
    const own = name !== page.storage;
    const base = await database(name, own ? ["bases", "kept", "declined"] : []);
    try {
        if (!base.objectStoreNames.contains(store)) return undefined;
        return await done(work(base.transaction(store, mode).objectStore(store)));
    } finally {
        base.close();
    }
}

const get = (name, store) => at(name, store, s => s.get(page.notebook));
const put = (name, store, value) => at(name, store, s => s.put(value, page.notebook), "readwrite");
const remove = (name, store) => at(name, store, s => s.delete(page.notebook), "readwrite");
const EDITIONS = `${page.storage}-editions`;

// Take a newer edition, if the reader has changed nothing; else ask, if it is there.
async function bringUpToDate() {
    const theirs = await (await fetch(`../live/files/${page.notebook}`, { cache: "no-cache" })).json();
    const mine = await get(page.storage, "files"), base = await get(EDITIONS, "bases") ?? null;
    const same = mergeNotebooks.sameCells;
    if (!mine?.content?.cells || same(mine.content, theirs)) return put(EDITIONS, "bases", theirs);
    if (base && same(base, theirs)) return;
    if (base && same(mine.content, base)) {
        await remove(page.storage, "files");
        await remove(page.storage, "checkpoints");
        return put(EDITIONS, "bases", theirs);
    }
    const declined = await get(EDITIONS, "declined");
    if (declined && same(declined, theirs)) return;
    await ask(mine, base, theirs);
}

function ask(mine, base, theirs) {
    show("newer", true);
    byId("take").focus();
    return new Promise(resolve => {
        const answer = work => async () => {
            await work();
            show("newer", false);
            resolve();
        };
        byId("take").onclick = answer(() => take(mine, base, theirs));
        byId("keep").onclick = answer(() => put(EDITIONS, "declined", theirs));
        byId("download").onclick = () => download(`${page.stem}.mine.ipynb`, mine.content);
    });
}

async function take(mine, base, theirs) {
    const merged = mergeNotebooks(base, mine.content, theirs);
    const content = merged.notebook, now = new Date().toISOString();
    const kept = { name: `${page.stem}.before-${now.slice(0, 10)}.ipynb`, content: mine.content };
    await put(EDITIONS, "kept", kept);
    await put(page.storage, "files", { ...mine, content, last_modified: now });
    await put(EDITIONS, "bases", theirs);
    const beside = merged.both ? `, ${merged.both} of them beside the course's new ones` : "";
    byId("taken-words").textContent =
        `This is the newest edition, with ${merged.kept} cells of yours${beside}.`;
    byId("taken-close").onclick = () => show("taken", false);
    show("taken", true);
}

// The reader's copy from before the last update can be had as long as this browser keeps it.
async function offerKept() {
    const kept = await get(EDITIONS, "kept");
    for (const id of ["taken-download", "before-download"]) {
        byId(id).onclick = () => download(kept.name, kept.content);
    }
    show("before", Boolean(kept));
}

// What has been passed, as Python has written it beside the notebooks; undefined if nothing has.
async function passedSoFar() {
    const file = await at(page.storage, "files", s => s.get(page.record));
    const text = file?.format === "base64" ? decoded(file.content) : file?.content;
    return typeof text === "string" ? JSON.parse(text) : text;
}

const decoded = base64 =>
    new TextDecoder().decode(Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)));

async function offerPassed() {
    const passed = await passedSoFar();
    byId("passed-download").onclick = () => download(page.record, passed, "application/json");
    show("passed", passed !== undefined);
}

function download(name, content, type = "application/x-ipynb+json") {
    const link = document.createElement("a");
    const file = new Blob([JSON.stringify(content, null, 1)], { type });
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function show(id, wanted) {
    byId(id).hidden = !wanted;
}

function askAfresh(wanted) {
    show("sure", wanted);
    byId("afresh").setAttribute("aria-expanded", String(wanted));
    byId(wanted ? "no" : "afresh").focus();
}

byId("afresh").addEventListener("click", () => askAfresh(byId("sure").hidden));
byId("no").addEventListener("click", () => askAfresh(false));
byId("yes").addEventListener("click", async () => {
    frame?.remove(); // so that nothing is saved after the deletion
    try {
        for (const store of ["files", "checkpoints"]) await remove(page.storage, store);
        await remove(EDITIONS, "bases");
        await bringUpToDate();
    } finally {
        askAfresh(false);
        open();
    }
});

// --- Without a network -----------------------------------------------------------------------

// Start the worker before the notebook, so that it keeps all that the notebook loads.
async function startWorker() {
    const workers = navigator.serviceWorker;
    if (!workers) return;
    const address = new URL("../service-worker.js", location).href;
    localStorage.setItem(`${address}-version`, page.jupyterlite); // else JupyterLite ends it
    const ours = await workers.register(address);
    for (const other of await workers.getRegistrations()) { // JupyterLite's own, of an older site
        const within = other.scope !== ours.scope && other.scope.startsWith(ours.scope);
        if (within) await other.unregister();
    }
    await workers.ready;
}

// Keep what was loaded past the worker, and what leads on from here: a few megabytes.
async function keepTheRest() {
    const worker = (await navigator.serviceWorker?.ready)?.active;
    const root = new URL("../", location).href;
    const loaded = [window, frame.contentWindow]
        .flatMap(place => place.performance.getEntriesByType("resource"))
        .map(entry => entry.name.replace(root, "").replace(/[?#].*/, ""));
    const others = ["index.html", "assets/", "read/", "run/", "live/api/", "live/files/"];
    worker?.postMessage({ keep: [...others, ...loaded] });
}

const patience = seconds => new Promise(resolve => setTimeout(resolve, 1000 * seconds));

(async () => {
    setInterval(look, 250);
    await Promise.race([startWorker().catch(() => {}), patience(5)]);
    await bringUpToDate().catch(error => console.warn(error)); // offline, or storage refused
    await offerKept().catch(() => {});
    open();
    addEventListener("hashchange", land);
    byId("contents").addEventListener("toggle", () => offerPassed().catch(() => show("passed", false)));
    byId("contents").addEventListener("click", click => {
        if (click.target.closest("a")) byId("contents").open = false;
    });
})();
