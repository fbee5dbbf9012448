// The list of saved stories, what of it is kept on this device, and reading that where
// there is no network.
(() => {
  "use strict";

  const app = document.querySelector("[data-app]");
  const kept = globalThis.ludgateKept;
  if (!app || !kept || !globalThis.indexedDB) return;
  const { base } = app.dataset;
  const isOffline = app.dataset.app === "offline";
  const words = app.querySelector("[data-words]").dataset;
  const said = app.querySelector("[data-said]");
  // As the server writes days: the day before the month in English, and plain digits.
  const { lang } = document.documentElement;
  const days = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", numberingSystem: "latn" });
  const day = (time) => days.format(new Date(time));
  // The day on which something appeared is the publication's, wherever it is read.
  const paperDays = (timeZone) =>
    new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", numberingSystem: "latn", timeZone });

  if (navigator.serviceWorker && !isOffline) {
    navigator.serviceWorker.register(`${base}/worker.js`, { scope: "/" }).catch(() => {});
  }

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  // What stands with a story wherever it is shown --------------------------------

  const primary = (language) => language.split("-")[0];

  /** A sponsor within a sentence: its article is of the story's language. */
  const commissioned = ({ sponsor, commission, language }) =>
    words.commissioned.replace("%", () => (commission && primary(language) === primary(lang) ? commission.by : sponsor));

  const names = (all) =>
    all
      .map((name, at) => (at === 0 ? name : at === all.length - 1 ? ` ${words.and} ${name}` : `${words.comma} ${name}`))
      .join("");

  const own = ({ language }) => (language ? { lang: language, dir: "auto" } : {});

  /** Who paid for it, and what the newsroom had to do with it; nothing of any other story. */
  const disclosure = (story) => {
    if (!story.sponsor) return [];
    const told = element("div", "", { class: "copy__commission" });
    told.append(element("p", words.sponsored, { class: "paid" }), element("p", commissioned(story)));
    if (story.commission?.note) told.append(element("p", story.commission.note, own(story)));
    return [told];
  };

  /** Who wrote it and when; of copies that were kept before they had all of it, what they have. */
  const imprint = (story) => {
    const lines = [];
    if (story.byline?.length) lines.push(element("p", `${words.by} ${names(story.byline)}`, { class: "copy__byline" }));
    for (const which of ["published", "updated"]) {
      if (!story[which]) continue;
      const line = element("p", `${words[which]} `, { class: "copy__day" });
      line.append(element("time", paperDays(words.zone || undefined).format(new Date(story[which])), { datetime: story[which] }));
      lines.push(line);
    }
    return lines;
  };

  /** What was wrong in it, below its text. */
  const corrections = (story) => {
    if (!story.corrections?.length) return [];
    const kind = new Intl.PluralRules(lang).select(story.corrections.length);
    const part = element("section", "", { class: "copy__corrections", "aria-labelledby": "copy-corrections" });
    const title = element("h3", words[`corrections${kind[0].toUpperCase()}${kind.slice(1)}`], { id: "copy-corrections" });
    const lines = story.corrections.map(({ date, text }) => {
      const line = element("p");
      // A day without a time is that day in no zone.
      line.append(element("time", paperDays("UTC").format(new Date(date)), { datetime: date }), " ", element("span", text, own(story)));
      return line;
    });
    part.append(title, ...lines);
    return [part];
  };

  const why = (story) => (story.ended === "clock" ? words.clock : words.over);

  // Reading ----------------------------------------------------------------------

  const reader = app.querySelector("[data-reader]");
  let shown = [];

  const close = () => {
    for (const url of shown.splice(0)) URL.revokeObjectURL(url);
    reader.hidden = true;
    reader.replaceChildren();
    delete app.dataset.reading;
  };

  const read = async (id) => {
    await kept.settle();
    const story = (await kept.all()).find((one) => one.id === id);
    close();
    if (!story) return false;
    const article = element("article", "", { class: "copy" });
    const title = element("h2", story.title, { class: "copy__title", tabindex: "-1", id: "copy", ...own(story) });
    const standfirst = element("p", story.standfirst, { class: "copy__standfirst", ...own(story) });
    article.append(...disclosure(story), title, standfirst, ...imprint(story));
    if (story.ended) {
      const beginning = (story.beginning ?? "").split(/\n+/).filter(Boolean);
      article.append(...beginning.map((line) => element("p", line, own(story))));
      reader.append(article, element("p", why(story), { class: "alert", role: "alert", "data-ended": story.ended }));
    } else {
      const body = element("div", "", { class: "copy__body", ...own(story) });
      body.innerHTML = story.body;
      for (const image of body.querySelectorAll("img[data-kept]")) {
        const [, blob] = story.pictures[Number(image.dataset.kept)] ?? [];
        if (!blob) continue;
        const url = URL.createObjectURL(blob);
        shown.push(url);
        image.src = url;
      }
      article.append(body, ...corrections(story));
      reader.append(article);
    }
    const back = element("button", words.close, { type: "button", class: "button button--plain" });
    back.addEventListener("click", () => {
      close();
      app.querySelector("[data-list]")?.focus();
    });
    const act = element("p", "", { class: "act" });
    act.append(back);
    reader.append(act);
    reader.hidden = false;
    app.dataset.reading = "";
    title.focus();
    scrollTo(0, 0);
    return true;
  };

  // The list ----------------------------------------------------------------------

  const rows = () => [...app.querySelectorAll("[data-story]")];

  const draw = async () => {
    const held = await kept.settle();
    const copies = new Map((await kept.all()).map((story) => [story.id, story]));
    for (const row of rows()) {
      const copy = copies.get(row.dataset.story);
      const is = Boolean(copy && !copy.ended);
      row.querySelector("[data-state]").textContent = is ? words.kept.replace("%", day(held.until)) : copy ? why(copy) : "";
      row.querySelector("[data-keep]").hidden = is || app.dataset.standing !== "holds";
      row.querySelector("[data-drop]").hidden = !copy;
      row.querySelector("[data-read]").hidden = !is;
    }
    const any = [...copies.values()];
    for (const button of app.querySelectorAll("[data-forget]")) button.hidden = !any.length;
  };

  const tell = (text) => {
    said.textContent = text;
  };

  const outcome = { kept: "", full: words.full, "not-whole": words.notwhole, lacks: words.lacks, anonymous: words.anonymous, failed: words.failed };

  const keep = async (ids) => {
    for (const id of ids) {
      tell(words.busy);
      const result = await kept.keep(base, id).catch(() => "failed");
      tell(outcome[result]);
      await draw();
      if (result !== "kept" && result !== "not-whole") return;
    }
  };

  app.addEventListener("click", async ({ target }) => {
    const id = target.closest("[data-story]")?.dataset.story;
    if (target.closest("[data-keep]")) await keep([id]);
    else if (target.closest("[data-keep-all]")) await keep(rows().map((row) => row.dataset.story));
    else if (target.closest("[data-read]")) await read(id);
    else if (target.closest("[data-drop]")) {
      await kept.drop(id);
      await draw();
    } else if (target.closest("[data-forget]")) {
      await kept.forget();
      close();
      if (isOffline) await fill();
      await draw();
    }
  });

  // A story that is taken off the list isn't kept either.
  app.addEventListener("submit", ({ target }) => {
    const id = target.closest("[data-story]")?.dataset.story;
    if (id) kept.drop(id).catch(() => {});
  });

  /** Without a network the list is what is kept. */
  const fill = async () => {
    const list = app.querySelector("[data-list]");
    const model = app.querySelector("template[data-row]");
    await kept.settle();
    const stories = await kept.all();
    list.replaceChildren(
      ...stories.map((story) => {
        const row = model.content.cloneNode(true).firstElementChild;
        row.dataset.story = story.id;
        const title = row.querySelector("[data-title]");
        title.textContent = story.title;
        title.dir = "auto";
        if (story.language) title.lang = story.language;
        if (story.sponsor) {
          title.before(element("p", words.sponsored, { class: "paid" }));
          title.after(element("p", commissioned(story), { class: "saved__day" }));
        }
        return row;
      }),
    );
    app.querySelector("[data-none]").hidden = stories.length > 0;
  };

  // Said once: how the paper gets onto the home screen.
  const hint = app.querySelector("[data-install]");
  const HINT = "ludgate-app-hint";
  const isInstalled = matchMedia("(display-mode: standalone)").matches;
  const wasSaid = () => {
    try {
      const was = localStorage.getItem(HINT);
      localStorage.setItem(HINT, "1");
      return Boolean(was);
    } catch {
      return true;
    }
  };
  if (hint && !isInstalled && app.dataset.standing === "holds" && !wasSaid()) {
    hint.hidden = false;
    const go = hint.querySelector("[data-go]");
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      go.hidden = false;
      go.onclick = () => event.prompt();
    });
    hint.querySelector("[data-no]").addEventListener("click", () => (hint.hidden = true));
  }

  const begin = async () => {
    if (isOffline) {
      // The page can be asked for where there is a network as well.
      if ((await kept.all()).length) await kept.renew(base);
      await fill();
      await draw();
      const id = decodeURIComponent(location.pathname.match(/^\/stories\/([^/]+)$/)?.[1] ?? "");
      if (id) await read(id);
      return;
    }
    const all = app.querySelector("[data-keep-all]");
    if (all) all.hidden = false;
    // The page says already where its reader stands.
    if (app.dataset.standing === "holds") await kept.renew(base);
    else await kept.forget();
    await draw();
  };
  begin().catch(() => tell(words.failed));
  addEventListener("online", () => {
    if (isOffline) location.reload();
  });
  // What is over while the page is open goes while it is open, and so does what was
  // taken away in another window.
  const look = async () => {
    const held = await kept.settle().catch(() => undefined);
    // What was over already is open to everybody, and says why it ends there.
    const isOver = !held || (held.over && !reader.querySelector("[data-ended]"));
    if (isOver && !reader.hidden) close();
    if (!held && isOffline) await fill().catch(() => {});
    await draw().catch(() => {});
  };
  setInterval(look, 60_000);
  addEventListener("visibilitychange", look);
  addEventListener("focus", look);
})();
