import { expect, test, vi } from "vitest";
import { ApiError } from "@/api/errors";
import { type SaveState, createSaver } from "./saving";

const offline = new ApiError(0, "unreachable", "The server cannot be reached.");
const locked = new ApiError(409, "signed", "This adjudication is signed and locked.");

/** A saver in front of a server that answers as told, in turn, then always well. */
function desk(answers: (ApiError | null)[] = []) {
  const sent: string[] = [];
  const states: SaveState[] = [];
  const refusals: string[] = [];
  const put = async (item: string, input: string) => {
    sent.push(`${item}=${input}`);
    const error = answers.shift();
    if (error) throw error;
    return `${item} at ${sent.length}`;
  };
  const pause = vi.fn(async (_attempt: number) => undefined);
  const onRefused = (item: string) => void refusals.push(item);
  const saver = createSaver<string, string>({ put, savedAt: (answer) => answer, onSaved: () => undefined, onRefused, onState: (state) => states.push(state), pause });
  const settled = () => vi.waitFor(() => expect(["saved", "refused"]).toContain(states.at(-1)?.phase));
  return { saver, sent, states, refusals, pause, settled };
}

test("saved is said after the server's answer, with the server's time", async () => {
  const { saver, states, settled } = desk();
  saver.save("C4", "left");
  expect(states.map((state) => state.phase)).toEqual(["saving"]);
  await settled();
  expect(states.at(-1)).toMatchObject({ phase: "saved", savedAt: "C4 at 1" });
});

test("a failing network is waited for, and the state says so", async () => {
  const { saver, sent, states, pause, settled } = desk([offline, offline]);
  saver.save("C4", "left");
  await settled();
  expect(sent).toEqual(["C4=left", "C4=left", "C4=left"]);
  expect(pause.mock.calls).toEqual([[1], [2]]);
  expect(states.filter((state) => state.phase === "waiting")[0]?.message).toBe("The server cannot be reached.");
});

test("an error of the server itself is tried again, too", async () => {
  const { saver, sent, settled } = desk([new ApiError(500, "unexpected", "The server could not do this.")]);
  saver.save("C4", "left");
  await settled();
  expect(sent).toHaveLength(2);
});

test("a refusal is not argued with, and stays visible until that item is saved", async () => {
  const { saver, sent, states, refusals, settled } = desk([locked]);
  saver.save("C4", "left");
  saver.save("C5", "left");
  await settled();
  expect(sent).toEqual(["C4=left", "C5=left"]);
  expect(refusals).toEqual(["C4"]);
  expect(states.at(-1)).toMatchObject({ phase: "refused", message: "This adjudication is signed and locked." });
  saver.save("C4", "right");
  await vi.waitFor(() => expect(states.at(-1)?.phase).toBe("saved"));
});

test("only the newest decision on an item is sent after the one on its way", async () => {
  const { saver, sent, settled } = desk();
  saver.save("C4", "left");
  saver.save("C4", "right");
  saver.save("C4", "other");
  await settled();
  expect(sent).toEqual(["C4=left", "C4=other"]);
});

test("a try after a failure sends the newest decision", async () => {
  const { saver, sent, pause, settled } = desk([offline]);
  pause.mockImplementationOnce(async () => saver.save("C4", "right") as undefined);
  saver.save("C4", "left");
  await settled();
  expect(sent).toEqual(["C4=left", "C4=right"]);
});

test("nothing is tried again after the room was left", async () => {
  const { saver, sent, pause } = desk([offline]);
  pause.mockImplementationOnce(async () => saver.close() as undefined);
  saver.save("C4", "left");
  await vi.waitFor(() => expect(pause).toHaveBeenCalled());
  await Promise.resolve();
  expect(sent).toEqual(["C4=left"]);
});
