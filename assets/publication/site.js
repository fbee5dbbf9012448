// What only works with script, and is only shown with it. Every page is whole
// without this file.
(() => {
  "use strict";

  const menu = document.querySelector(".menu details");
  if (menu) {
    const summary = menu.querySelector("summary");
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        summary.focus();
      }
    });
    document.addEventListener("click", (event) => {
      if (menu.open && !menu.contains(event.target)) menu.open = false;
    });
  }

  // How large the letters are: kept in this browser, and nowhere else.
  const KEY = "ludgate-size";
  const SIZES = ["small", "usual", "large", "largest"];
  const root = document.documentElement;

  // Some browsers refuse storage altogether. The size then lasts for the page.
  const kept = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };

  const keep = (size) => {
    try {
      if (size === "usual") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, size);
    } catch {
      // See above.
    }
  };

  const resize = (size) => {
    if (size === "usual") delete root.dataset.size;
    else root.dataset.size = size;
    for (const button of document.querySelectorAll("[data-sizes] [data-size]")) {
      button.setAttribute("aria-pressed", String(button.dataset.size === size));
    }
  };

  const size = kept();
  if (SIZES.includes(size)) resize(size);
  for (const group of document.querySelectorAll("[data-sizes]")) {
    group.hidden = false;
    group.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-size]");
      if (!button) return;
      keep(button.dataset.size);
      resize(button.dataset.size);
    });
  }

  for (const item of document.querySelectorAll("[data-print]")) {
    item.hidden = false;
    item.firstElementChild.addEventListener("click", () => window.print());
  }

  const link = document.querySelector("link[rel=canonical]");
  const address = link ? link.href : location.href;

  if (navigator.clipboard) {
    for (const item of document.querySelectorAll("[data-copy]")) {
      const button = item.firstElementChild;
      const said = item.closest(".share").querySelector("[data-said]");
      item.hidden = false;
      button.addEventListener("click", () => {
        said.textContent = "";
        navigator.clipboard.writeText(address).then(
          () => {
            said.textContent = item.dataset.done;
            said.classList.remove("unseen");
          },
          // Whoever doesn't let pages copy still has the address above.
          () => {},
        );
      });
    }
  }

  if (typeof navigator.share === "function") {
    const about = document.querySelector("meta[name=description]");
    for (const item of document.querySelectorAll("[data-share]")) {
      item.hidden = false;
      item.firstElementChild.addEventListener("click", () => {
        navigator
          .share({
            title: document.title,
            text: about ? about.content : undefined,
            url: address,
          })
          // Closing the sheet without choosing is no error.
          .catch(() => {});
      });
    }
  }
})();
