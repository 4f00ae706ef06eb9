import { describe, expect, test } from "vitest";
import { anonymous4open } from "../../../pipeline/3-enrich/hosts/anonymous-4open.ts";
import { doi } from "../../../pipeline/3-enrich/hosts/doi.ts";
import { zenodo } from "../../../pipeline/3-enrich/hosts/zenodo.ts";
import { checkLinksAt } from "../../support/link-check.ts";
import {
  type Replies,
  startAnonymousDouble,
  startDoiDouble,
  startZenodoDouble,
} from "../../support/link-doubles.ts";
import { json, startServiceDouble } from "../../support/service-double.ts";

const CONFIG = { apiUrl: "http://x", hasToken: false, maxWaitMs: 0 };
const answersFor = (service: ReturnType<typeof zenodo>, urls: readonly string[]) =>
  urls.filter((url) => service.answersFor({ url, kind: "page" }));

describe("Zenodo", () => {
  const RECORD = "https://zenodo.org/records/1234567";
  const check = async (urls: readonly string[], replies: Replies) =>
    checkLinksAt(zenodo, await startZenodoDouble(replies), urls);

  test("is asked about records by their addresses and DOIs", () => {
    const records = [
      RECORD,
      "https://zenodo.org/record/1234567",
      "https://www.zenodo.org/records/1234567/files/data.zip",
      "https://doi.org/10.5281/zenodo.1234567",
      "https://dx.doi.org/10.5281/ZENODO.1234567",
    ];
    const others = [
      "https://zenodo.org/communities/stones",
      "https://zenodo.org/records/abc",
      "https://doi.org/10.1000/182",
      "https://sandbox.zenodo.org/records/1",
    ];
    expect(answersFor(zenodo(CONFIG), [...records, ...others])).toEqual(records);
  });

  test("tells title, downloads, and whether the files are for everybody", async () => {
    const record = (access_right: string) => ({
      id: 1234567,
      metadata: { title: "Stones of <i>one</i> river", access_right },
      stats: { downloads: 12, views: 40 },
    });
    const open = await check([RECORD], { 1234567: record("open") });
    expect(open.double.seen).toEqual(["GET /records/1234567"]);
    expect(open.answers[RECORD]).toEqual({
      status: "alive",
      http_status: 200,
      source: "zenodo",
      facts: {
        moved_to: null,
        title: "Stones of <i>one</i> river",
        likes: null,
        downloads: 12,
        is_gated: false,
      },
    });
    const closed = await check([RECORD], { 1234567: record("restricted") });
    expect(closed.answers[RECORD]?.facts?.is_gated).toBe(true);
  });

  test("leads from the number of all versions to the newest", async () => {
    const { answers } = await check([RECORD], {
      1234567: json(302, "", { location: "/records/1234568" }),
      1234568: { metadata: { title: "Newest" } },
    });
    expect(answers[RECORD]).toMatchObject({ status: "alive", facts: { title: "Newest", is_gated: null } });
  });

  test("tells what is missing or deleted, and nothing else is missing", async () => {
    expect((await check([RECORD], {})).answers[RECORD]).toMatchObject({
      status: "missing",
      http_status: 404,
    });
    const statuses = [];
    for (const reply of [json(410, {}), json(500, {}), json(403, {}), json(200, {}), "reset" as const])
      statuses.push((await check([RECORD], { 1234567: reply })).answers[RECORD]?.status);
    expect(statuses).toEqual(["missing", "unknown", "unknown", "unknown", "unknown"]);
  });
});

