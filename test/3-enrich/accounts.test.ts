import { afterEach, expect, test } from "vitest";
import { openAccounts } from "../../pipeline/3-enrich/accounts.ts";
import { type GitHubDouble, startGitHubDouble } from "../support/github-double.ts";

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((part) => part.close()));
});

async function double(): Promise<GitHubDouble> {
  const started = await startGitHubDouble({ repositories: {} });
  running.push(started);
  return started;
}

function accounts(...tokens: readonly (readonly [string, readonly string[]])[]) {
  const opened = openAccounts(new Map(tokens));
  running.push(opened);
  return opened;
}

const get = (url: string, token?: number | null) => ({
  method: "GET" as const,
  url: `${url}/repos/ada/stones`,
  headers: {},
  ...(token === undefined ? {} : { token }),
});
const sent = ({ seen }: GitHubDouble) => seen.map(({ authorization }) => authorization);

test("a request sends the token that it names by number, the first where it names none", async () => {
  const own = await double();
  const network = accounts([own.apiUrl, ["first", "second"]]);
  for (const token of [1, undefined, 0]) await network.request(get(own.apiUrl, token));
  expect(sent(own)).toEqual(["Bearer second", "Bearer first", "Bearer first"]);
});

test("a request that asks for no token sends none, and so does one for a number that is not there", async () => {
  const own = await double();
  const network = accounts([own.apiUrl, ["first"]]);
  await network.request(get(own.apiUrl, null));
  await network.request(get(own.apiUrl, 1));
  expect(sent(own)).toEqual([null, null]);
});

test("tokens are sent to their own origin, whatever the number", async () => {
  const [own, other] = [await double(), await double()];
  const network = accounts([own.apiUrl, ["first", "second"]], [other.apiUrl, ["third"]]);
  await network.request(get(other.apiUrl, 1));
  await network.request(get(other.apiUrl, 0));
  expect(sent(other)).toEqual([null, "Bearer third"]);
  expect(sent(own)).toEqual([]);
});

test("without any token requests are sent all the same", async () => {
  const own = await double();
  await accounts().request(get(own.apiUrl));
  expect(sent(own)).toEqual([null]);
});

test("closing ends what is under way", async () => {
  const started = await startGitHubDouble({ repositories: { "ada/stones": { fails: "hang" } } });
  running.push(started);
  const network = openAccounts(new Map([[started.apiUrl, ["first"]]]));
  const asked = network.request(get(started.apiUrl));
  asked.catch(() => {}); // looked at below
  while (started.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await network.close();
  await expect(asked).rejects.toThrow();
});
