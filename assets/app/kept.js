// Copies of stories on this device, under a lease that the server renews. Used by the
// list of saved stories and by the button on stories' pages. It keeps what the server
// has handed over for this reader, and deletes it when the lease is over, when the
// server says that the reader isn't entitled any more, and when nobody is signed in.
globalThis.ludgateKept = (() => {
  "use strict";

  /** How many stories, as the server has it, and how much of them. */
  const MOST = 50;
  const MOST_BYTES = 100 * 1024 * 1024;
  /** How many copies are brought up to date at once; the others the next time. */
  const MOST_ANEW = 10;
  const MOST_PICTURES = 20;
  const MOST_PICTURE_BYTES = 4 * 1024 * 1024;
  /** Clocks are put right by so much without anybody meaning anything, in ms. */
  const SLACK = 5 * 60 * 1000;
  /** How long the server is waited for before there is no network, in ms. */
  const PATIENCE = 5_000;
  const NAME = "ludgate-app";

  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  let opened;
  const open = () => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("stories", { keyPath: "id" });
        request.result.createObjectStore("lease");
      };
      request.onsuccess = () => {
        // Signing out in another window takes it away.
        request.result.onversionchange = () => {
          request.result.close();
          opened = undefined;
        };
        request.result.onclose = () => (opened = undefined);
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    return opened;
  };

  const within = async (name, mode, act) => {
    const transaction = (await open()).transaction(name, mode);
    const over = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await act(transaction.objectStore(name));
    await over;
    return result;
  };

  const all = () => within("stories", "readonly", (store) => done(store.getAll()));
  const put = (story) => within("stories", "readwrite", (store) => done(store.put(story)));
  const drop = (id) => within("stories", "readwrite", (store) => done(store.delete(id)));
  const lease = () => within("lease", "readonly", (store) => done(store.get("now")));
  const setLease = (value) => within("lease", "readwrite", (store) => done(store.put(value, "now")));

  /** Whether anything was ever kept, as far as the browser tells. */
  const isThere = async () => {
    const known = await indexedDB.databases?.();
    return !known || known.some(({ name }) => name === NAME);
  };

  /** Whose copies these are to be, as the server has said it last; nobody's without a session. */
  const bearer = () => document.cookie.match(/(?:^|; )(?:__Host-)?ludgate-app=(\w+)/)?.[1];

  /** Deletes everything. */
  const forget = async () => {
    // Who has kept nothing makes no database.
    if (!(await isThere())) return;
    await within("stories", "readwrite", (store) => done(store.clear()));
    await within("lease", "readwrite", (store) => done(store.clear()));
  };

  /** What is left of a story whose time is over: what everybody may read. */
  const bare = ({ id, path, title, standfirst, byline, language, sponsor, commission, published, beginning }, why) => ({
    id, path, title, standfirst, byline, language, sponsor, commission, published, beginning, ended: why,
  });

  const end = async (why) => {
    for (const story of await all()) if (!story.ended) await put(bare(story, why));
  };

  /**
   * Looks at the clock, and ends what is over. It goes by the server's time, carried on
   * by the device's clock; where that has gone back, nothing is known any more. Copies
   * of somebody else's, or of a session that has ended, go altogether.
   */
  const settle = async () => {
    const held = await lease();
    if (!held) {
      await end("over");
      return undefined;
    }
    // Somebody has signed in since, or out.
    if (held.bearer !== bearer()) {
      await forget();
      return undefined;
    }
    const now = Date.now() + held.offset;
    if (now < held.seen - SLACK) {
      await end("clock");
      return { ...held, over: true };
    }
    if (now >= held.until) {
      await end("over");
      return { ...held, over: true };
    }
    if (now > held.seen) await setLease({ ...held, seen: now });
    return held;
  };

  /**
   * Asks for how long these stories may be kept. Where the server says that nobody is
   * signed in, or that the reader isn't entitled, everything is deleted.
   */
  const ask = async (base, ids) => {
    const query = new URLSearchParams(ids.map((id) => ["story", id]));
    const response = await fetch(`${base}/lease?${query}`, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    const refused = { 401: "anonymous", 403: "lacks" }[response.status];
    if (refused) await forget();
    if (!response.ok) return { standing: refused ?? "unknown" };
    return { standing: "holds", ...(await response.json()) };
  };

  /** Takes the lease that the server has given for some of what it was asked about; copies of the others go. */
  const grant = async ({ bearer, until, now, stories }, ids) => {
    const held = await lease();
    // Somebody else's, or of a session that has ended.
    if (held && held.bearer !== bearer) await forget();
    // A copy that was over before this answer stays over: it has to be fetched anew.
    else await settle();
    await setLease({ bearer, until, seen: now, asked: now, offset: now - Date.now() });
    const may = new Set(stories.map((story) => story.id));
    for (const id of ids) if (!may.has(id)) await drop(id);
  };

  /**
   * Renews the lease where there is a network, and ends what is over where there is
   * none. What comes back says where the reader stands: `holds`, `lacks`, `anonymous`,
   * `unknown`.
   */
  const renew = async (base) => {
    const kept = await all();
    const ids = kept.map((story) => story.id);
    let said;
    try {
      said = await ask(base, ids);
    } catch {
      said = { standing: "unknown" };
    }
    if (said.standing !== "holds") {
      await settle();
      return said.standing;
    }
    await grant(said, ids);
    await update(base, said.stories);
    return said.standing;
  };

  /** A picture of our own, within bounds; nothing where it can't be had. */
  const picture = async (source) => {
    const url = new URL(source, location.href);
    if (url.origin !== location.origin) return undefined;
    const response = await fetch(url, { credentials: "omit" });
    const kind = response.headers.get("content-type") ?? "";
    if (!response.ok || !kind.startsWith("image/")) return undefined;
    const blob = await response.blob();
    return blob.size <= MOST_PICTURE_BYTES ? blob : undefined;
  };

  const size = (story) =>
    (story.body?.length ?? 0) * 2 + (story.pictures ?? []).reduce((sum, [, blob]) => sum + blob.size, 0);

  /** The story's text, with its lead picture over it, and what pictures it has. */
  const taken = async (read) => {
    const text = new DOMParser().parseFromString(read.body, "text/html");
    // Who has a copy has subscribed.
    for (const sold of text.querySelectorAll(".slot--promotion")) sold.remove();
    for (const odd of text.querySelectorAll("script, style, link, iframe, object, embed, form, template")) odd.remove();
    if (read.story?.picture && !text.querySelector(`img[src="${CSS.escape(read.story.picture.path)}"]`)) {
      const lead = text.createElement("figure");
      const image = text.createElement("img");
      image.setAttribute("src", read.story.picture.path);
      image.alt = read.story.picture.alt;
      lead.append(image);
      const said = [read.story.picture.caption, read.story.picture.credit].filter(Boolean).join(" ");
      if (said) {
        const caption = text.createElement("figcaption");
        caption.textContent = said;
        lead.append(caption);
      }
      text.body.prepend(lead);
    }
    const pictures = [];
    for (const source of text.querySelectorAll("source")) source.remove();
    for (const image of [...text.images]) {
      const from = image.getAttribute("src");
      for (const name of ["srcset", "sizes", "loading", "src"]) image.removeAttribute(name);
      const blob = pictures.length < MOST_PICTURES && from ? await picture(from).catch(() => undefined) : undefined;
      if (!blob) {
        image.remove();
        continue;
      }
      image.dataset.kept = String(pictures.length);
      pictures.push([from, blob]);
    }
    return { body: text.body.innerHTML, pictures };
  };

  /**
   * Keeps a copy of a story. What comes back says what came of it: `kept`, `full` where
   * there is no more room, `not-whole` where this reader may not have it whole, where
   * the reader stands, or `failed`.
   */
  const keep = async (base, id) => {
    const before = (await all()).map((story) => story.id).filter((other) => other !== id);
    const isFull = before.length >= MOST;
    // The lease is one for all copies, so all are asked about.
    const ids = isFull ? before : [id, ...before];
    const said = await ask(base, ids);
    if (said.standing !== "holds") return said.standing === "unknown" ? "failed" : said.standing;
    await grant(said, ids);
    if (isFull) return "full";
    const granted = said.stories.find((story) => story.id === id);
    if (!granted) return "not-whole";
    return take(base, granted);
  };

  /** Fetches a story that may be kept, and puts it in the place of what was kept of it. */
  const take = async (base, { id, beginning, version }) => {
    const whose = (await lease())?.bearer;
    const from = new URL(`api/v1/stories/${id}`, new URL(base, location.href));
    // Bringing a copy up to date is no reading.
    if ((await all()).some((one) => one.id === id)) from.search = "purpose=refresh";
    const response = await fetch(from, { cache: "no-store" });
    if (response.status === 404 || response.status === 410) return "not-whole";
    if (!response.ok) return "failed";
    const read = await response.json();
    if (!read.whole || read.decision.outcome !== "full") return "not-whole";
    const story = {
      id,
      path: read.path,
      title: read.title ?? read.story?.title ?? id,
      standfirst: read.story?.standfirst ?? read.description ?? "",
      byline: read.story?.authors ?? [],
      language: read.story?.language ?? "",
      sponsor: read.story?.sponsor ?? null,
      commission: read.story?.commission ?? null,
      published: read.story?.published ?? null,
      updated: read.story?.updated ?? null,
      corrections: read.story?.corrections ?? [],
      beginning,
      version,
      ...(await taken(read)),
    };
    // Signed out meanwhile.
    if (!whose || (await settle())?.bearer !== whose) return "failed";
    const others = (await all()).filter((other) => other.id !== id);
    const used = others.reduce((sum, other) => sum + size(other), 0);
    if (used + size(story) > MOST_BYTES) return "full";
    try {
      await put(story);
    } catch (error) {
      // The device itself has no more room.
      if (error?.name === "QuotaExceededError") return "full";
      throw error;
    }
    return "kept";
  };

  /** Fetches anew what has been changed since it was kept; what can't be had any more goes. */
  const update = async (base, stories) => {
    const granted = new Map(stories.map((story) => [story.id, story]));
    const isOld = ({ id, version, ended }) => !ended && granted.has(id) && granted.get(id).version !== version;
    for (const { id } of (await all()).filter(isOld).slice(0, MOST_ANEW)) {
      const outcome = await take(base, granted.get(id)).catch(() => "failed");
      if (outcome === "not-whole" || outcome === "full") await drop(id);
    }
  };

  return { all, bearer, drop, forget, isThere, keep, lease, renew, settle };
})();
