import { inspect } from "node:util";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenNetwork, openNetwork } from "../../../pipeline/3-enrich/http.ts";
import { failureOf } from "../../../pipeline/3-enrich/net/failure.ts";
import { redactor } from "../../../pipeline/3-enrich/net/redact.ts";
import { type Loopback, loopback } from "../../support/loopback.ts";

const TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
let servers: Loopback;
let network: OpenNetwork | null = null;
beforeEach(() => {
  servers = loopback();
});
afterEach(async () => {
  await network?.close();
  servers.close();
});

test("no text holds a secret any more", () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9_]{4,12}$/);
  fc.assert(
    fc.property(
      fc.array(secret, { maxLength: 4 }),
      fc.array(fc.string(), { maxLength: 4 }),
      (secrets, words) => {
        // what is left of other secrets in the mark itself is no secret
        const usable = secrets.filter((one) => !"[redacted]".includes(one));
        const text = redactor(usable)(words.flatMap((word, i) => [word, usable[i] ?? ""]).join(" "));
        return usable.every((one) => !text.includes(one));
      },
    ),
  );
});

test("text without a secret stays as it is", () => {
  expect(redactor([TOKEN, ""])("ghp_0123 is short")).toBe("ghp_0123 is short");
  expect(redactor(["abcd", "abcdef"])("x abcdef y abcd")).toBe("x [redacted] y [redacted]");
});

test("an error's words are redacted, and nothing else of it is kept", () => {
  const cause = new Error(`sent ${TOKEN}`);
  const error = Object.assign(new Error(`refused ${TOKEN}`, { cause }), { code: "ECONNRESET" });
  const failure = failureOf(error, false, redactor([TOKEN]));
  expect(failure).toMatchObject({ kind: "unreachable", message: "refused [redacted] (ECONNRESET)" });
  expect(inspect(failure, { depth: null, showHidden: true })).not.toContain(TOKEN);
});

describe("a server that sends the token back", () => {
  test("in a body and a header does not bring it in", async () => {
    const origin = await servers.serve((request, response) => {
      const given = request.headers.authorization ?? "";
      response.writeHead(401, { "x-echo": given }).end(`You sent ${given}`);
    });
    network = openNetwork(new Map([[origin, TOKEN]]));
    const answer = await network.request({ method: "GET", url: origin, headers: {} });
    expect([answer.body, answer.headers["x-echo"]]).toEqual([
      "You sent Bearer [redacted]",
      "Bearer [redacted]",
    ]);
  });

  test("in a broken answer does not bring it into the error", async () => {
    const origin = await servers.serveRaw((socket) =>
      socket.on("data", (asked) => {
        const given = /authorization: (.*)/iu.exec(asked.toString())?.[1] ?? "";
        socket.end(`HTTP/1.1 ${given} ${given}\r\n${given}\u0000: x\r\n\r\n`);
      }),
    );
    network = openNetwork(new Map([[origin, TOKEN]]));
    const error: unknown = await network.request({ method: "GET", url: origin, headers: {} }).catch((e) => e);
    expect(error).toMatchObject({ name: "NetworkFailure" });
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(TOKEN);
  });
});
