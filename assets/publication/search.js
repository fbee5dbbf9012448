// Suggestions under a search field. A field is whole without them: whoever sends
// it as it is gets the page of results.
(() => {
  "use strict";

  // Long enough for the next letter to come first, short enough not to be waited for.
  const PAUSE = 150;
  // Answers that are remembered: what one types and takes back again.
  const KEPT = 50;

  const answers = new Map();
  const numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);
  let fields = 0;

  const ask = async (where, typed) => {
    const key = `${where}?q=${encodeURIComponent(typed)}`;
    if (answers.has(key)) return answers.get(key);
    const response = await fetch(key, { headers: { Accept: "application/json" } });
    if (!response.ok) return [];
    const list = (await response.json()).suggestions;
    if (answers.size >= KEPT) answers.delete(answers.keys().next().value);
    answers.set(key, list);
    return list;
  };

  const combobox = (field) => {
    const id = `suggested-${(fields += 1)}`;
    const form = field.form;
    const list = document.createElement("ul");
    list.id = id;
    list.className = "suggested";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.dataset.suggestions);
    const said = document.createElement("span");
    said.className = "unseen";
    said.setAttribute("role", "status");
    form.append(list, said);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", id);
    field.setAttribute("aria-expanded", "false");

    let shown = [];
    let chosen = -1;
    let timer = 0;
    // Answers may come in another order than the questions.
    let asked = 0;

    const choose = (index) => {
      chosen = index;
      [...list.children].forEach((option, at) => {
        option.setAttribute("aria-selected", String(at === index));
      });
      if (index < 0) field.removeAttribute("aria-activedescendant");
      else field.setAttribute("aria-activedescendant", `${id}-${index}`);
    };

    const close = () => {
      clearTimeout(timer);
      asked += 1;
      list.hidden = true;
      said.textContent = "";
      field.setAttribute("aria-expanded", "false");
      choose(-1);
    };

    const show = (suggestions) => {
      shown = suggestions;
      list.replaceChildren(
        ...shown.map((one, index) => {
          const option = document.createElement("li");
          option.id = `${id}-${index}`;
          option.className = "suggested__one";
          option.setAttribute("role", "option");
          const text = document.createElement("span");
          text.className = "suggested__text";
          text.dir = "auto";
          text.textContent = one.text;
          const kind = document.createElement("span");
          kind.className = "suggested__kind";
          kind.textContent = field.dataset[one.kind] || "";
          option.append(text, " ", kind);
          // Before the field loses the focus, which would close the list.
          option.addEventListener("mousedown", (event) => event.preventDefault());
          option.addEventListener("click", () => location.assign(one.href));
          return option;
        }),
      );
      choose(-1);
      list.hidden = shown.length === 0;
      field.setAttribute("aria-expanded", String(shown.length > 0));
      said.textContent = `${field.dataset.suggestions}: ${numbers.format(shown.length)}`;
    };

    const type = () => {
      clearTimeout(timer);
      const typed = field.value.trim();
      asked += 1;
      const mine = asked;
      if (typed === "") {
        close();
        return;
      }
      timer = setTimeout(() => {
        ask(field.dataset.suggest, typed)
          .then((suggestions) => {
            if (mine === asked) show(suggestions);
          })
          // Without an answer the field is a field.
          .catch(() => {});
      }, PAUSE);
    };

    field.addEventListener("input", (event) => {
      if (!event.isComposing) type();
    });
    field.addEventListener("compositionend", type);
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      const last = shown.length - 1;
      switch (event.key) {
        case "ArrowDown":
          choose(chosen >= last ? -1 : chosen + 1);
          break;
        case "ArrowUp":
          choose(chosen < 0 ? last : chosen - 1);
          break;
        case "Enter":
          if (chosen < 0) return;
          location.assign(shown[chosen].href);
          break;
        case "Escape":
          close();
          break;
        default:
          return;
      }
      event.preventDefault();
    });
  };

  document.querySelectorAll("input[data-suggest]").forEach(combobox);
})();
