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

  for (const item of document.querySelectorAll("[data-print]")) {
    item.hidden = false;
    item.firstElementChild.addEventListener("click", () => window.print());
  }

  if (typeof navigator.share === "function") {
    const link = document.querySelector("link[rel=canonical]");
    const about = document.querySelector("meta[name=description]");
    for (const item of document.querySelectorAll("[data-share]")) {
      item.hidden = false;
      item.firstElementChild.addEventListener("click", () => {
        navigator
          .share({
            title: document.title,
            text: about ? about.content : undefined,
            url: link ? link.href : location.href,
          })
          // Closing the sheet without choosing is no error.
          .catch(() => {});
      });
    }
  }
})();
