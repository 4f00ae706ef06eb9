import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import type { LinkAnswer } from "../../../pipeline/3-enrich/links/link.ts";
import { webPages } from "../../../pipeline/3-enrich/pages/web-pages.ts";
import { NO_NETWORK, type TestEffects, testEffects } from "../../support/effects.ts";
import { json } from "../../support/service-double.ts";
import { type Page, startWebDouble, type WebDouble } from "../../support/web-double.ts";

const running: WebDouble[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((double) => double.close()));
});

const OK = { status: 200, body: "a page" };
const to = (status: number, location: string) => json(status, "", { location });
const robots = (text: string) => ({ status: 200, headers: { "content-type": "text/plain" }, body: text });
const onlyGet =
  (page: Page, otherwise = { status: 405 } as const): Page =>
  (request) =>
    request.method !== "GET" ? otherwise : typeof page === "function" ? page(request) : page;

/** Visits pages of a made-up web; answers by page, in the order in which they came. */
async function visit(asked: readonly string[], pages: Readonly<Record<string, Page>>) {
  const double = await startWebDouble(pages);
  running.push(double);
  const effects: TestEffects = testEffects(NO_NETWORK, double.web);
  const pageOf = new Map(asked.map((page) => [double.urlOf(page), page]));
  const asks = [...pageOf.keys()].map((url) => ({ url, kind: "page" as const }));
  const answers: Record<string, LinkAnswer> = {};
  for await (const batch of webPages.check(asks, { effects, tell() {} }))
    for (const { url, answer } of batch) answers[pageOf.get(url) ?? url] = answer;
  return { answers, double, effects, seen: double.seen() };
}
const statusOf = async (page: string, pages: Readonly<Record<string, Page>>) =>
  (await visit([page], pages)).answers[page]?.status;

describe("a page is asked for", () => {
  test("with HEAD, after its host's rules, and no more when that answers", async () => {
    const { seen, answers } = await visit(["a.example/x"], { "a.example/x": OK });
    expect(seen).toEqual(["GET a.example/robots.txt", "HEAD a.example/x"]);
    expect(answers).toEqual({
      "a.example/x": {
        status: "alive",
        http_status: 200,
        source: "web",
        facts: { moved_to: null, title: null, likes: null, downloads: null, is_gated: null },
      },
    });
  });

  test.each([405, 501, 404, 403, 500])("with GET where HEAD answers %i", async (status) => {
    const { seen, answers } = await visit(["a.example/x"], {
      "a.example/x": onlyGet(OK, { status } as never),
    });
    expect(seen.slice(1)).toEqual(["HEAD a.example/x", "GET a.example/x"]);
    expect(answers["a.example/x"]?.status).toBe("alive");
  });

  test("with GET where HEAD breaks the connection", async () => {
    expect(await statusOf("a.example/x", { "a.example/x": onlyGet(OK, "reset" as never) })).toBe("alive");
  });
});

describe("only the page's plain word is a verdict", () => {
  test.each([
    [404, "missing"],
    [410, "missing"],
    [451, "withheld"],
    [401, "blocked"],
    [403, "blocked"],
    [406, "blocked"],
    [999, "blocked"],
    [400, "unknown"],
    [405, "unknown"],
    [429, "unknown"],
    [500, "unknown"],
    [503, "unknown"],
  ])("HTTP %i is %s", async (status, verdict) => {
    const { answers } = await visit(["a.example/x"], { "a.example/x": { status } });
    expect(answers["a.example/x"]).toMatchObject({ status: verdict, facts: null });
  });

  test("a challenge is a bot wall, whatever its status", async () => {
    for (const status of [200, 503]) {
      const challenge = json(status, "", { "cf-mitigated": "challenge" });
      expect(await statusOf("a.example/x", { "a.example/x": challenge })).toBe("blocked");
    }
  });

  test("no answer, no host, and one that may not be asked are no verdict", async () => {
    const { answers, seen } = await visit(["a.example/x", "nowhere.example/x", "private.example/x"], {
      "a.example/x": "reset",
    });
    expect(Object.values(answers).map(({ status }) => status)).toEqual(Array(3).fill("unknown"));
    expect(seen.filter((one) => one.includes("private"))).toEqual([]);
  });

  test("a front page or a sign-in where one thing was asked for says nothing of it", async () => {
    const pages = {
      "a.example/paper": to(302, "/"),
      "a.example/data": to(302, "/login?next=/data"),
      "a.example/": OK,
      "a.example/login": OK,
      "b.example/": OK,
    };
    const { answers } = await visit(["a.example/paper", "a.example/data", "b.example/"], pages);
    expect(answers["a.example/paper"]?.status).toBe("unknown");
    expect(answers["a.example/data"]?.status).toBe("unknown");
    expect(answers["b.example/"]?.status).toBe("alive");
  });
});

