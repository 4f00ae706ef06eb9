import { describe, expect, test } from "vitest";
import { absoluteAddress, paperAddress } from "../../../pipeline/1-parse/markdown/address.ts";

const ID = "2503.00001";
const URL_ = `https://huggingface.co/papers/${ID}`;

describe("a paper's page", () => {
  test.each([
    URL_,
    `http://www.huggingface.co/papers/${ID}`,
    `https://hf.co/papers/${ID}/`,
    `/papers/${ID}`,
    `papers/${ID}`,
    `file:///papers/${ID}`,
    `https://web.archive.org/web/2025/${URL_}`,
    `${URL_}v2?date=2025-03-14#top`,
  ])("is known by its address: %s", (target) => {
    expect(paperAddress(target)).toEqual({ id: ID, url: URL_, isDiscussion: false });
  });

  test("has its discussion at a place of its own", () => {
    expect(paperAddress(`${URL_}#community`)?.isDiscussion).toBe(true);
  });

  test.each([
    null,
    "",
    "/papers",
    "/papers/trending",
    "/papers/date/2025-03-14",
    `https://a.bc/papers/${ID}`,
    `https://arxiv.org/abs/${ID}`,
    `/papers/${ID}/edit`,
    `/blog/papers/${ID}x`,
  ])("is not at %j", (target) => {
    expect(paperAddress(target)).toBeNull();
  });
});

describe("a target becomes an address of the web", () => {
  test.each([
    ["https://a.bc/d", "https://a.bc/d"],
    ["//a.bc/d", "https://a.bc/d"],
    ["/lab", "https://huggingface.co/lab"],
    [`file:///papers/${ID}`, URL_],
    ["#top", null],
    ["mailto:a@b.cd", null],
    ["javascript:void(0)", null],
    ["", null],
    [null, null],
  ])("%j: %j", (target, address) => {
    expect(absoluteAddress(target)).toBe(address);
  });
});
