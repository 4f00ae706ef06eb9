/** The exit code of a command that checked something and found it wanting: no error, a verdict. */
export const CHECK_SAID_NO = 3;

/** Why a run stops, and the exit code that goes with it: 1 failed, 2 wrong usage, 3 a check said no. */
export const ERROR_CODES = {
  USAGE: { exit: 2, means: "An option, argument or configuration value is wrong." },
  INPUT_MISSING: { exit: 1, means: "A path that was given does not exist or cannot be read." },
  INPUT_EMPTY: { exit: 1, means: "The input holds no file or no paper that can be read." },
  INPUT_DOUBTFUL: { exit: 1, means: "More of the input was rejected than is allowed." },
  OUTPUT_UNWRITABLE: { exit: 1, means: "The output folder cannot be written." },
  OUTPUT_IN_USE: { exit: 1, means: "Another run writes to the output folder." },
  STAGE_MISSING: { exit: 1, means: "A stage was asked for whose input another stage has not written yet." },
  TOKEN_REFUSED: { exit: 1, means: "The code host refused the access token." },
  STOPPED: { exit: 1, means: "Somebody stopped the run (Ctrl-C); what was finished is kept." },
  RELEASE_MISSING: { exit: 1, means: "There is no release where one was expected." },
  RELEASE_DAMAGED: {
    exit: 1,
    means: "A release's files do not hold what its manifest says, or cannot be read.",
  },
  RELEASE_OUTDATED: {
    exit: 1,
    means: "An earlier release has another schema, and nothing can be carried on from it.",
  },
  RELEASE_REFUSED: {
    exit: CHECK_SAID_NO,
    means: "A gate before the release found what nobody has accepted.",
  },
  PUBLISH_REFUSED: { exit: 1, means: "The place of publication cannot take the release, or holds another." },
  PUBLISH_FAILED: { exit: 1, means: "The place of publication did not answer as it should." },
  DEFECT: { exit: 1, means: "The program contradicts itself: a defect of Paperset, not of the input." },
} as const;

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

/** What went wrong, in the words of whatever was thrown. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