describe("the DOI resolver", () => {
  const DOI = "https://doi.org/10.1000/A(1)/x";
  const check = async (replies: Replies) => checkLinksAt(doi, await startDoiDouble(replies), [DOI]);

  test("is asked about DOIs, and about no other page", () => {
    const urls = [DOI, "https://dx.doi.org/10.1000/182"];
    const others = ["https://doi.org/", "https://doi.org/the-identifier", "https://example.org/10.1000/182"];
    expect(answersFor(doi(CONFIG), [...urls, ...others])).toEqual(urls);
  });

  test("says that a name is registered, and what it names", async () => {
    const { answers, double } = await check({ "10.1000/A(1)/x": { title: "Counting stones" } });
    expect(answers[DOI]).toMatchObject({
      status: "alive",
      http_status: 200,
      facts: { title: "Counting stones" },
    });
    expect(double.seen).toEqual(["GET /api/handles/10.1000/A(1)/x?type=URL", "GET /10.1000/A(1)/x"]);
  });

  test("a title that does not come changes no verdict, and the page itself is not visited", async () => {
    const { answers, double } = await check({ "10.1000/A(1)/x": json(200, { responseCode: 1 }) });
    expect(answers[DOI]).toMatchObject({ status: "alive", facts: { title: null } });
    expect(double.seen).toHaveLength(2);
  });

  test("only its own word makes a name missing", async () => {
    const verdicts = [(await check({})).answers[DOI]];
    for (const reply of [
      json(404, "<html>"),
      json(500, { responseCode: 2 }),
      json(200, { responseCode: 200 }),
    ])
      verdicts.push((await check({ "10.1000/A(1)/x": reply })).answers[DOI]);
    expect(verdicts.map((verdict) => verdict?.status)).toEqual(["missing", "unknown", "unknown", "unknown"]);
  });

  test("leads to the agencies and nowhere else", async () => {
    let reached = 0;
    const elsewhere = await startServiceDouble(() => {
      reached += 1;
      return json(200, { title: "Not from an agency" });
    });
    const away = json(302, "", { location: `${elsewhere.origin}/10.1000` });
    const registered = { "10.1000/A(1)/x": { title: "Counting stones" }, "described 10.1000/A(1)/x": away };
    expect((await check(registered)).answers[DOI]).toMatchObject({ status: "alive", facts: { title: null } });
    expect((await check({ "10.1000/A(1)/x": away })).answers[DOI]).toMatchObject({ status: "unknown" });
    elsewhere.close();
    expect(reached).toBe(0);
  });
});

describe("anonymous.4open.science", () => {
  const PAGE = "https://anonymous.4open.science/r/stones-0A1B";
  const check = async (replies: Replies) =>
    checkLinksAt(anonymous4open, await startAnonymousDouble(replies), [PAGE]);

  test("is asked about a repository by its id, once and never again", async () => {
    const urls = [PAGE, "https://anonymous.4open.science/repository/ab-12/", `${PAGE}/src/main.py`];
    const service = anonymous4open(CONFIG);
    expect(answersFor(service, [...urls, "https://anonymous.4open.science/faq"])).toEqual(urls);
    expect([service.asksOnce, zenodo(CONFIG).asksOnce]).toEqual([true, false]);
    const { double } = await check({ "stones-0A1B": { url: null, download: true } });
    expect(double.seen).toEqual(["GET /repo/stones-0A1B/options"]);
  });

  test("tells where it is shown openly by now", async () => {
    const { answers } = await check({ "stones-0A1B": { url: "https://github.com/ada/stones" } });
    expect(answers[PAGE]).toMatchObject({
      status: "alive",
      facts: { moved_to: "https://github.com/ada/stones" },
    });
    const other = await check({ "stones-0A1B": { url: "javascript:alert(1)" } });
    expect(other.answers[PAGE]).toMatchObject({ status: "alive", facts: { moved_to: null } });
  });

  test("tells none and expired from not ready", async () => {
    const statuses = [(await check({})).answers[PAGE]?.status];
    for (const [status, error] of [
      [410, "repository_expired"],
      [404, "repository_not_ready"],
      [425, "repository_not_ready"],
      [500, "repository_not_accessible"],
    ] as const)
      statuses.push((await check({ "stones-0A1B": json(status, { error }) })).answers[PAGE]?.status);
    expect(statuses).toEqual(["missing", "missing", "unknown", "unknown", "unknown"]);
    expect((await check({ "stones-0A1B": json(404, "<html>") })).answers[PAGE]?.status).toBe("unknown");
  });
});
