import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import openapiTS, { COMMENT_HEADER, astToString } from "openapi-typescript";
import { expect, test } from "vitest";

test("the types are those of the API's description: run `npm run types` after it changes", async () => {
  const described = await openapiTS(pathToFileURL(join(import.meta.dirname, "../../openapi.yaml")), { silent: true });
  expect(COMMENT_HEADER + astToString(described)).toBe(readFileSync(join(import.meta.dirname, "schema.d.ts"), "utf8"));
});
