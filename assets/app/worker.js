// Answers for the publication's pages where there is no network. It keeps the app's own
// files and one page that is the same for everybody. It never keeps a story, a list or
// an account page, and lets whatever it doesn't know pass as if it weren't there.
"use strict";

const CACHE = `ludgate-app-${VERSION}`;

self.addEventListener("install", (event) => {
  const fetched = async () => {
    const cache = await caches.open(CACHE);
    // Nobody's: without a cookie, so that the page is the same for everybody.
    const plain = [TOLD.offline, ...TOLD.files].map((path) => new Request(path, { credentials: "omit", cache: "reload" }));
    await cache.addAll(plain);
    await self.skipWaiting();
  };
  event.waitUntil(fetched());
});

self.addEventListener("activate", (event) => {
  const tidied = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("ludgate-app-") && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(tidied());
});

const offline = async (request) => {
  try {
    return await fetch(request);
  } catch (error) {
    const page = await caches.match(TOLD.offline);
    if (page) return page;
    throw error;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    // What is below the prefix is about accounts, but for the list.
    const isOurs = url.pathname === TOLD.list || url.pathname === TOLD.offline;
    if (url.pathname.startsWith(TOLD.prefix) && !isOurs) return;
    event.respondWith(offline(request));
    return;
  }
  if (TOLD.files.includes(url.pathname)) {
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  }
});
