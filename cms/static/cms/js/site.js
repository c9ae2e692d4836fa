// Comfort only: every page works without this file.
(() => {
  "use strict";
  const root = document.documentElement;

  // htmx is fetched when somebody first touches a live form, not with the page. What
  // is changed while it is on its way is sent once it has come.
  let asked = false;
  let waiting = null;
  const liveForm = ({ target }) => {
    const form = target.form ?? target.closest?.("form");
    return form?.matches("[data-live]") ? form : null;
  };
  const fetchHtmx = (event) => {
    if (asked || !liveForm(event)) return;
    asked = true;
    const script = document.createElement("script");
    script.src = root.dataset.htmx;
    script.addEventListener("load", () => waiting?.requestSubmit());
    document.head.append(script);
  };
  addEventListener("load", () => {
    addEventListener("focusin", fetchHtmx);
    addEventListener("pointerdown", fetchHtmx);
    addEventListener("change", (event) => {
      if (!window.htmx) waiting = liveForm(event);
    });
  });

  // A fragment that came from another page (the log-in page, say) is no fragment.
  addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    const asked = new URL(requestConfig.path, location.href).pathname;
    const came = xhr.responseURL && new URL(xhr.responseURL).pathname;
    if (came && came !== asked) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
  addEventListener("htmx:beforeRequest", (event) => {
    event.detail.target.setAttribute("aria-busy", "true");
  });
  addEventListener("htmx:afterRequest", (event) => {
    event.detail.target.removeAttribute("aria-busy");
  });
  // The count is said once, by the status line that is not swapped.
  addEventListener("htmx:afterSwap", (event) => {
    const said = document.getElementById("announce");
    const count = event.detail.target.querySelector("[data-announce]");
    if (said && count) said.textContent = count.textContent;
  });

  // Errors take the focus, also where the browser does not know it of every element.
  document.querySelector("[autofocus]")?.focus();

  // The menu closes on Escape and when the focus or a press goes elsewhere.
  const menu = document.querySelector("details.menu");
  const closeMenu = (event) => {
    if (menu?.open && !menu.contains(event.target)) menu.open = false;
  };
  addEventListener("pointerdown", closeMenu);
  addEventListener("focusin", closeMenu);

  // Quick exit: three times Escape within two seconds, or the button.
  const exit = document.querySelector("form[data-quick-exit]");
  const leave = () => {
    document.body.hidden = true;
    document.title = "";
    const body = new FormData(exit);
    const away = exit.dataset.away;
    fetch(exit.action, { method: "POST", body, keepalive: true, redirect: "manual" });
    location.replace(away);
  };
  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (menu?.open) menu.open = false;
    if (!exit) return;
    presses = presses.filter((at) => event.timeStamp - at < 2000);
    presses.push(event.timeStamp);
    if (presses.length === 3) leave();
  });
  exit?.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });

  // Back after log-out must not show a page kept in memory.
  addEventListener("pageshow", (event) => {
    if (event.persisted && exit) location.reload();
  });
})();
