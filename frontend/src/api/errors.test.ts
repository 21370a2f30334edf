import { expect, test } from "vitest";
import { ApiError, errorFrom, fieldError, unreachable } from "./errors";

const body = (error: unknown) => JSON.stringify({ error });

test("the server's sentence, code and fields are kept", () => {
  const error = errorFrom(400, body({ code: "invalid", message: "Give the study a title.", fields: { title: ["Too short."] } }));
  expect([error.status, error.code, error.message]).toEqual([400, "invalid", "Give the study a title."]);
  expect(fieldError(error, "title")).toBe("Too short.");
});

test("what else came with the error is in its extras", () => {
  const error = errorFrom(400, body({ code: "incomplete", message: "m", missing: [{ item: "VB_C4" }] }));
  expect(error.extras).toEqual({ missing: [{ item: "VB_C4" }] });
});

test("a proxy's page of HTML still becomes a sentence", () => {
  const error = errorFrom(502, "<html>Bad gateway</html>");
  expect(error.message).toMatch(/starting or unavailable/);
});

test("a body of another shape does not break the page", () => {
  expect(errorFrom(418, body("teapot")).message).toBe("The server could not do this (error 418).");
});

test("only failures of the network or the server are temporary", () => {
  expect([unreachable(), new ApiError(503, "", ""), new ApiError(429, "", "")].every((error) => error.isTemporary)).toBe(true);
  expect([new ApiError(400, "", ""), new ApiError(404, "", ""), new ApiError(500, "", "")].some((error) => error.isTemporary)).toBe(false);
});
