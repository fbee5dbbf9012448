// On the publication's pages: the script that answers without a network is announced,
// copies on this device are looked after, and stories have a button that saves them.
(() => {
  "use strict";

  const manifest = document.querySelector("link[rel=manifest]");
  if (!manifest || !globalThis.ludgateKept || !globalThis.indexedDB) return;
  const list = new URL(manifest.href).pathname.replace(/\/manifest\.json$/, "");
  const kept = globalThis.ludgateKept;

  /** How long a lease isn't asked about anew, in ms: pages are opened by the minute. */
  const OFTEN = 10 * 60 * 1000;

  if (navigator.serviceWorker) {
    addEventListener("load", () => {
      // Whose browser wants none reads as before.
      navigator.serviceWorker.register(`${list}/worker.js`, { scope: "/" }).catch(() => {});
    });
  }

  const look = async () => {
    // Who has kept nothing makes no database.
    if (!(await kept.isThere())) throw new Error("nothing is kept");
    // Copies may be older than the cookie: the server knows whose.
    if (navigator.onLine && !kept.bearer() && (await kept.lease())) await kept.renew(list);
    const held = await kept.settle();
    if (!(await kept.all()).length) return;
    const age = held && !held.over ? Date.now() + held.offset - (held.asked ?? 0) : OFTEN;
    if (age >= OFTEN && navigator.onLine) await kept.renew(list);
  };
  const looked = look();
  looked.catch(() => {});

  const box = document.querySelector("[data-save]");
  const link = document.querySelector("link[rel=canonical]");
  const id = link && new URL(link.href).pathname.match(/^\/stories\/([^/]+)$/)?.[1];
  if (!box || !id) return;
  const button = box.querySelector("[data-do]");
  const said = box.querySelector("[data-said]");

  const say = (what) => {
    const words = box.querySelector(`template[data-${what}]`);
    said.replaceChildren(words.content.cloneNode(true));
    const login = said.querySelector("[data-login]");
    if (login) login.href = `${new URL("login", new URL(list, location.href)).pathname}?to=${encodeURIComponent(`/stories/${id}`)}`;
  };

  const asked = async () => {
    const api = new URL("api/v1/", new URL(list, location.href));
    const rights = await (await fetch(new URL("entitlements", api), { cache: "no-store" })).json();
    const holds = rights.entitlements.some(({ name, active }) => name === "apps" && active);
    if (rights.audience === "anonymous" || !holds) {
      await kept.forget();
      return rights.audience === "anonymous" ? "anonymous" : "lacks";
    }
    const saved = await fetch(new URL(`saved/${id}`, api), { method: "PUT" });
    if (!saved.ok) return "failed";
    const outcome = await kept.keep(list, id);
    return outcome === "kept" || outcome === "full" ? outcome : "saved";
  };

  // It says from the first what is kept already.
  const isKept = (story) => story.id === id && !story.ended;
  looked.then(async () => (await kept.all()).some(isKept) && say("kept")).catch(() => {});

  box.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    say(await asked().catch(() => "failed"));
    button.disabled = false;
  });
})();
