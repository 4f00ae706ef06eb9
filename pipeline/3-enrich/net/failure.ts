import { errors } from "undici";
import { reasonOf, systemCode } from "../../core/errors.ts";

/** Why no answer came; none of them says anything about what was asked for. */
export type FailureKind =
  /** It was not complete within the time for it. */
  | "deadline"
  /** It is larger than it may be. */
  | "too_large"
  /** Not HTTP, cut off, or packed in an unknown or broken way. */
  | "unreadable"
  /** The address is not public, or none of the web. */
  | "refused_address"
  /** In a circle, too often, or to where they may not be followed. */
  | "redirects"
  /** No connection, or it was broken off. */
  | "unreachable";

/** A request that brought no answer. Its message is plain words without a secret, and it has no cause that could hold one. */
export class NetworkFailure extends Error {
  override readonly name = "NetworkFailure";
  readonly kind: FailureKind;

  constructor(kind: FailureKind, found: string) {
    super(found);
    this.kind = kind;
  }
}

const LATE = "The answer was not complete within the time for it.";

/** Codes of errors of zlib, Zstandard and Brotli, as node:zlib gives them. */
const UNPACKING = /^(?:Z_|ZSTD_|ERR_(?:_|BROTLI_|ZSTD_))/u;

function kindOf(error: unknown, isLate: boolean): FailureKind {
  if (isLate) return "deadline";
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError)
    return "deadline";
  if (error instanceof errors.ConnectTimeoutError) return "deadline";
  if (error instanceof errors.HeadersOverflowError) return "too_large";
  if (error instanceof errors.ResponseExceededMaxSizeError) return "too_large";
  if (error instanceof errors.HTTPParserError) return "unreadable";
  if (error instanceof errors.ResponseContentLengthMismatchError) return "unreadable";
  return UNPACKING.test(systemCode(error) ?? "") ? "unreadable" : "unreachable";
}

/** What went wrong with a request, in the terms above; `isLate`: the deadline ended it. */
export function failureOf(
  error: unknown,
  isLate: boolean,
  redact: (words: string) => string,
): NetworkFailure {
  if (error instanceof NetworkFailure) return error;
  const kind = kindOf(error, isLate);
  const words = reasonOf(error);
  const code = systemCode(error);
  const found = kind === "deadline" ? LATE : code === undefined ? words : `${words} (${code})`;
  return new NetworkFailure(kind, redact(found));
}
