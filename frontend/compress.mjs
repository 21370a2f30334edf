/** Packs what is built once, so that the server sends a third of the bytes and never packs per request. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const folder = new URL("./dist/assets/", import.meta.url);
for (const name of readdirSync(folder).filter((one) => /\.(js|css|svg)$/.test(one))) {
  const file = new URL(name, folder);
  writeFileSync(new URL(`${name}.gz`, folder), gzipSync(readFileSync(file), { level: 9 }));
}
