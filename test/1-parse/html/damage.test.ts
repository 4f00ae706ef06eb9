import { describe, expect, test } from "vitest";
import { TITLE } from "../layouts.ts";
import { CARD, card, daily, dataOf, kindsIn, PAPER, readPage } from "./pages.ts";

describe("a page that cannot be read to its end says from where on:", () => {
  test.each([
    ["a tag", `${CARD}\n<div\n class="x`, 2, 3],
    ["a comment", `${CARD}\n<!-- ${TITLE}\n\n${CARD}\n`, 2, 4],
    ["a script", `${CARD}<p>x</p>\n\n<script>\nlet a;\n${CARD}`, 3, 5],
    ["a picture", `${CARD}\n<svg>${CARD}`, 2, 2],
    ["the data", `${CARD}\n<div data-target="DailyPapers" data-props="{&quot;dailyPapers&quot;:[`, 2, 2],
  ])("inside %s", (_what, page, lineStart, lineEnd) => {
    expect(readPage(page)[0]).toMatchObject({ title: TITLE });
    expect(readPage(page).at(-1)).toMatchObject({ reason: "markup_unreadable", lineStart, lineEnd });
  });

  test("but a lone sign at its end is text", () => {
    expect(kindsIn(`${CARD}\n&am`)).toEqual([TITLE, "page_frame"]);
    expect(kindsIn(`${CARD}\na <`)).toEqual([TITLE, "page_frame"]);
  });

  test.each([
    ["elements nested too deeply", `${CARD}\n${"<div>".repeat(200_000)}`],
    ["articles nested too deeply", `${CARD}\n${"<article>".repeat(200_000)}`],
    ["a tag without end", `${CARD}\n<div a='${"x".repeat(1 << 25)}`],
    ["a comment without end", `${CARD}\n<!--${"\n-".repeat(1 << 24)}-->`],
    ["a paragraph without end", `${CARD}\n${card("2603.00002", "Owls", `<p>${"so ".repeat(1 << 23)}`)}`],
  ])("%s", (_what, page) => {
    const start = performance.now();
    const items = readPage(page);
    expect(items[0]).toMatchObject({ title: TITLE });
    expect(items.at(-1)).toMatchObject({ reason: "markup_unreadable", lineStart: 2 });
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test.each([
    ["closing tags of nothing", `${"<div>".repeat(900)}${"</x>".repeat(300_000)}`],
    ["less-than signs", "<".repeat(300_000)],
    ["attributes", `<div ${"a=b ".repeat(300_000)}>`],
    ["NUL", `<html>${"\0".repeat(300_000)}`],
    ["headings", "<h3><a href=/papers/2603.00001>x".repeat(50_000)],
    ["data nested deeply", `<i data-props='{"dailyPapers":[${"[".repeat(300_000)}${"]".repeat(300_000)}]}'>`],
    ["an endless id", dataOf(daily({ ...PAPER, id: "a-".repeat(500_000) }))],
  ])("hundreds of thousands of %s take no more than seconds", (_what, page) => {
    const start = performance.now();
    expect(readPage(page).length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
