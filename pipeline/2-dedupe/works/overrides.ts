import { parse } from "csv-parse/sync";
import { PapersetError, reasonOf } from "../../core/errors.ts";

/** What somebody decided about two mentions, against or before the rules. */
export interface Override {
  readonly action: "merge" | "split";
  readonly mention_a: string;
  readonly mention_b: string;
  /** Why; kept in the report. */
  readonly reason: string;
}

const COLUMNS = ["action", "mention_a", "mention_b", "reason"] as const;
const MENTION = /^m_[0-9a-z]{16}$/u;

function wrong(path: string, line: number, found: string, expected: string): PapersetError {
  return new PapersetError("USAGE", `${path}, line ${line}: ${found}; ${expected}.`, { path, line });
}

function checked(row: Readonly<Record<string, string>>, path: string, line: number): Override {
  const { action = "", mention_a = "", mention_b = "", reason = "" } = row;
  if (action !== "merge" && action !== "split")
    throw wrong(path, line, `action is ${JSON.stringify(action)}`, "it takes merge or split");
  for (const id of [mention_a, mention_b])
    if (!MENTION.test(id))
      throw wrong(path, line, `${JSON.stringify(id)} is no mention_id`, "take them from the table mentions");
  if (mention_a === mention_b) throw wrong(path, line, "both mentions are one", "name two different ones");
  if (reason.trim() === "")
    throw wrong(path, line, "there is no reason", "say why, for those who read it later");
  return { action, mention_a, mention_b, reason: reason.trim() };
}

/** The overrides in a CSV text with the columns action, mention_a, mention_b and reason; `path` is for messages. */
export function overridesIn(text: string, path: string): Override[] {
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true });
  } catch (cause) {
    const words = reasonOf(cause);
    throw new PapersetError(
      "USAGE",
      `${path} is no CSV with the columns ${COLUMNS.join(", ")}: ${words}.`,
      {},
      { cause },
    );
  }
  const overrides = rows.map(({ record, info }) => checked(record, path, info.lines));
  const pair = ({ mention_a, mention_b }: Override) => [mention_a, mention_b].sort().join(" and ");
  const actions = Map.groupBy(overrides, pair);
  for (const [mentions, all] of actions)
    if (new Set(all.map(({ action }) => action)).size > 1)
      throw new PapersetError("USAGE", `${path} both merges and splits ${mentions}: keep one of the lines.`);
  return overrides;
}
