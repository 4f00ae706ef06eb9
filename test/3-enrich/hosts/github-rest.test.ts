import { describe, expect, test } from "vitest";
import { isPassing, readRest, redirectTarget } from "../../../pipeline/3-enrich/hosts/github-rest.ts";
import type { HttpAnswer } from "../../../pipeline/core/effects.ts";

const API = "https://api.example.org";

function answer(status: number, body: unknown = {}, headers: HttpAnswer["headers"] = {}): HttpAnswer {
  return { status, headers, body: typeof body === "string" ? body : JSON.stringify(body) };
}

const STONES = {
  id: 11,
  full_name: "ada/stones",
  stargazers_count: 0,
  forks_count: 2,
  archived: true,
  fork: true,
  parent: { full_name: "jan/stones" },
  pushed_at: null,
  created_at: "2020-01-02T03:04:05Z",
  description: " Counts\tstones ",
  language: "Rust",
  license: { spdx_id: "MIT" },
  topics: ["rivers"],
};

describe("a repository that REST shows", () => {
  test("is found with every figure, its description cleaned", () => {
    expect(readRest(answer(200, STONES))).toEqual({
      kind: "found",
      http_status: 200,
      source: "github_rest",
      figures: {
        full_name: "ada/stones",
        host_id: 11,
        stars: 0,
        forks: 2,
        is_archived: true,
        is_fork: true,
        parent: "jan/stones",
        pushed_at: null,
        created_at: "2020-01-02T03:04:05Z",
        description: "Counts stones",
        primary_language: "Rust",
        license_spdx: "MIT",
        topics: ["rivers"],
      },
    });
  });

  test.each([
    ["no licence is null", null, null],
    ["a licence without an SPDX id is NOASSERTION", { spdx_id: null }, "NOASSERTION"],
  ])("with %s", (_rule, license, license_spdx) => {
    expect(readRest(answer(200, { ...STONES, license }))).toMatchObject({ figures: { license_spdx } });
  });

  test("without what a host may leave out has none of it", () => {
    const { parent, topics, language, license, pushed_at, ...plain } = STONES;
    const found = readRest(answer(200, { ...plain, description: "" }));
    const none = { parent: null, primary_language: null, license_spdx: null, pushed_at: null };
    expect(found).toMatchObject({ figures: { ...none, topics: [], description: null } });
  });
});

describe("what REST says instead", () => {
  const blocked = (reason?: string) => ({ message: "Repository access blocked", block: { reason } });

  test.each<[string, HttpAnswer, object]>([
    ["404 is absent", answer(404, { message: "Not Found" }), { kind: "absent", http_status: 404 }],
    [
      "451 with a block is blocked",
      answer(451, blocked("dmca")),
      { kind: "blocked", reason: "dmca", http_status: 451 },
    ],
    [
      "403 with a block is blocked",
      answer(403, blocked("tos")),
      { kind: "blocked", reason: "tos", http_status: 403 },
    ],
    [
      "a block for a reason not known here is other",
      answer(403, blocked("size")),
      { kind: "blocked", reason: "other" },
    ],
    ["a block without a reason is other", answer(451, blocked()), { kind: "blocked", reason: "other" }],
    [
      "403 without a block is no verdict",
      answer(403, { message: "forbids access" }),
      { kind: "failed", http_status: 403 },
    ],
    ["451 without a block is no verdict", answer(451, "<html>"), { kind: "failed", http_status: 451 }],
    ["404 beside a block is absent", answer(404, blocked("dmca")), { kind: "absent" }],
    [
      "a block in another status is no verdict",
      answer(500, blocked("dmca")),
      { kind: "failed", http_status: 500 },
    ],
    ["304 is the state that was asked for", answer(304, ""), { kind: "unchanged", http_status: 304 }],
    ["502 is no verdict", answer(502, "<html>"), { kind: "failed", problem: "HTTP 502", http_status: 502 }],
    ["301 is no verdict", answer(301, { message: "Moved" }), { kind: "failed", http_status: 301 }],
    [
      "a repository in another status is no verdict",
      answer(202, STONES),
      { kind: "failed", http_status: 202 },
    ],
    [
      "200 that is no JSON is no verdict",
      answer(200, "Please try again"),
      { kind: "failed", http_status: 200 },
    ],
    ["200 cut off is no verdict", answer(200, JSON.stringify(STONES).slice(0, 50)), { kind: "failed" }],
    ["200 with null is no verdict", answer(200, "null"), { kind: "failed" }],
    [
      "200 with something else is no verdict",
      answer(200, { id: "11", full_name: "a/b" }),
      { kind: "failed" },
    ],
    [
      "200 with half a repository is no verdict",
      answer(200, { ...STONES, forks_count: undefined }),
      { kind: "failed" },
    ],
  ])("%s", (_rule, given, verdict) => {
    expect(readRest(given)).toMatchObject({ ...verdict, source: "github_rest" });
  });
});

describe("another try", () => {
  test.each<[string, boolean, HttpAnswer]>([
    ["a server error", true, answer(502, "<html>")],
    ["200 that is cut off", true, answer(200, JSON.stringify(STONES).slice(0, 50))],
    ["a repository", false, answer(200, STONES)],
    ["nothing there", false, answer(404)],
    ["a refusal", false, answer(403, { message: "forbids access" })],
    ["a block", false, answer(451, { block: { reason: "dmca" } })],
  ])("after %s may help: %s", (_what, expected, given) => {
    expect(isPassing(readRest(given))).toBe(expected);
  });

  test("may help where no answer came", () => {
    const lost = { kind: "failed", problem: "reset", http_status: null, source: "github_rest" } as const;
    expect(isPassing(lost)).toBe(true);
  });
});

describe("a redirect", () => {
  const to = (location: string, status = 301) => redirectTarget(answer(status, {}, { location }), API);

  test.each([301, 302, 307, 308])(
    "of status %i to a repository's id on the same origin is followed",
    (status) => {
      expect(to(`${API}/repositories/8`, status)).toBe(`${API}/repositories/8`);
    },
  );

  test("without an origin of its own stays on the same one", () => {
    expect(to("/repositories/8")).toBe(`${API}/repositories/8`);
    const location = "https://ghe.example.org/api/v3/repositories/8";
    expect(redirectTarget(answer(301, {}, { location }), "https://ghe.example.org/api/v3")).toBe(location);
  });

  test.each([
    ["to another host", "https://evil.example/repositories/8"],
    ["to a host that begins like ours", `${API}.evil.example/repositories/8`],
    ["to our name as a user of another host", "https://api.example.org@evil.example/repositories/8"],
    ["to another host without a scheme", "//evil.example/repositories/8"],
    ["to another scheme", "http://api.example.org/repositories/8"],
    ["to another port", `${API}:8443/repositories/8`],
    ["to something else than a repository by id", `${API}/repos/ada/stones`],
    ["to more than a repository by id", `${API}/repositories/8/keys`],
    ["to an address that is none", "https://"],
  ])("%s is not followed", (_where, location) => {
    expect(to(location)).toBeNull();
  });

  test("is none without a place to go or in another status", () => {
    expect(redirectTarget(answer(301), API)).toBeNull();
    expect(to(`${API}/repositories/8`, 200)).toBeNull();
    expect(to(`${API}/repositories/8`, 404)).toBeNull();
  });
});
