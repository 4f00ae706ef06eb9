import { type Fields, isFields } from "../core/json.ts";

/** Whether a value that a file holds has what every entry of a journal has: what it is of, and when it was told. */
export const isDated = (value: unknown, of: string): value is Fields =>
  isFields(value) && typeof value[of] === "string" && typeof value["at"] === "string";
