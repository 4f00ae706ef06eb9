import { describe, expect, test } from "vitest";
import { huggingface } from "../../../pipeline/3-enrich/hosts/huggingface.ts";
import type { LinkKind } from "../../../schemas/vocabularies.ts";
import { checkLinksAt } from "../../support/link-check.ts";
import { hubRefusal, type Replies, startHubDouble } from "../../support/link-doubles.ts";
import { json } from "../../support/service-double.ts";

const HUB = "https://huggingface.co";
const model = (id: string): [string, LinkKind] => [`${HUB}/${id}`, "model"];

async function check(urls: readonly [string, LinkKind][], replies: Replies = {}, token?: string) {
  return checkLinksAt(huggingface, await startHubDouble(replies), urls, token);
}
/** The answer about one model. */
async function answerTo(reply: Replies[string]) {
  const { answers } = await check([model("ada/stones")], { "models/ada/stones": reply });
  return answers[`${HUB}/ada/stones`];
}

describe("an address on the hub is asked for by what it names", () => {
  test.each<[string, LinkKind, string]>([
    ["/ada/stones", "model", "models/ada/stones"],
    ["/ada/stones/tree/main", "model", "models/ada/stones"],
    ["/datasets/ada/stones", "dataset", "datasets/ada/stones"],
    ["/datasets/squad", "dataset", "datasets/squad"],
    ["/spaces/ada/stones", "space", "spaces/ada/stones"],
    ["/collections/ada/stones-0123abcd", "collection", "collections/ada/stones-0123abcd"],
    ["/papers/2106.09685", "page", "papers/2106.09685"],
  ])("%s", async (path, kind, asked) => {
    const { answers, double } = await check([[HUB + path, kind]], { [asked]: { likes: 3 } });
    expect(answers[HUB + path]).toMatchObject({
      status: "alive",
      facts: { likes: 3 },
      source: "huggingface",
    });
    expect(double.seen).toHaveLength(1);
    expect(decodeURIComponent(double.seen[0] ?? "").split("?")[0]).toBe(`GET /api/${asked}`);
  });

  test("with the fields that are kept, and no others", async () => {
    const { double } = await check([model("ada/stones"), [`${HUB}/spaces/ada/x`, "space"]]);
    const fields = double.seen.map((one) => new URL(one.slice(4), HUB).searchParams.getAll("expand[]"));
    expect(fields).toEqual([
      ["likes", "downloads", "gated", "disabled", "private"],
      ["likes", "disabled", "private"],
    ]);
  });

  test("and pages that name nothing there are not asked about", () => {
    const service = huggingface({ apiUrl: HUB, hasToken: false, maxWaitMs: 0 });
    const asks: [string, LinkKind][] = [
      [`${HUB}/docs/hub`, "page"],
      [`${HUB}/ada`, "page"],
      [`${HUB}/papers`, "page"],
      [`${HUB}/papers/trending`, "page"],
      [`${HUB}/ada/..%2F..%2Fsecret`, "model"],
      [`${HUB}/%E0%A4%A/x`, "model"],
      ["https://huggingface.co.evil.example/ada/stones", "model"],
    ];
    for (const [url, kind] of asks) expect([url, service.answersFor({ url, kind })]).toEqual([url, false]);
    expect(service.answersFor({ url: "https://www.hf.co/ada/stones", kind: "model" })).toBe(true);
  });
});

describe("what is there", () => {
  test("brings likes, downloads and whether it is gated, 0 being a measured zero", async () => {
    const told = { id: "ada/stones", likes: 0, downloads: 4200, gated: false, disabled: false };
    expect(await answerTo(told)).toEqual({
      status: "alive",
      http_status: 200,
      source: "huggingface",
      facts: { moved_to: null, title: null, likes: 0, downloads: 4200, is_gated: false },
    });
    for (const gated of ["auto", "manual"])
      expect(await answerTo({ ...told, gated })).toMatchObject({
        status: "alive",
        facts: { is_gated: true },
      });
  });

  test("under another name is where it moved to", async () => {
    const { answers } = await check([model("gpt2/old"), [`${HUB}/datasets/squad`, "dataset"]], {
      "models/gpt2/old": json(307, "", { location: "/api/models/openai-community/gpt2" }),
      "models/openai-community/gpt2": { id: "openai-community/gpt2", likes: 3 },
      "datasets/squad": { id: "rajpurkar/squad", likes: 1 },
    });
    expect(answers[`${HUB}/gpt2/old`]?.facts?.moved_to).toBe(`${HUB}/openai-community/gpt2`);
    expect(answers[`${HUB}/datasets/squad`]?.facts?.moved_to).toBe(`${HUB}/datasets/rajpurkar/squad`);
    expect(await answerTo({ id: "Ada/Stones" })).toMatchObject({ facts: { moved_to: null } });
  });

  test("has its title, and upvotes count as likes", async () => {
    const told = { id: "2106.09685", title: "LoRA\u0007: <b>ranks</b>", upvotes: 35 };
    const { answers } = await check([[`${HUB}/papers/2106.09685`, "page"]], { "papers/2106.09685": told });
    expect(answers[`${HUB}/papers/2106.09685`]?.facts).toMatchObject({
      title: "LoRA : <b>ranks</b>",
      likes: 35,
    });
  });
});

describe("the error code tells apart what all answers 401", () => {
  test("missing", async () => {
    const { answers } = await check([model("ada/none"), [`${HUB}/papers/0000.00000`, "page"]]);
    expect(answers[`${HUB}/ada/none`]).toMatchObject({ status: "missing", http_status: 401 });
    expect(answers[`${HUB}/papers/0000.00000`]).toMatchObject({ status: "missing", http_status: 404 });
  });

  test("gated, which is there", async () => {
    const refusal = hubRefusal("GatedRepo", "Access to model ada/stones is restricted.", 403);
    expect(await answerTo(refusal)).toMatchObject({
      status: "alive",
      facts: { is_gated: true, likes: null },
    });
  });

  test("disabled, which is withheld", async () => {
    const message = "Access to this resource is disabled.";
    expect(await answerTo(json(403, { error: message }, { "x-error-message": message }))).toMatchObject({
      status: "withheld",
      http_status: 403,
      facts: null,
    });
    expect(await answerTo({ id: "ada/stones", disabled: true })).toMatchObject({ status: "withheld" });
  });

  test("and any other refusal or failure is no verdict", async () => {
    for (const reply of [
      json(401, { error: "Unauthorized" }),
      json(403, { error: "Forbidden" }),
      json(500, { error: "Internal" }),
      json(200, "[]"),
      "reset" as const,
    ])
      expect(await answerTo(reply)).toMatchObject({ status: "unknown", facts: null });
  });
});

test("a refused token ends the asking with a sentence", async () => {
  const refusal = json(401, { error: "Invalid credentials in Authorization header" });
  const replies = { "models/ada/stones": refusal };
  const token = "hf_0123456789";
  const { answers, effects, double } = await check([model("ada/stones"), model("a/b")], replies, token);
  expect([answers, double.authorizations]).toEqual([{}, [`Bearer ${token}`]]);
  expect(effects.said).toEqual([expect.stringMatching(/^Hugging Face refused the token: set HF_TOKEN/)]);
});
