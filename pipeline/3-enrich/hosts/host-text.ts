import { cleanText, textOrNull } from "../../core/text.ts";

/** Text that a host hands on from its users: cleaned, and null where nothing is left. */
export function hostText(text: string | null): string | null {
  return text === null ? null : textOrNull(cleanText(text));
}
