import { afterEach, describe, expect, test } from "vitest";
import { type Client, openClient } from "../../../pipeline/release/publish/http.ts";
import { type Answer, type Double, startDouble } from "./double.ts";

let double: Double;
let slept: number[];
afterEach(() => double.close());

/** A client of a server that gives these answers one after the other, the last one for ever. */
async function clientOf(...answers: readonly Answer[]): Promise<Client> {
  slept = [];
  let asked = 0;
  double = await startDouble(() => {
    asked += 1;
    return answers[Math.min(asked, answers.length) - 1] ?? { status: 500 };
  }, null);
  return openClient("a-token", [double.url], async (milliseconds) => {
    slept.push(milliseconds);
  });
}
const busy = (seconds: string): Answer => ({ status: 429, headers: { "retry-after": seconds } });
const get = (client: Client) => client.call({ method: "GET", url: `${double.url}/here?secret=1` });

describe("a server that asks for patience", () => {
  test("is asked again after as long as it says", async () => {
    const client = await clientOf(
      busy("7"),
      { ...busy("2"), status: 503 },
      { status: 200, json: { ok: true } },
    );
    expect(await get(client)).toEqual({ status: 200, body: { ok: true } });
    expect(slept).toEqual([7_000, 2_000]);
  });

  test("is left alone after five times, or when it asks for too long or in no number", async () => {
    const client = await clientOf(busy("1"));
    await expect(get(client)).rejects.toThrow("was answered with 429");
    expect(slept).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
    for (const seconds of ["121", "-1", "tomorrow"]) {
      await double.close();
      await expect(get(await clientOf(busy(seconds)))).rejects.toThrow("was answered with 429");
      expect(slept).toEqual([]);
    }
  });
});

describe("a failure", () => {
  test("names method and place, what the server says and what to do, but no query", async () => {
    const client = await clientOf({ status: 422, json: { message: "Validation Failed" } });
    await expect(get(client)).rejects.toThrow(
      `GET ${double.url}/here was answered with 422: Validation Failed. Run the same command again`,
    );
  });

  test("for want of rights speaks of the token", async () => {
    const client = await clientOf({ status: 403, json: { message: "Resource not accessible" } });
    await expect(get(client)).rejects.toThrow("Check the token and what it may do.");
  });

  test("that the caller knows how to read is an answer", async () => {
    const client = await clientOf({ status: 404 });
    const reply = await client.call({ method: "GET", url: double.url, allow: [404] });
    expect(reply).toEqual({ status: 404, body: null });
  });
});

test("a redirect is not followed, and an address of another origin is not asked", async () => {
  const client = await clientOf({ status: 302, headers: { location: "https://elsewhere.test/" } });
  await expect(get(client)).rejects.toThrow("was answered with 302");
  await expect(client.call({ method: "GET", url: "https://elsewhere.test/" })).rejects.toThrow(
    "leads away from",
  );
});