describe("redirects", () => {
  test("for good name the new address; for now, or to the same but for the slash, they name none", async () => {
    const { answers, double } = await visit(["a.example/x", "a.example/y", "a.example/z"], {
      "a.example/x": to(301, "/x2"),
      "a.example/x2": to(308, "/x3"),
      "a.example/x3": OK,
      "a.example/y": to(302, "/x3"),
      "a.example/z": to(301, "/z/"),
      "a.example/z/": OK,
    });
    expect(answers["a.example/x"]?.facts?.moved_to).toBe(double.urlOf("a.example/x3"));
    expect(answers["a.example/y"]).toMatchObject({ status: "alive", facts: { moved_to: null } });
    expect(answers["a.example/z"]).toMatchObject({ status: "alive", facts: { moved_to: null } });
  });

  test("in a circle, and to an address that may not be asked, end without a verdict", async () => {
    const pages: Record<string, Page> = { "a.example/x": to(302, "/y"), "a.example/y": to(302, "/x") };
    pages["a.example/in"] = ({ headers }) =>
      to(302, `http://private.example:${headers.host?.split(":")[1]}/admin`);
    const { answers, seen } = await visit(["a.example/x", "a.example/in"], pages);
    expect(Object.values(answers).map(({ status }) => status)).toEqual(["unknown", "unknown"]);
    expect(seen.some((one) => one.includes("private"))).toBe(false);
  });
});

describe("a host's rules for automatic readers", () => {
  test("are kept, and what they forbid is not asked for", async () => {
    const { answers, seen } = await visit(["a.example/no/x", "a.example/yes"], {
      "a.example/robots.txt": robots("User-agent: *\nDisallow: /no/"),
      "a.example/no/x": OK,
      "a.example/yes": OK,
    });
    expect(answers["a.example/no/x"]).toMatchObject({ status: "blocked", http_status: null });
    expect(answers["a.example/yes"]?.status).toBe("alive");
    expect(seen).toEqual(["GET a.example/robots.txt", "HEAD a.example/yes"]);
  });

  test("that speak of this program by name come before those for all", async () => {
    const text = "User-agent: *\nDisallow: /\n\nUser-agent: Paperset\nDisallow: /no";
    const pages = { "a.example/robots.txt": robots(text), "a.example/yes": OK, "a.example/no": OK };
    expect([await statusOf("a.example/yes", pages), await statusOf("a.example/no", pages)]).toEqual([
      "alive",
      "blocked",
    ]);
  });

  test("hold for where a redirect leads, too", async () => {
    const pages: Record<string, Page> = {
      "b.example/robots.txt": robots("User-agent: *\nDisallow: /"),
      "b.example/x": OK,
    };
    pages["a.example/x"] = ({ headers }) => to(301, `http://b.example:${headers.host?.split(":")[1]}/x`);
    const { answers, seen } = await visit(["a.example/x"], pages);
    expect(answers["a.example/x"]?.status).toBe("blocked");
    expect(seen).not.toContain("HEAD b.example/x");
  });

  test("that cannot be had forbid everything for now, and that are not there allow everything", async () => {
    for (const reply of [{ status: 500 }, { status: 429 }, "reset" as const]) {
      const { answers, seen } = await visit(["a.example/x"], {
        "a.example/robots.txt": reply,
        "a.example/x": OK,
      });
      expect([answers["a.example/x"]?.status, seen.length]).toEqual(["unknown", 1]);
    }
    for (const status of [404, 403, 410]) {
      const page = { status, body: "User-agent: *\nDisallow: /" };
      expect(await statusOf("a.example/x", { "a.example/robots.txt": page, "a.example/x": OK })).toBe(
        "alive",
      );
    }
  });

  test("say how long to wait between two requests; otherwise it is a second, and half a minute at most", async () => {
    const delays = [];
    for (const text of ["", "User-agent: *\nCrawl-delay: 7", "User-agent: *\nCrawl-delay: 86400"]) {
      const pages = { "a.example/robots.txt": robots(text), "a.example/x": OK, "a.example/y": OK };
      delays.push((await visit(["a.example/x", "a.example/y"], pages)).effects.slept);
    }
    expect(delays).toEqual([[1_000], [7_000], [30_000]]);
  });
});

