/** Which path draws. Apart from ./cornerstone, which is large and arrives later. */

const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

interface Card {
  hasWebGL: boolean;
  name: string;
}

let found: Card | undefined;

function probe(): Card {
  const gl = document.createElement("canvas").getContext("webgl2");
  const names = gl?.getExtension("WEBGL_debug_renderer_info");
  const name = gl && names ? String(gl.getParameter(names.UNMASKED_RENDERER_WEBGL)) : "";
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return { hasWebGL: Boolean(gl), name };
}

function card(): Card {
  found ??= probe();
  return found;
}

/** Without a graphics card cornerstone's own path is three times as fast as a card's work done in software. */
export function renderer(): "GPU" | "CPU" {
  return card().hasWebGL && !SOFTWARE.test(card().name) ? "GPU" : "CPU";
}

/** The path and the card, for the record of how a reading was done. */
export function rendererName(): string {
  return card().name ? `${renderer()}: ${card().name}` : renderer();
}
