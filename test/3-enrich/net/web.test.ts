import type { LookupAddress } from "node:dns";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenNetwork, openWeb, type WebOptions } from "../../../pipeline/3-enrich/http.ts";
import { publicWeb } from "../../../pipeline/3-enrich/net/guarded-connector.ts";
import { type Loopback, loopback } from "../../support/loopback.ts";

/** The network for addresses that others wrote, against servers on loopback that it must or must not reach. */

let servers: Loopback;
let opened: OpenNetwork[];
let reached: string[];
let origin: string;
let port: number;
beforeEach(async () => {
  servers = loopback();
  opened = [];
  reached = [];
  origin = await servers.serve((request, response) => {
    reached.push(`${request.headers.host}${request.url}`);
    response.end("here");
  });
  port = Number(new URL(origin).port);
});
afterEach(async () => {
  await Promise.all(opened.map((network) => network.close()));
  servers.close();
});

function web(options: WebOptions = {}): OpenNetwork {
  const network = openWeb({ deadlineMs: 2_000, ...options });
  opened.push(network);
  return network;
}

/** Allows the one address of loopback that stands for a public one. */
const onlyFirst: WebOptions["permit"] = (address) => address === "127.0.0.1";
/** Resolves names as told, each time the next answer, the last for ever. */
function names(...answers: readonly (readonly string[])[]): WebOptions["resolve"] {
  let asked = 0;
  return (_hostname, _options, callback) => {
    const addresses = answers[Math.min(asked++, answers.length - 1)] ?? [];
    callback(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
}
const get = (url: string) => ({ method: "GET", url, headers: {} }) as const;
const refused = { name: "NetworkFailure", kind: "refused_address" };

describe("an address of this machine is not connected to", () => {
  test.each([
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "0.0.0.0",
    "0",
    "127.0.0.1.",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "localhost",
    "LOCALHOST",
  ])("written as %s", async (host) => {
    // the port is permitted, so that the address alone decides
    const network = web({ permit: (address) => publicWeb(address, 80) });
    const answer = network.request(get(`http://${host}:${port}/`));
    // a name that this machine does not know ends before anything is judged
    await expect(answer).rejects.toMatchObject(
      host === "ip6-localhost" ? { name: "NetworkFailure" } : refused,
    );
    expect(reached).toEqual([]);
  });

  test("though it can be reached where it is permitted", async () => {
    expect((await web({ permit: onlyFirst }).request(get(`${origin}/x`))).body).toBe("here");
    expect(reached).toEqual([`127.0.0.1:${port}/x`]);
  });
});

describe("a name is judged by its addresses when it is connected to", () => {
  test("and refused when any of them is not permitted", async () => {
    for (const addresses of [["127.0.0.2"], ["127.0.0.1", "127.0.0.2"], ["127.0.0.1", "::1"]]) {
      const network = web({ permit: onlyFirst, resolve: names(addresses) });
      await expect(network.request(get(`http://mixed.example:${port}/`))).rejects.toMatchObject(refused);
    }
    expect(reached).toEqual([]);
  });

  test("again at each connection, so that a name that changes is caught", async () => {
    const resolve = names(["127.0.0.1"], ["127.0.0.2"]);
    const network = web({ permit: onlyFirst, resolve });
    const closing = { ...get(`http://changing.example:${port}/`), headers: { connection: "close" } };
    expect((await network.request(closing)).status).toBe(200);
    await expect(network.request(closing)).rejects.toMatchObject(refused);
    expect(reached).toHaveLength(1);
  });

  test("and the address that was judged is the one that is connected to, looked up once", async () => {
    let asked = 0;
    const network = web({
      permit: onlyFirst,
      resolve: (_name, _options, callback) => {
        asked += 1;
        callback(null, [{ address: asked === 1 ? "127.0.0.1" : "127.0.0.2", family: 4 }]);
      },
    });
    await network.request(get(`http://once.example:${port}/`));
    expect([asked, reached]).toEqual([1, [`once.example:${port}/`]]);
  });

  test("and one without an address brings no answer", async () => {
    const network = web({ permit: onlyFirst, resolve: names([]) });
    await expect(network.request(get("http://none.example/"))).rejects.toMatchObject({ kind: "unreachable" });
  });

  test("and one that is never looked up to the end brings none in time", async () => {
    const network = web({ permit: onlyFirst, resolve: () => {}, deadlineMs: 150 });
    const started = performance.now();
    await expect(network.request(get("http://slow.example/"))).rejects.toMatchObject({ kind: "deadline" });
    expect(performance.now() - started).toBeLessThan(700);
  });
});

describe("by default", () => {
  test("only the ports of the web are connected to", async () => {
    const network = web({ resolve: names(["93.184.215.14"]) });
    for (const wrong of [22, 25, 6379, 8080, port])
      await expect(network.request(get(`http://name.example:${wrong}/`))).rejects.toMatchObject(refused);
  });

  test("only http and https without credentials are asked", async () => {
    const network = web();
    for (const url of ["ftp://h.example/", "file:///etc/passwd", "http://u:p@h.example/", "data:,x", "x"])
      await expect(network.request(get(url))).rejects.toMatchObject(refused);
  });
});
