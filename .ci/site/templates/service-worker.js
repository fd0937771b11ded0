"use strict";
// Keeps the site, for reading and running without a network. Each file is kept under its digest,
// and files.json says which ones a build has: what a new build has not changed stays, the rest
// is renewed, and no page is ever put together from two builds.
const KEPT = "mlmath", ROOT = new URL("./", location), LIST = new URL("files.json", ROOT);
let files; // a promise of what the build that is shown has: {address within the site: digest}

// Another worker takes over when no page is open; JupyterLite's would at once, and a notebook
// that is loading then may be lost.
addEventListener("install", event => event.stopImmediatePropagation());
addEventListener("activate", event => {
    event.waitUntil((files = newest(event)).then(() => clients.claim()));
});
addEventListener("message", event => event.waitUntil(keep(event.data.keep)));
addEventListener("fetch", event => {
    const { request } = event, { href, origin, pathname } = new URL(request.url);
    const jupyterlites = /\/api\/(drive|stdin\/|service-worker-heartbeat$)/; // not files
    if (request.method === "GET" && href.startsWith(ROOT) && !jupyterlites.test(pathname)) {
        event.respondWith(answer(event, decodeURIComponent(pathname.slice(ROOT.pathname.length))));
    } else if (origin === ROOT.origin) return;
    event.stopImmediatePropagation();
});
importScripts("live/service-worker.js"); // carries messages between a kernel and its page

async function answer(event, address) {
    const { mode, destination } = event.request;
    if (mode === "navigate" && destination === "document") files = newest(event);
    const path = address.replace(/(^|\/)$/, "$1index.html"), digest = (await known())[path];
    if (!digest) return fetch(event.request);
    const kept = await find(path, digest);
    if (kept) return kept;
    const response = await fromHost(path);
    event.waitUntil(store(path, digest, response.clone()));
    return response;
}

const known = () => files ??= find(LIST, "").then(list => list?.json() ?? {});

// Ask, whenever a page is opened, what the host has by now.
async function newest(event) {
    const before = await known();
    try {
        const list = await fetch(LIST, { cache: "no-cache", signal: AbortSignal.timeout(4000) });
        const copy = list.clone(), now = await list.json();
        if (JSON.stringify(now) !== JSON.stringify(before)) {
            await (await caches.open(KEPT)).put(key(LIST, ""), copy);
            event.waitUntil(renew(before, now));
        }
        return now;
    } catch {
        return before; // no network
    }
}

async function renew(before, now) {
    const cache = await caches.open(KEPT);
    for (const [path, digest] of Object.entries(before)) {
        if (now[path] === digest || !await cache.delete(key(path, digest))) continue;
        if (now[path]) await fromHost(path).then(response => store(path, now[path], response));
    }
}

// Keep whatever begins with one of these.
async function keep(beginnings) {
    for (const [path, digest] of Object.entries(await known())) {
        if (!beginnings.some(beginning => path.startsWith(beginning))) continue;
        if (!await find(path, digest)) await fromHost(path).then(r => store(path, digest, r));
    }
}

const key = (path, digest) => `${new URL(path, ROOT)}?${digest}`;
const fromHost = path => fetch(new URL(path, ROOT), { cache: "no-cache" });

async function find(path, digest) {
    return (await caches.open(KEPT)).match(key(path, digest), { ignoreVary: true });
}

// Keep an answer, if it is the file that is meant, and if there is room.
async function store(path, digest, response) {
    const copy = response.clone();
    const found = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
    const digits = [...new Uint8Array(found)].map(byte => byte.toString(16).padStart(2, "0"));
    if (!response.ok || !digits.join("").startsWith(digest)) return;
    await (await caches.open(KEPT)).put(key(path, digest), copy).catch(() => {});
}
