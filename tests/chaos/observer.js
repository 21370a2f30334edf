/**
 * Runs in the page before its own scripts. It sets the clock wrong, and watches the word "saved".
 *
 * Whenever the page says "saved", every grade on its screen must be one that the server has answered for: no clock
 * decides that, only the order of things in this one page. What is found is told to the test at once, for a page
 * that is killed tells nothing afterwards. `chaos` is how the test looks at the page.
 */
(wrongByMs) => {
  const RightDate = Date;
  window.Date = class extends RightDate {
    constructor(...given) {
      super(...(given.length > 0 ? given : [RightDate.now() + wrongByMs]));
    }
    static now() {
      return RightDate.now() + wrongByMs;
    }
  };

  let nAnswers = 0;
  const answeredFor = {}; // item -> { text, at }: what the server has, as its row would show it; `was`, until that is drawn
  const textOf = (value) => (value ? value.not_assessable || (value.grade === null ? "" : String(value.grade)) : "");
  const enter = (item, value) => (answeredFor[item] = { text: textOf(value), at: ++nAnswers });

  const send = window.fetch;
  window.fetch = async (address, options = {}) => {
    const before = nAnswers;
    const response = await send(address, options);
    if (response.ok && /\/api\/readings\/\w+$/.test(address)) noteReading(await response.clone().json(), before);
    if (response.ok && /\/operations$/.test(address)) noteOutcomes(JSON.parse(options.body).operations, (await response.clone().json()).outcomes);
    return response;
  };

  /** What was answered while the reading was on its way is newer. */
  function noteReading({ scores }, before) {
    for (const score of scores) {
      const known = answeredFor[score.item];
      if ((known?.at ?? 0) <= before) enter(score.item, score).was = known?.was ?? known?.text ?? ""; // or it was not drawn yet
    }
  }

  function noteOutcomes(operations, outcomes) {
    for (const { key, outcome, current } of outcomes) {
      const { kind, item, value } = operations.find((one) => one.key === key);
      if (kind === "answer" && outcome === "applied") enter(item, value);
      if (kind === "answer" && outcome === "superseded") enter(item, current.value);
    }
    window.tell("answered", Object.fromEntries(outcomes.map(({ key, outcome }) => [key, outcome])));
  }

  let wasSaved = false;
  function look() {
    const isSaved = state() === "saved";
    const words = document.querySelector("[data-testid=save-state]")?.textContent ?? "";
    if (isSaved !== /^(Saved|Nothing to save)/.test(words)) tell("early", `the words "${words}"`);
    for (const row of isSaved ? rows() : []) {
      const item = itemOf(row);
      const has = answeredFor[item] ?? { text: "" };
      if (row.dataset.value === has.text) delete has.was;
      else if (row.dataset.value !== has.was) tell("early", `${item} shows "${row.dataset.value}", the server has "${has.text}"`);
    }
    if (isSaved && !wasSaved) tell("saved", "");
    wasSaved = isSaved;
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: ["data-state", "data-value"] });

  const rows = () => [...document.querySelectorAll("[data-testid^='score-']")];
  const itemOf = (row) => row.dataset.testid.slice("score-".length);
  const state = () => document.querySelector("[data-testid=save-state]")?.dataset.state;
  const isInConflict = (item) => document.querySelector(`[data-testid^='conflict-${item}']`) !== null;

  window.chaos = {
    state,
    isInConflict,
    rows: () => Object.fromEntries(rows().map((row) => [itemOf(row), row.dataset.value])),
    grades: () => rows().map((row) => [itemOf(row), row.querySelectorAll("[role=radio]").length - 1]),
    active: () => itemOf(rows().find((row) => row.dataset.active === "true")),

    /** What is in the way of working here, or else the save state. */
    standing() {
      if (document.querySelector("[role=dialog] input[type=password]")) return "signed out";
      if (location.pathname === "/sign-in" && document.querySelector("input[type=password]")) return "at the door";
      if (state() === "elsewhere") return document.querySelector("[role=alert] button") && "elsewhere";
      return isInConflict("") ? "conflict" : state();
    },

    /** How many changes lie in the browser's own database: of this page, or of one that is gone and was not taken up yet. */
    async left() {
      const { name } = (await indexedDB.databases()).find((one) => one.name.startsWith("dens"));
      const settled = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
      const shelf = await settled(indexedDB.open(name));
      const n = await settled(shelf.transaction("operations").objectStore("operations").count());
      shelf.close();
      return n;
    },

    /** Whether the rows show this, or something is in the way of it. */
    shown(wanted) {
      const seen = this.rows();
      if (Object.entries(wanted).every(([item, text]) => seen[item] === text)) return "shown";
      const isBarred = state() === "elsewhere" || document.querySelector("[role=dialog]") || location.pathname === "/sign-in";
      return isBarred && "in the way";
    },
  };
}
