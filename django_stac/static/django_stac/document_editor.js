/* Line numbers beside a document's text, and a jump from each problem to its line. The form works without. */
"use strict";

(() => {
  const LEAST_ROWS = 12, MOST_ROWS = 40;

  function lines(text) {
    return text.split("\n");
  }

  function number(area, gutter) {
    const count = lines(area.value).length;
    gutter.textContent = Array.from({ length: count }, (_, index) => index + 1).join("\n");
    area.rows = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, count + 1));
    gutter.scrollTop = area.scrollTop;
  }

  function dress(area) {
    const frame = document.createElement("div"), gutter = document.createElement("pre");
    frame.className = "stac-editor";
    gutter.className = "stac-gutter";
    gutter.setAttribute("aria-hidden", "true");
    area.before(frame);
    frame.append(gutter, area);
    area.addEventListener("input", () => number(area, gutter));
    area.addEventListener("scroll", () => { gutter.scrollTop = area.scrollTop; });
    number(area, gutter);
  }

  function jump(area, line) {
    const all = lines(area.value), before = all.slice(0, line - 1);
    const start = before.reduce((sum, text) => sum + text.length + 1, 0);
    area.focus();
    area.setSelectionRange(start, start + all[line - 1].length);
    const height = parseFloat(getComputedStyle(area).lineHeight);
    area.scrollTop = Math.max(0, (line - 5) * height);
    area.scrollIntoView({ block: "center" });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("textarea.stac-document").forEach(dress);
    document.querySelectorAll("a.stac-problem[data-line]").forEach((link) => {
      const area = document.getElementById(link.hash.slice(1));
      link.addEventListener("click", (event) => {
        if (area) {
          event.preventDefault();
          jump(area, Number(link.dataset.line));
        }
      });
    });
  });
})();
