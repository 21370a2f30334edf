/**
 * What the clock is held against, in Dens and on the bare page alike. Times are milliseconds since the navigation began.
 * A thing is on the screen when the frame it was drawn in has been handed over: the next task after that frame.
 */
(() => {
  const bench = { keys: [], draws: [], grades: [], loaded: [] };
  window.bench = bench;
  const afterFrame = (record) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (record.at = performance.now());
    port2.postMessage(null);
  };

  addEventListener("keydown", ({ key, timeStamp }) => bench.keys.push({ key, at: timeStamp }), { capture: true });

  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (...what) {
    draw.apply(this, what);
    const pane = this.canvas.isConnected && this.canvas.closest("[data-testid^=pane-]");
    if (!pane) return;
    const record = { pane: pane.dataset.testid, path: location.pathname };
    bench.draws.push(record);
    afterFrame(record);
  };

  const isGiven = ({ attributeName, target }) => attributeName === "aria-checked" && target.getAttribute("aria-checked") === "true";
  new MutationObserver((changes) => {
    if (changes.some(isGiven)) {
      const record = {};
      bench.grades.push(record);
      requestAnimationFrame(() => afterFrame(record));
    }
    const path = location.pathname;
    const isComplete = document.querySelectorAll("[data-testid^=pane-][data-loaded=true]").length === 2;
    if (isComplete && !bench.loaded.some((one) => one.path === path)) bench.loaded.push({ path, at: performance.now() });
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["aria-checked", "data-loaded"] });
})();
