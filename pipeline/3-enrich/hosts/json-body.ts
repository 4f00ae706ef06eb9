import { type HttpAnswer, timestamp } from "../../core/effects.ts";
import { type Fields, isFields, jsonOrNull } from "../../core/json.ts";
import { hostText } from "./host-text.ts";

/** An answer's body as an object; null when it is none: cut off, a page of words, or another value. */
export function jsonBody({ body }: HttpAnswer): Fields | null {
  const value = jsonOrNull(body);
  return isFields(value) ? value : null;
}

/** Longer texts are cut: no title or description of use is so long, in UTF-16 units. */
const LONGEST = 2_000;

/** The text under a name, cleaned; null when there is none, or an empty one. */
export function text(fields: Fields | null, name: string): string | null {
  const value = fields?.[name];
  return typeof value === "string" ? hostText(value.slice(0, LONGEST)) : null;
}

/** The whole number of 0 or more under a name; anything else is unknown. */
export function count(fields: Fields | null, name: string): number | null {
  const value = fields?.[name];
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

export function flag(fields: Fields | null, name: string): boolean | null {
  const value = fields?.[name];
  return typeof value === "boolean" ? value : null;
}

/** The object under a name. */
export function part(fields: Fields | null, name: string): Fields | null {
  const value = fields?.[name];
  return isFields(value) ? value : null;
}

/** The texts of a list; null where there is no list. */
export function texts(fields: Fields | null, name: string): string[] | null {
  const value = fields?.[name];
  return Array.isArray(value)
    ? value.flatMap((item) => (typeof item === "string" ? (hostText(item.slice(0, LONGEST)) ?? []) : []))
    : null;
}

/** A moment as tables write it; null where the text is none. */
export function moment(fields: Fields | null, name: string): string | null {
  const time = Date.parse(text(fields, name) ?? "");
  return Number.isNaN(time) ? null : timestamp(new Date(time));
}
