// Keys for the review page. Without this file everything works by links and buttons.
"use strict";

(() => {
  const OFF = "tsbbot-keys-off";
  let before = "";

  const stored = () => {
    try {
      return window.localStorage.getItem(OFF) === "yes";
    } catch {
      return false;
    }
  };
  let off = stored();

  const items = () => [...document.querySelectorAll("a[data-item]")];

  const step = (by) => {
    const listed = items();
    if (!listed.length) return false;
    const at = listed.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : listed.length - 1) : at + by;
    if (listed[next]) listed[next].focus();
    return true;
  };

  const act = (element) => {
    if (element.matches("input")) {
      element.focus();
    } else {
      element.click();
      if (element.matches("summary")) element.focus();
    }
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const box = typing && typing.matches('input[type="checkbox"]');
    if (off || (typing && !box) || event.ctrlKey || event.altKey || event.metaKey) return;
    const key = before ? `${before} ${event.key}` : event.key;
    before = !before && event.key === "g" ? "g" : "";
    if (before) return;
    const element = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (element) {
      event.preventDefault();
      act(element);
    } else if ((key === "j" || key === "k") && step(key === "j" ? 1 : -1)) {
      event.preventDefault();
    }
  });

  const button = document.getElementById("keys-switch");
  if (button) {
    const say = () => {
      button.textContent = off ? "Turn these keys on" : "Turn these keys off";
    };
    button.hidden = false;
    say();
    button.addEventListener("click", () => {
      off = !off;
      try {
        window.localStorage.setItem(OFF, off ? "yes" : "no");
      } catch {
        // A browser that keeps nothing forgets it with the page.
      }
      say();
    });
  }
})();
