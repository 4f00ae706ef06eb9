import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type OpenNetwork, openNetwork } from "../../pipeline/3-enrich/http.ts";
import { type GitHubDouble, type Replies, startGitHubDouble } from "../support/github-double.ts";

const TOKEN = "t0ken-of-one-origin";
const running: (GitHubDouble | OpenNetwork)[] = [];
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((part) => part.close()));
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function double(replies: Partial<Replies> = {}): Promise<GitHubDouble> {
  const started = await startGitHubDouble({ repositories: {}, ...replies });
  running.push(started);
  return started;
}

function network(...tokens: readonly (readonly [string, string])[]): OpenNetwork {
  const opened = openNetwork(new Map(tokens));
  running.push(opened);
  return opened;
}

const get = (url: string) => ({ method: "GET", url, headers: { accept: "application/json" } }) as const;

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("the token", () => {
  test("is sent to its own origin and to no other", async () => {
    const [own, other] = [await double({ token: TOKEN }), await double()];
    const opened = network([own.apiUrl, TOKEN]);
    await opened.request(get(`${own.apiUrl}/repos/ada/stones`));
    await opened.request(get(`${other.apiUrl}/repos/ada/stones`));
    expect(own.seen).toMatchObject([{ authorization: `Bearer ${TOKEN}`, status: 404 }]);
    expect(other.seen).toMatchObject([{ authorization: null, status: 404 }]);
  });

  test("of each origin goes to that one", async () => {
    const [one, two] = [await double(), await double()];
    const opened = network([one.apiUrl, "first"], [two.apiUrl, "second"]);
    for (const { graphqlUrl } of [two, one])
      await opened.request({ method: "POST", url: graphqlUrl, headers: {}, body: "{}" });
    expect(one.seen.map((request) => request.authorization)).toEqual(["Bearer first"]);
    expect(two.seen.map((request) => request.authorization)).toEqual(["Bearer second"]);
  });

  test("is not sent over another scheme or to another host with the same port", async () => {
    const own = await double();
    const port = new URL(own.apiUrl).port;
    const opened = network([`https://127.0.0.1:${port}`, TOKEN], [`http://localhost:${port}`, TOKEN]);
    await opened.request(get(`${own.apiUrl}/repos/ada/stones`));
    expect(own.seen).toMatchObject([{ authorization: null }]);
  });
});

describe("an answer", () => {
  test("is the status, the body, and the headers by lower-case name", async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(418, { "X-Ratelimit-Remaining": "7", "Set-Cookie": ["a=1", "b=2"] }).end("Größe");
    });
    const answer = await network().request(get(origin));
    expect([answer.status, answer.body]).toEqual([418, "Größe"]);
    expect(answer.headers).toMatchObject({ "x-ratelimit-remaining": "7", "set-cookie": "a=1,b=2" });
  });

  test("that redirects is given as it is and not followed", async () => {
    const old = await double({
      repositories: { "old/home": { found: { full_name: "new/home", id: 8, stars: 1 } } },
    });
    const answer = await network().request(get(`${old.apiUrl}/repos/old/home`));
    expect([answer.status, answer.headers["location"]]).toEqual([301, `${old.apiUrl}/repositories/8`]);
    expect(old.seen).toHaveLength(1);
  });

  test("of more than four megabytes is refused", async () => {
    const origin = await serve((request, response) => {
      response.end(Buffer.alloc((4 << 20) + (request.url === "/more" ? 1 : 0), "x"));
    });
    const opened = network();
    expect((await opened.request(get(`${origin}/enough`))).body).toHaveLength(4 << 20);
    await expect(opened.request(get(`${origin}/more`))).rejects.toThrow();
  });

  test("that is cut off by a reset is no answer", async () => {
    const failing = await double({ repositories: { "ada/stones": { fails: "reset" } } });
    await expect(network().request(get(`${failing.apiUrl}/repos/ada/stones`))).rejects.toThrow();
    expect(failing.seen).toHaveLength(1);
  });
});

test("a request carries its own headers, its body, and who asks", async () => {
  const seen: unknown[] = [];
  const origin = await serve(async (request, response) => {
    const { method, headers } = request;
    const body = (await Array.fromAsync(request)).join("");
    seen.push({ method, body, accept: headers.accept, agent: headers["user-agent"] });
    response.end();
  });
  await network().request({ method: "POST", url: origin, headers: { accept: "x/y" }, body: "words" });
  expect(seen).toEqual([
    { method: "POST", body: "words", accept: "x/y", agent: expect.stringMatching(/^paperset \(/) },
  ]);
});

test("a network that is closed answers no more", async () => {
  const open = await double();
  const opened = openNetwork(new Map());
  await opened.close();
  await expect(opened.request(get(`${open.apiUrl}/repos/ada/stones`))).rejects.toThrow();
});
