// There is no app here any more: what it kept goes, and so does this script.
"use strict";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const gone = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("ludgate-app-")) await caches.delete(name);
    }
    indexedDB.deleteDatabase("ludgate-app");
    await self.registration.unregister();
  };
  event.waitUntil(gone());
});
