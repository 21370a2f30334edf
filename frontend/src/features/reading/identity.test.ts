import { expect, test } from "vitest";
import { identityWarning } from "./identity";

test.each([
  ["follow-up of 12.03.2024", "a date"], ["seen 2024-03-12", "a date"], ["on 3/12/24", "a date"], ["scan of 12 March 2024", "a date"], ["geb. 1961", "a date"],
  ["ID 4711089", "a long number"], ["call 089 123 456", "a long number"],
  ["Mr Miller moved", "a person's name"], ["Frau Huber", "a person's name"], ["ask Dr. Weiss", "a person's name"], ["Herr Maier", "a person's name"], ["Mrs Jones", "a person's name"],
  ["write to ana@example.org", "an e-mail address"],
])("%s looks like %s", (text, sign) => {
  expect(identityWarning(text)).toContain(sign);
});

test.each([
  "", "Subtle, anterior corner of C4", "C2/3 and C3/4", "3/4 of the body", "slice 7 of 15, 12.5 mm", "lesion 10 x 12 x 8 mm", "MR artefact from swallowing",
  "T1 hypointense, STIR bright", "C5-6-7 fused", "1-33 % of the site", "mars artefact", "drift of the neck",
])("%j is about the images", (text) => {
  expect(identityWarning(text)).toBe("");
});

test("several signs are named once each", () => {
  expect(identityWarning("Frau Huber, born 12.03.1961, Frau Maier")).toBe("This looks like a date and a person's name. Comments must not tell who the patient is.");
});
