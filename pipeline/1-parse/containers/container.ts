import type { FoundFurniture } from "../layout.ts";
import type { RejectReason } from "../rejects.ts";

/** One value of a structured file with its lines, what stands around the values, or what could not be read as one. */
export type Entry =
  | {
      readonly kind: "value";
      readonly value: unknown;
      /** The file ends, or begins anew, in the middle of the value. */
      readonly isCut?: boolean;
      readonly lineStart: number;
      readonly lineEnd: number;
    }
  | FoundFurniture
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
