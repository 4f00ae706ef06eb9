import { expect } from "vitest";
import type { Mention } from "../../pipeline/1-parse/mention.ts";
import { cluster } from "../../pipeline/2-dedupe/works/cluster.ts";
import { mention } from "./mentions.ts";

type Known = Partial<Mention>;

/** What the nth mention is called. */
export const nth = (place: number): string => `m_${String(place).padStart(6, "0")}`;

/** The works among mentions, as lists of their places. */
export const groups = (...all: readonly Known[]): number[][] =>
  cluster(all.map((known, at) => mention(nth(at), known))).map((members) =>
    members.map(({ mention: { mention_id } }) => Number(mention_id.slice(2))),
  );

/** Every mention is a work of its own. */
export function areApart(...all: readonly Known[]): void {
  expect(groups(...all)).toEqual(all.map((_, at) => [at]));
}

/** All mentions are one work. */
export function areOne(...all: readonly Known[]): void {
  expect(groups(...all)).toEqual([all.map((_, at) => at)]);
}
