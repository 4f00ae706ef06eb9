import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Paper } from "../../../pipeline/2-dedupe/paper.ts";
import { type OpenNetwork, openNetwork } from "../../../pipeline/3-enrich/http.ts";
import { checkLinks, type LinksConfig, planLinks } from "../../../pipeline/3-enrich/links/check-links.ts";
import type { LinkState } from "../../../pipeline/3-enrich/links/link.ts";
import type { LinkKind } from "../../../schemas/vocabularies.ts";
import { type TestEffects, testEffects } from "../../support/effects.ts";
import { type Replies, startAnonymousDouble, startHubDouble } from "../../support/link-doubles.ts";
import { releaseOf } from "../../support/releases.ts";
import { paperNaming } from "../../support/repositories.ts";
import { bareRowOf } from "../../support/rows.ts";
import { json, type ServiceDouble } from "../../support/service-double.ts";
import { asking, servicesAt } from "../../support/services.ts";
import { runAlone } from "../../support/stages.ts";
import { startWebDouble } from "../../support/web-double.ts";

const HUB = "https://huggingface.co";
const STONES = `${HUB}/ada/stones`;
const REVIEW = "https://anonymous.4open.science/r/stones-0A1B";

let folder: string;
let effects: TestEffects;
let network: OpenNetwork;
const doubles: ServiceDouble[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-links-"));
  network = openNetwork(new Map());
  effects = testEffects(network);
});
afterEach(async () => {
  await network.close();
  for (const double of doubles.splice(0)) double.close();
  await rm(folder, { recursive: true });
});

async function hub(replies: Replies): Promise<ServiceDouble> {
  const double = await startHubDouble(replies);
  doubles.push(double);
  return double;
}

function kindOf(url: string): LinkKind {
  return url.startsWith(HUB) ? "model" : url === REVIEW ? "anonymous_code" : "page";
}

/** A paper that names these addresses. */
function paper(...urls: readonly string[]): Paper {
  const links = urls.map((url) => {
    const standing = {
      evidence: url,
      evidence_field: "abstract",
      evidence_start: 0,
      evidence_end: 1,
    } as const;
    return {
      url,
      kind: kindOf(url),
      implied_repository: null,
      url_as_written: url,
      mention_id: "m_0",
      ...standing,
    };
  });
  return { ...paperNaming(), links };
}

const journalPath = () => join(folder, checkLinks.name, "journal.jsonl");
const configOf = (known: Partial<LinksConfig>): LinksConfig => ({
  ...asking(),
  journalPath: journalPath(),
  ...known,
});
const run = (papers: readonly Paper[], known: Partial<LinksConfig> = {}) =>
  runAlone(checkLinks, papers, configOf(known), effects, folder);
const byUrl = (records: readonly LinkState[]) =>
  Object.fromEntries(records.map((state) => [state.url, state]));
const at = (double: ServiceDouble) => ({ services: servicesAt({ huggingface: double.origin }) });

describe("every address is kept once", () => {
  test("in the order of addresses, and the account says how many papers name them", async () => {
    const { records, report } = await run([paper("https://b.example/", STONES), paper(STONES)], {
      offline: true,
    });
    expect(records.map(({ url, status }) => [url, status])).toEqual([
      ["https://b.example/", "unchecked"],
      [STONES, "unchecked"],
    ]);
    expect(report).toMatchObject({
      read: 3,
      written: 2,
      merged: 1,
      notes: { link_statuses: { unchecked: 2 } },
    });
  });
});

