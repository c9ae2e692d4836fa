// Starts the pieces of the staff screens that Wagtail starts by inline scripts,
// so that the policy for scripts can stay 'self'.
(() => {
  "use strict";
  const start = (holder) => {
    const config = JSON.parse(holder.dataset.config || "{}");
    const { picker, panel } = holder.dataset;
    holder.removeAttribute("data-picker");
    holder.removeAttribute("data-panel");
    if (picker) window[picker]?.(holder.dataset.for, config);
    if (panel) new window[panel](config);
  };
  const startAll = (within) => {
    within.querySelectorAll("[data-picker], [data-panel]").forEach(start);
  };

  const choosers = document.querySelector("[data-choosers]");
  if (choosers && typeof window.chooserUrls === "undefined") {
    window.chooserUrls = { ...choosers.dataset };
  }

  document.addEventListener("DOMContentLoaded", () => {
    startAll(document);
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) {
          if (node.nodeType === Node.ELEMENT_NODE) startAll(node);
        }
      }
    }).observe(document.body, { childList: true, subtree: true });

    const all = document.querySelector('[name="select_all"]');
    all?.addEventListener("change", () => {
      for (const locale of document.querySelectorAll('[name="locales"]')) {
        locale.checked = all.checked;
      }
    });
  });
})();
