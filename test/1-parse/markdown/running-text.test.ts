import { describe, expect, test } from "vitest";
import { findUrls } from "../../../pipeline/1-parse/find-urls.ts";
import { inlineParts } from "../../../pipeline/1-parse/markdown/inline-markup.ts";
import { runningText, visibleText } from "../../../pipeline/1-parse/markdown/running-text.ts";

const running = (source: string) =>
  runningText(inlineParts(source, (number) => (number === "9" ? null : "https://a.bc/d")));

describe("running text", () => {
  test.each([
    ["our [code](https://a.bc/d).", "our code (https://a.bc/d)."],
    ["our ([code](https://a.bc/d))", "our (code (https://a.bc/d))"],
    ["see [https://a.bc/d](https://a.bc/d)", "see https://a.bc/d"],
    ["see [a.bc/d](https://www.a.bc/d/)", "see https://www.a.bc/d/"],
    ["see [https://a.bc/…](https://a.bc/d)", "see https://a.bc/d"],
    ["see [https://x.yz](https://a.bc/d)", "see https://x.yz (https://a.bc/d)"],
    ["see <https://a.bc/d>.", "see https://a.bc/d."],
    ["see [below](#here), [mail](mailto:a@b.cd)", "see below, mail"],
    ["see [it](/papers/2503.00001)", "see it (https://huggingface.co/papers/2503.00001)"],
    ["our [1]code, and", "our code (https://a.bc/d), and"],
    ["see [1]https://a.bc/d and", "see https://a.bc/d and"],
    ["our [9]code", "our [9]code"],
    ["![x](/a.png) owls\n  and", "owls and"],
  ])("keeps words, and addresses where they are found again: %s", (source, text) => {
    expect(running(source)).toBe(text);
    expect(findUrls(text).filter(({ written }) => written === "https://a.bc/d)")).toEqual([]);
  });

  test("has no address where only the visible words are asked for", () => {
    expect(visibleText(inlineParts("### our [code](https://a.bc/d)", null))).toBe("### our code");
  });
});