describe("who is asked", () => {
  test("is the service that keeps what stands there, once for all papers", async () => {
    const double = await hub({
      "models/ada/stones": { id: "ada/stones", likes: 4, downloads: 9, gated: false },
    });
    const { records } = await run([paper(STONES), paper(STONES)], at(double));
    expect(records).toEqual([
      {
        url: STONES,
        status: "alive",
        http_status: 200,
        checked_at: "2026-11-21T09:00:00Z",
        checked_by: "huggingface",
        observed_at: "2026-11-21T09:00:00Z",
        moved_to: null,
        title: null,
        likes: 4,
        downloads: 9,
        is_gated: false,
      },
    ]);
    expect(double.seen).toHaveLength(1);
  });

  test("is nobody offline, and no service that is switched off", async () => {
    const double = await hub({});
    const { services } = at(double);
    for (const known of [
      { services, offline: true },
      { services: { ...services, only: ["github"] as const } },
    ]) {
      const { records } = await run([paper(STONES)], known);
      expect(records).toMatchObject([{ status: "unchecked", checked_at: null }]);
    }
    expect(double.seen).toEqual([]);
  });

  test("is the page itself only when that was asked for, and never where a service keeps it", async () => {
    const double = await startWebDouble({ "a.example/x": { status: 200 } });
    effects = { ...testEffects(network, double.web), time: effects.time };
    const page = double.urlOf("a.example/x");
    const papers = [paper(page, STONES)];
    expect((await run(papers)).records).toMatchObject([{ status: "unchecked" }, { status: "unchecked" }]);
    expect(double.seen()).toEqual([]);
    const services = servicesAt({}, { checkPages: true });
    const { records } = await run(papers, { services });
    await double.close();
    expect(byUrl(records)[page]).toMatchObject({ status: "alive", checked_by: "web" });
    expect(byUrl(records)[STONES]).toMatchObject({ status: "unchecked" });
    expect(double.seen()).toEqual(["GET a.example/robots.txt", "HEAD a.example/x"]);
  });

  test("is told before anything is sent", async () => {
    const double = await hub({});
    async function* papers() {
      yield paper(STONES, "https://b.example/");
    }
    expect(await planLinks(papers(), configOf(at(double)), effects.now())).toEqual([
      { service: "huggingface", due: 1, requests: { requests: 1 }, seconds: 1 },
    ]);
    expect(double.seen).toEqual([]);
  });
});

describe("what earlier runs found", () => {
  const found = { id: "ada/stones", likes: 4 };

  test("is in the journal before the next is asked, and is not asked again while it is young", async () => {
    const double = await hub({ "models/ada/stones": found });
    await run([paper(STONES)], at(double));
    expect((await readFile(journalPath(), "utf8")).split("\n")).toHaveLength(2);
    effects.time = "2026-11-28T08:59:59Z";
    const { records } = await run([paper(STONES)], at(double));
    expect([double.seen.length, byUrl(records)[STONES]?.status]).toEqual([1, "alive"]);
    effects.time = "2026-11-28T09:00:00Z";
    await run([paper(STONES)], at(double));
    expect(double.seen).toHaveLength(2);
  });

  test("stays when a later check fails, and the failure is asked about again at once", async () => {
    const replies: Record<string, Replies[string]> = { "models/ada/stones": found };
    const double = await hub(replies);
    await run([paper(STONES)], at(double));
    replies["models/ada/stones"] = json(500, {});
    effects.time = "2026-12-21T09:00:00Z";
    const { records } = await run([paper(STONES)], at(double));
    expect(records).toMatchObject([
      { status: "unknown", http_status: 500, likes: 4, observed_at: "2026-11-21T09:00:00Z" },
    ]);
    effects.time = "2026-12-21T09:00:01Z";
    await run([paper(STONES)], at(double));
    expect(double.seen).toHaveLength(3);
  });

  test("is carried on from the previous release, once for each address", async () => {
    const row = bareRowOf("paper_links", {
      url: STONES,
      kind: "model",
      status: "missing",
      http_status: 401,
      checked_at: "2026-11-20T09:00:00Z",
      checked_by: "huggingface",
    });
    const double = await hub({});
    const previous = releaseOf({ paper_links: [row] });
    const { records } = await run([paper(STONES)], { ...at(double), previous });
    expect(records).toMatchObject([{ status: "missing", checked_at: "2026-11-20T09:00:00Z" }]);
    expect(double.seen).toEqual([]);
  });

  test("at a service that works for each answer is never asked for again, not even after a failure", async () => {
    const double = await startAnonymousDouble({
      "stones-0A1B": json(404, { error: "repository_not_ready" }),
    });
    doubles.push(double);
    const services = servicesAt({ anonymous_4open: double.origin });
    await run([paper(REVIEW)], { services });
    effects.time = "2027-11-21T09:00:00Z";
    const { records } = await run([paper(REVIEW)], { services });
    expect([double.seen.length, records[0]?.status]).toEqual([1, "unknown"]);
  });
});
