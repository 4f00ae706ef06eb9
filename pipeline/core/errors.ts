/** Why a run stops, and the exit code that goes with it: 1 failed, 2 wrong usage. */
export const ERROR_CODES = {
  USAGE: { exit: 2, means: "An option, argument or configuration value is wrong." },
  INPUT_MISSING: { exit: 1, means: "A path that was given does not exist or cannot be read." },
  INPUT_EMPTY: { exit: 1, means: "The input holds no file or no paper that can be read." },
  INPUT_DOUBTFUL: { exit: 1, means: "More of the input was rejected than is allowed." },
  OUTPUT_UNWRITABLE: { exit: 1, means: "The output folder cannot be written." },
  STAGE_MISSING: { exit: 1, means: "A stage was asked for whose input another stage has not written yet." },
  TOKEN_REFUSED: { exit: 1, means: "The code host refused the access token." },
  RELEASE_MISSING: { exit: 1, means: "There is no release where one was expected." },
  PUBLISH_REFUSED: { exit: 1, means: "The place of publication cannot take the release, or holds another." },
  PUBLISH_FAILED: { exit: 1, means: "The place of publication did not answer as it should." },
  DEFECT: { exit: 1, means: "The program contradicts itself: a defect of Paperset, not of the input." },
} as const;
/** The exit code of a command that checked something and found it wanting: no error, a verdict. */
export const CHECK_SAID_NO = 3;

export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * The one class for an error that stops a run. Its message is one sentence for a person: what was expected, what
 * was found, what to do. A bad input record is not an error: it is data (see `Reject`).
 */
export class PapersetError extends Error {
  override readonly name = "PapersetError";
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.details = details;
  }

  get exitCode(): number {
    return ERROR_CODES[this.code].exit;
  }
}

/** The operating system's code of a failed file or network call (ENOENT, EACCES ...), if it has one. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
