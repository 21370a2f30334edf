import { expect, test } from "vitest";
import { describe } from "./cases";

test("the parameters that decide a role are told with their units", () => {
  const said = describe({ slice_thickness_mm: 3, repetition_time_ms: 4000.00012, echo_time_ms: 60, inversion_time_ms: 150 });
  expect(said).toBe("TR 4000 ms · TE 60 ms · TI 150 ms · thickness 3 mm");
});

test("a parameter that the scanner did not write is not told", () => {
  expect(describe({ repetition_time_ms: 500 })).toBe("TR 500 ms");
});

test("the field needs no name beside its unit", () => {
  expect(describe({ echo_time_ms: 11, field_strength_t: 1.5 })).toBe("TE 11 ms · 1.5 T");
});
