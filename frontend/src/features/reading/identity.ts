/** What in a text may tell who the patient is. It warns and never blocks: "slice 7, 12.5 mm" has to stay easy to write. */
const SIGNS: [string, RegExp][] = [
  ["a date", /\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b|\b\d{4}-\d{1,2}-\d{1,2}\b/],
  ["a date", /\b(?:born|dob|geb\.|geboren|née?)(?=\W|$)/iu],
  ["a date", /\b\d{1,2}\.?\s*(?:jan|feb|m[aä]r|avr|apr|ma[iy]|jui|jun|jul|aug|sep|o[ck]t|nov|de[cz])\p{L}*\.?\s+\d{2,4}\b/iu],
  ["a long number", /\d{6,}|\b\d{2,}(?:[ /-]\d{3,})+\b/],
  // "MR" is what everybody here writes of the images; "Mr" is not.
  ["a person's name", /\b(?:M(?:rs?|s|me|iss)|[Dd]r|[Pp]rof|[Hh]errn?|[Ff]rau|Monsieur|Madame)\b(?:\.|\s)/],
  ["an e-mail address", /\S@\S+\.\p{L}{2,}/u],
];

/** The sentence to show beside the field; empty where nothing looks like a person. */
export function identityWarning(text: string): string {
  const found = [...new Set(SIGNS.filter(([, sign]) => sign.test(text)).map(([name]) => name))];
  return found.length === 0 ? "" : `This looks like ${found.join(" and ")}. Comments must not tell who the patient is.`;
}
