import { describe, expect, test } from "vitest";
import {
  FURNITURE,
  type FurnitureKind,
  furnitureKind,
  gluedButton,
} from "../../pipeline/1-parse/furniture.ts";

describe("a block is furniture", () => {
  test.each<[string, FurnitureKind]>([
    ["new", "badge"],
    ["NEW", "badge"],
    ["Get trending papers in your email inbox!", "mail_invitation"],
    ["Get trending papers in your email inbox once a day!", "mail_invitation"],
    ["Get trending papers in your email inbox", "mail_invitation"],
    ["Subscribe", "subscribe_button"],
    ["byAK and the research community", "byline"],
    ["by AK and the research community", "byline"],
    ["by_ada-42 and the research community", "byline"],
    ["Mar 14", "day"],
    ["March 14, 2025", "day"],
  ])("%j, of kind %s", (block, kind) => {
    expect(furnitureKind(block)).toBe(kind);
  });

  test.each([
    "",
    "New Rivers",
    "News",
    "Subscribe to rivers",
    "Subscriber churn in river clubs",
    "Get trending papers in your email inbox! Now",
    "by Ada Quill and the research community",
    "Ada and the research community",
    "Mar 14 was a day of many stones",
    `by${"a".repeat(41)} and the research community`,
  ])("but %j is none", (block) => {
    expect(furnitureKind(block)).toBeNull();
  });

  test("of a kind that has a meaning", () => {
    for (const [kind, meaning] of Object.entries(FURNITURE)) expect(meaning, kind).toMatch(/^[A-Z].*\.$/u);
  });
});

describe("a button that runs into a title", () => {
  test.each([
    "SubscribeCounting river stones",
    "Subscribe3D stones",
    "SubscribeÉtude of stones",
    "SubscribeA Stone",
  ])("is cut off before the title: %s", (line) => {
    expect(line.slice(gluedButton(line))).toBe(line.replace("Subscribe", ""));
    expect(gluedButton(line)).toBe("Subscribe".length);
  });

  test.each([
    "Subscriber churn in river clubs",
    "Subscribed: a study of newsletters",
    "Subscribe",
    "Subscribe now, a study of buttons",
    "subscribeCounting stones",
    "Unsubscribe3 Times",
    "To SubscribeCount or not",
    "",
  ])("is not there in %j", (line) => {
    expect(gluedButton(line)).toBe(0);
  });
});
