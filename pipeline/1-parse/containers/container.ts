import type { RejectReason } from "../rejects.ts";

/** One value of a structured file with its lines, or what could not be read as one. */
export type Entry =
  | { readonly kind: "value"; readonly value: unknown; readonly lineStart: number; readonly lineEnd: number }
  | {
      readonly kind: "damage";
      readonly reason: RejectReason;
      readonly text: string;
      readonly lineStart: number;
      readonly lineEnd: number;
    };

/** Takes a file's text in pieces and gives its values in order; holds no more than one value at a time. */
export interface ContainerReader {
  write(text: string): Iterable<Entry>;
  end(): Iterable<Entry>;
}
