import { expect, test } from "vitest";
import { filterOf, isFiltered, queryOf, searchOf } from "./filter";

const nothing = filterOf(new URLSearchParams());

test("the address bar holds what was asked, and nothing that was not", () => {
  const filter = filterOf(new URLSearchParams("person=ana&since=2026-03-02&tab=none"));
  expect(filter).toEqual({ ...nothing, person: "ana", since: "2026-03-02" });
  expect(searchOf(filter).toString()).toBe("person=ana&since=2026-03-02");
});

test("blanks are no filter", () => {
  expect(isFiltered({ ...nothing, text: "  " })).toBe(false);
  expect(isFiltered({ ...nothing, text: "swapped" })).toBe(true);
});

test("the next page is asked for by the number it begins below", () => {
  expect(queryOf(nothing)).toBe("");
  expect(queryOf({ ...nothing, action: "series.role corrected" }, 120)).toBe("?action=series.role+corrected&before=120");
});
