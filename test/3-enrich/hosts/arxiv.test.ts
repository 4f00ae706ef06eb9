import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { arxiv, searchFor } from "../../../pipeline/3-enrich/hosts/arxiv.ts";
import { type OpenNetwork, openNetwork } from "../../../pipeline/3-enrich/http.ts";
import { titleKey } from "../../../pipeline/3-enrich/ids/agreement.ts";
import type { TitleAnswer } from "../../../pipeline/3-enrich/ids/title.ts";
import { type ArxivDouble, arxivError, feed, startArxivDouble } from "../../support/arxiv-double.ts";
import { type TestEffects, testEffects } from "../../support/effects.ts";
import type { DoubleReply } from "../../support/service-double.ts";

const TITLE = "Counting River-Stones: with Patient Drones";
const ONE = { id: "2603.00009v2", title: TITLE, summary: "Every river bed.", authors: ["Ada Quill"] };
const HOUR_MS = 3_600_000;

let network: OpenNetwork;
let effects: TestEffects;
let doubles: ArxivDouble[];
beforeEach(() => {
  network = openNetwork(new Map());
  effects = testEffects(network);
  doubles = [];
});
afterEach(async () => {
  await network.close();
  for (const double of doubles) double.close();
});

/** Looks titles up at a double over papers, or with faults. */
async function lookUp(titles: readonly string[], ...double: Parameters<typeof startArxivDouble>) {
  const started = await startArxivDouble(...double);
  doubles.push(started);
  const service = arxiv({ apiUrl: started.origin, hasToken: false, maxWaitMs: HOUR_MS });
  const asks = titles.map((title) => ({ title, title_key: titleKey(title) ?? "" }));
  const answers: TitleAnswer[] = [];
  for await (const batch of service.check(asks, { effects, tell() {} }))
    answers.push(...batch.map(({ answer }) => answer));
  return { answers, double: started };
}

describe("a title is searched for", () => {
  test.each([
    ["Counting River-Stones: with Patient Drones", 'ti:"counting" AND ti:"with patient drones"'],
    ["What GPT-4 Knows", 'ti:"what" AND ti:"knows"'],
    ["Ada's $k$-Means, or the Owls Count", 'ti:"or the owls count"'],
    ["Zählen von Steinen", 'ti:"von steinen"'],
    ["NOT all: stones OR (sand)", 'ti:"not all stones or sand"'],
    ['"Quoted" ANDNOT ti:x', 'ti:"quoted andnot"'],
  ])("%s: by its phrases of plain words", (title, search) => {
    expect(searchFor(title)).toBe(search);
  });

  test("only where words are left that an index holds", () => {
    expect([searchFor("深度学习"), searchFor("The $\\alpha$ of it"), searchFor("X1 Y2")]).toEqual([
      null,
      null,
      null,
    ]);
    const service = arxiv({ apiUrl: "http://127.0.0.1:1", hasToken: false, maxWaitMs: 0 });
    expect(service.answersFor({ title: "深度学习", title_key: "深度学习" })).toBe(false);
  });

  test("by at most twenty of its words, and by none of endless length", () => {
    expect(searchFor(Array(500).fill("stone").join(" "))?.split(" ")).toHaveLength(20);
    expect(searchFor(`Stones ${"o".repeat(100_000)} ${"o-".repeat(50_000)} Drones`)).toBe(
      'ti:"stones" AND ti:"drones"',
    );
  });
});

describe("arXiv's answer", () => {
  test("lists the papers whose titles are equal, without their versions", async () => {
    const others = [
      { id: "2603.00010v1", title: `${TITLE} and More` },
      { ...ONE, id: "math/0309136v1" },
    ];
    const { answers, double } = await lookUp([TITLE], [ONE, ...others]);
    expect(answers).toMatchObject([
      { kind: "listed", papers: [{ arxiv_id: "2603.00009" }, { arxiv_id: "math/0309136" }], isCut: false },
    ]);
    expect(answers[0]).toMatchObject({ papers: [{ authors: ["Ada Quill"], title: TITLE }, {}] });
    expect(double.seen).toEqual([
      "GET /query?search_query=ti%3A%22counting%22+AND+ti%3A%22with+patient+drones%22&start=0&max_results=50",
    ]);
  });

  test("says where there are more than were looked at", async () => {
    const many = Array.from({ length: 51 }, (_, i) => ({
      id: `2603.${10_000 + i}v1`,
      title: `${TITLE} ${i}`,
    }));
    expect((await lookUp([TITLE], many)).answers).toEqual([{ kind: "listed", papers: [], isCut: true }]);
  });

  test("without results lists nothing", async () => {
    expect((await lookUp([TITLE], [])).answers).toEqual([{ kind: "listed", papers: [], isCut: false }]);
  });

  test.each<[string, DoubleReply]>([
    ["an error in a good feed", arxivError("incorrect id format", 200)],
    ["an error", arxivError("start must be an integer")],
    ["a feed with fewer entries than it says", feed(3, [])],
    ["a feed that breaks off", { status: 200, body: '<feed xmlns="x"><entry><id>http://arxiv.org/abs/2' }],
    ["a page of words", { status: 200, body: "<html><body>Sorry</body></html>" }],
    ["no words at all", { status: 200 }],
    ["a server's error", { status: 500 }],
    ["a reset", "reset"],
  ])("that is %s is none", async (_what, reply) => {
    const { answers } = await lookUp([TITLE], [ONE], () => reply);
    expect(answers).toMatchObject([{ kind: "failed", problem: expect.stringMatching(/./) }]);
  });
});

describe("arXiv's terms", () => {
  test("are kept: not more than one request every three seconds", async () => {
    await lookUp([TITLE, TITLE, TITLE], []);
    expect(effects.slept).toEqual([3_100, 3_100]);
  });

  test("are kept where it says when to come again", async () => {
    const busy = { status: 503, headers: { "retry-after": "30" } };
    const { answers } = await lookUp([TITLE], [ONE], (number) => (number === 1 ? busy : null));
    expect(answers).toMatchObject([{ kind: "listed", papers: [{}] }]);
    expect(effects.slept.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(30_000);
  });

  test("are kept where it lets nobody ask: it is left alone", async () => {
    const { answers, double } = await lookUp([TITLE, TITLE], [ONE], () => ({ status: 403 }));
    expect([answers, double.seen.length]).toEqual([[], 1]);
    expect(effects.said).toEqual([expect.stringMatching(/^arXiv lets nobody ask .*denied/)]);
  });

  test("make a plan's length", () => {
    const service = arxiv({ apiUrl: "http://127.0.0.1:1", hasToken: false, maxWaitMs: 0 });
    const asks = Array(2_000).fill({ title: TITLE, title_key: "" });
    expect(service.plan(asks, effects.now())).toEqual({ requests: { requests: 2_000 }, seconds: 6_200 });
  });
});
