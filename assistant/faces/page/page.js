// What needs no server: copying, printing, skipping to the answer, and telling a screen reader that
// there is one. Put into the page once; nothing of a person's or a document's words is in it.
(() => {
  if (window.recordkeeping) return;
  const live = document.createElement("div");
  live.className = "unseen";
  live.setAttribute("role", "status");
  live.setAttribute("aria-label", "Announcements");
  const skip = document.createElement("button");
  skip.className = "skip";
  skip.textContent = "Skip to the answer";
  const head = document.createElement("div");
  head.setAttribute("role", "region");
  head.setAttribute("aria-label", "Shortcuts");
  head.append(skip, live);
  document.body.prepend(head);

  const target = () =>
    [...document.querySelectorAll('[class*="st-key-turn-"] .conclusion, [class*="st-key-turn-"] .words, .question')].pop() ||
    document.querySelector('.st-key-dates-result, [data-testid="stMainBlockContainer"] h1');
  skip.addEventListener("click", () => {
    const found = target();
    if (!found) return;
    found.tabIndex = -1;
    found.focus();
    found.scrollIntoView({ block: "center" });
  });

  const root = () => {
    const path = location.pathname.replace(/(ask|dates|schedule|library|about)\/?$/, "");
    return location.origin + (path.endsWith("/") ? path : path + "/");
  };
  const copy = async (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea"); // without https there is no clipboard to ask
    field.value = text;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  };
  document.addEventListener("click", async (event) => {
    const tool = event.target.closest?.("[data-copy-link], [data-copy-text], [data-print]");
    if (!tool) return;
    if (tool.hasAttribute("data-print")) return window.print();
    const link = tool.getAttribute("data-copy-link");
    const said = tool.textContent;
    try {
      await copy(link === null ? tool.getAttribute("data-copy-text") : root() + link);
      tool.textContent = "Copied";
      live.textContent = "Copied";
    } catch {
      tool.textContent = "Not copied";
    }
    setTimeout(() => (tool.textContent = said), 1600);
  });

  const name = () => {
    // Else they would be read as their icons; they come a moment after the answer.
    const named = ["A good answer", "Not a good answer"];
    for (const thumbs of document.querySelectorAll('[data-testid="stFeedback"]'))
      thumbs.querySelectorAll("button, input").forEach((thumb, n) => thumb.setAttribute("aria-label", named[n]));
  };

  let last = "";
  window.recordkeeping = {
    // Once for each new turn: the question to the top of the page, and its conclusion said.
    answered(id, done) {
      const turn = document.querySelector(".st-key-turn-" + id);
      if (!turn || last === id + done) return;
      const first = !last.startsWith(id);
      last = id + done;
      if (first) turn.scrollIntoView({ block: "start" });
      for (const later of [100, 600, 2500]) setTimeout(name, later);
      if (!done) return;
      const said = turn.querySelector(".conclusion, .words, .question");
      live.textContent = said ? "Answered: " + said.textContent : "Answered";
    },
  };
})();
