import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenNetwork, openNetwork, openWeb } from "../../../pipeline/3-enrich/http.ts";
import { follow, redirectTo, sameOrigin } from "../../../pipeline/3-enrich/net/redirects.ts";
import { type Loopback, loopback } from "../../support/loopback.ts";

const TOKEN = "t0ken-of-one-origin";
let servers: Loopback;
let networks: OpenNetwork[];
let seen: string[];
beforeEach(() => {
  servers = loopback();
  networks = [];
  seen = [];
});
afterEach(async () => {
  await Promise.all(networks.map((network) => network.close()));
  servers.close();
});
const kept = (network: OpenNetwork) => {
  networks.push(network);
  return network;
};

/** A server that redirects by its table of paths, and answers 200 elsewhere. */
const redirecting = (table: Readonly<Record<string, string>>) =>
  servers.serve((request, response) => {
    seen.push(`${request.url} ${request.headers.authorization ?? "-"}`);
    const location = table[request.url ?? ""];
    response
      .writeHead(location === undefined ? 200 : 302, location === undefined ? {} : { location })
      .end("end");
  });
const get = (url: string) => ({ method: "GET", url, headers: {} }) as const;

describe("redirects", () => {
  test("are followed as often as allowed, and the last address is told", async () => {
    const origin = await redirecting({ "/0": "/1", "/1": "2?a=b#part" });
    const network = kept(openNetwork(new Map()));
    const { answer, url } = await follow(network, get(`${origin}/0`), 2, sameOrigin);
    expect([answer.status, url]).toEqual([200, `${origin}/2?a=b`]);
    await expect(follow(network, get(`${origin}/0`), 1, sameOrigin)).rejects.toMatchObject({
      kind: "redirects",
    });
  });

  test("in a circle end", async () => {
    const origin = await redirecting({ "/a": "/b", "/b": "/a#again" });
    const network = kept(openNetwork(new Map()));
    await expect(follow(network, get(`${origin}/a`), 9, sameOrigin)).rejects.toMatchObject({
      kind: "redirects",
    });
    expect(seen).toHaveLength(2);
  });

  test("to another origin, also a lower scheme, are not followed where they may not be", async () => {
    const other = await redirecting({});
    const origin = await redirecting({ "/x": `${other}/stolen`, "/y": "https://127.0.0.1/y" });
    const network = kept(openNetwork(new Map([[origin, TOKEN]])));
    for (const path of ["/x", "/y"])
      await expect(follow(network, get(origin + path), 3, sameOrigin)).rejects.toMatchObject({
        kind: "redirects",
      });
    expect(seen).toEqual([`/x Bearer ${TOKEN}`, `/y Bearer ${TOKEN}`]);
  });

  test("carry the token to its own origin only, even where they are followed anywhere", async () => {
    const other = await redirecting({});
    const origin = await redirecting({ "/x": `${other}/else` });
    const network = kept(openNetwork(new Map([[origin, TOKEN]])));
    await follow(network, get(`${origin}/x`), 3, () => true);
    expect(seen).toEqual([`/x Bearer ${TOKEN}`, "/else -"]);
  });

  test("to an address of this machine are judged like the first address", async () => {
    const secret = await redirecting({});
    const port = new URL(secret).port;
    const origin = await redirecting({ "/x": `http://127.0.0.2:${port}/admin` });
    const web = kept(openWeb({ permit: (address) => address === "127.0.0.1", deadlineMs: 2_000 }));
    await expect(follow(web, get(`${origin}/x`), 3, () => true)).rejects.toMatchObject({
      kind: "refused_address",
    });
    expect(seen).toEqual(["/x -"]);
  });
});

test("only a redirect with an address of the web leads anywhere", () => {
  const at = (status: number, location?: string) =>
    redirectTo(
      { status, headers: location === undefined ? {} : { location }, body: "" },
      "https://a.example/b/c",
    )?.href ?? null;
  expect([301, 302, 303, 307, 308].map((status) => at(status, "d"))).toEqual(
    Array(5).fill("https://a.example/b/d"),
  );
  expect([200, 300, 304, 404].map((status) => at(status, "d"))).toEqual([null, null, null, null]);
  expect(at(301, "//other.example/x")).toBe("https://other.example/x");
  for (const location of [undefined, "javascript:alert(1)", "file:///etc/passwd", "https://[::bad"])
    expect(at(301, location)).toBeNull();
});
