import type { Vocabulary } from "../../schemas/index.ts";
import { isDayLabel } from "./captured-on.ts";

/** What a listing page shows around its papers, by kind. */
export const FURNITURE = {
  badge: "The badge over the list (new).",
  mail_invitation: "The invitation to get the list by mail.",
  subscribe_button: "The button under that invitation.",
  byline: "Who keeps the list.",
  day: "The day of the list.",
} as const satisfies Vocabulary;
export type FurnitureKind = keyof typeof FURNITURE;

const FORMS: readonly (readonly [FurnitureKind, RegExp])[] = [
  ["badge", /^new$/iu],
  ["mail_invitation", /^get trending papers in your email inbox(?: once a day)?!?$/iu],
  ["subscribe_button", /^subscribe$/iu],
  ["byline", /^by ?\S{1,40} and the research community$/iu],
];

/** The kind of furniture that a whole block is, or null when it is none. */
export function furnitureKind(block: string): FurnitureKind | null {
  if (block.length > 100) return null;
  if (isDayLabel(block)) return "day";
  return FORMS.find(([, form]) => form.test(block))?.[0] ?? null;
}

const GLUED_BUTTON = /^Subscribe(?=[\p{Lu}\p{Nd}])/u;

/** The length of a button's text that runs straight into a title, 0 where there is none. */
export function gluedButton(line: string): number {
  return GLUED_BUTTON.exec(line)?.[0].length ?? 0;
}
