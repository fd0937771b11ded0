"use strict";
// A service worker for reading and running without a network: what the network gives comes
// first and is kept; what was kept is shown when the network gives nothing. Each build of the
// site keeps its own, so that no page is ever put together from two.
const KEPT = "mlmath-{{ build }}";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", event => event.waitUntil((async () => {
    for (const name of await caches.keys()) {
        if (name.startsWith("mlmath-") && name !== KEPT) await caches.delete(name);
    }
    await self.clients.claim();
})()));

self.addEventListener("fetch", event => {
    const { pathname, origin } = new URL(event.request.url);
    const jupyterlites = /\/api\/(drive|stdin\/|service-worker-heartbeat$)/; // not files
    if (event.request.method !== "GET" || origin !== location.origin || jupyterlites.test(pathname)) {
        return;
    }
    event.stopImmediatePropagation();
    event.respondWith(fromNetworkOrKept(event));
});

async function fromNetworkOrKept(event) {
    const cache = await caches.open(KEPT);
    try {
        const response = await fetch(event.request);
        if (response.status === 200) event.waitUntil(keep(cache, event.request, response.clone()));
        return response;
    } catch (error) {
        const kept = await cache.match(event.request);
        if (kept) return kept;
        throw error;
    }
}

async function keep(cache, request, response) {
    const kept = await cache.match(request);
    const stamp = answer => answer?.headers.get("etag") ?? answer?.headers.get("last-modified");
    if (kept && stamp(kept) && stamp(kept) === stamp(response)) return response.body?.cancel();
    return cache.put(request, response);
}