describe("a host that means harm ends without a verdict, soon", () => {
  test("with rules that unpack to more than is read: their start counts", async () => {
    const bomb = gzipSync(
      Buffer.concat([Buffer.from("User-agent: *\nDisallow: /no\n"), Buffer.alloc(64 << 20, "#")]),
    );
    const pages = {
      "a.example/robots.txt": { status: 200, headers: { "content-encoding": "gzip" }, body: bomb },
      "a.example/no": OK,
      "a.example/x": OK,
    };
    expect([await statusOf("a.example/no", pages), await statusOf("a.example/x", pages)]).toEqual([
      "blocked",
      "alive",
    ]);
  });

  test("with rules that take long to compare, and a redirect to an address without end", async () => {
    const slow = `User-agent: *\n${`Disallow: /${"*a".repeat(500)}b\n`.repeat(480)}`;
    const long = `/${"a".repeat(8_000)}`;
    const pages = {
      "a.example/robots.txt": robots(slow),
      "b.example/x": to(302, long),
      [`b.example${long}`]: OK,
    };
    const { answers, seen } = await visit([`a.example/${"a".repeat(2_000)}`, "b.example/x"], pages);
    expect(Object.values(answers).map(({ status }) => status)).toEqual(["unknown", "unknown"]);
    expect(seen.filter((one) => one.startsWith("HEAD"))).toEqual(["HEAD b.example/x"]);
  });
});

describe("hosts are spared", () => {
  test("one that says it is asked too much is asked no more in this run", async () => {
    const pages = { "a.example/1": { status: 429 }, "a.example/2": OK, "b.example/1": OK };
    const { answers, seen } = await visit(["a.example/1", "a.example/2", "b.example/1"], pages);
    expect(seen.filter((one) => one.includes("a.example/"))).toEqual([
      "GET a.example/robots.txt",
      "HEAD a.example/1",
    ]);
    expect(answers["b.example/1"]?.status).toBe("alive");
    expect(Object.keys(answers)).not.toContain("a.example/2");
  });

  test("the rest of one that does not answer is left unasked, and gets no answer", async () => {
    const asked = Array.from({ length: 9 }, (_, i) => `nowhere.example/${i}`);
    const { answers } = await visit(asked, {});
    expect(Object.keys(answers)).toEqual(asked.slice(0, 3));
  });

  test("each is asked once for each page, and several hosts at once", async () => {
    let [most, now] = [0, 0];
    const perHost = new Map<string, number>();
    const page: Page = ({ headers }) => {
      const host = headers.host ?? "";
      now += 1;
      most = Math.max(most, now);
      perHost.set(host, (perHost.get(host) ?? 0) + 1);
      setTimeout(() => {
        now -= 1;
      }, 20);
      return OK;
    };
    const hosts = Array.from({ length: 20 }, (_, i) => `h${i}.example`);
    const asked = hosts.flatMap((host) => [`${host}/a`, `${host}/b`]);
    const { answers } = await visit(asked, Object.fromEntries(asked.map((one) => [one, page])));
    expect(Object.keys(answers)).toHaveLength(40);
    expect([...perHost.values()]).toEqual(Array(20).fill(2));
    expect(most).toBeGreaterThan(1);
  });

  test("a plan tells how many visits there may be", () => {
    const asks = ["http://a.example/1", "http://a.example/2", "http://b.example/"];
    expect(
      webPages.plan(
        asks.map((url) => ({ url, kind: "page" })),
        new Date(),
      ),
    ).toEqual({
      requests: { "page visits": 8 },
      seconds: 4,
    });
  });
});
