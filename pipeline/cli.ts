import { Command, CommanderError, Option } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { redactor } from "./3-enrich/net/redact.ts";
import { COMMANDS } from "./commands.ts";
import { secretsOf, withFile } from "./config.ts";
import { PapersetError, reasonOf } from "./core/errors.ts";
import type { Output } from "./core/progress.ts";
import { checkGiven, type Given, OPTIONS, type OptionName } from "./options.ts";
import type { Result, World } from "./world.ts";

/** What is no number is named, with its option, where shapes are checked. */
const parseNumber = (text: string) =>
  text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);

const NUMBERS: ReadonlySet<string> = new Set(["number", "count", "share", "year"]);

function addOption(command: Command, name: OptionName): void {
  const { flags, help, type } = OPTIONS[name];
  const option = new Option(flags, help);
  command.addOption(NUMBERS.has(type) ? option.argParser(parseNumber) : option);
}

/** The options as given, under their long names. */
function givenBy(command: Command): Given {
  const values = command.options.flatMap((option) => {
    const value: unknown = command.getOptionValue(option.attributeName());
    // commander gives --no-x as x: true until somebody says it, then false
    if (option.negate) return value === false ? [[option.name(), true] as const] : [];
    return value === undefined ? [] : [[option.name(), value] as const];
  });
  return checkGiven(Object.fromEntries(values), "On the command line");
}

function program(
  world: World,
  take: (given: Given) => void,
  finish: (result: Result, given: Given) => void,
): Command {
  const root = new Command("paperset")
    .description(packageJson.description)
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
    })
    .showSuggestionAfterError();
  for (const spec of COMMANDS) {
    const command = root.command(spec.name).description(spec.help);
    for (const argument of spec.args ?? []) command.argument(...argument);
    for (const name of spec.options) addOption(command, name);
    command.action(async (...parts: unknown[]) => {
      const args = parts.slice(0, spec.args?.length ?? 0) as (string | undefined)[];
      const flags = givenBy(command);
      take(flags);
      const given = await withFile(flags);
      take(given);
      finish(await spec.run(given, world, ...args), given);
    });
  }
  return root;
}

function report(error: unknown, isDebug: boolean, { stderr }: World): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has said why
  const isKnown = error instanceof PapersetError && error.code !== "DEFECT";
  const words = reasonOf(error);
  stderr.write(
    isKnown
      ? `paperset: ${words}\n`
      : `paperset: a defect of Paperset: ${words}${isDebug ? "" : " (--debug shows where)"}\n`,
  );
  if (isDebug && error instanceof Error) stderr.write(`${error.stack}\n`);
  return error instanceof PapersetError ? error.exitCode : 1;
}

/** A world whose words hold no secret of its environment: not logs, not results, not what errors say. */
function withoutSecrets(world: World): World {
  const redact = redactor(secretsOf(world.environment));
  const redacted = (output: Output): Output => ({
    isTTY: output.isTTY,
    write: (text) => output.write(redact(text)),
  });
  return { ...world, stdout: redacted(world.stdout), stderr: redacted(world.stderr) };
}

/** Runs one command and gives its exit code: 0 done, 1 failed, 2 wrong usage, 3 a check said no. Never exits itself. */
export async function runCli(argv: readonly string[], asked: World): Promise<number> {
  const world = withoutSecrets(asked);
  let exitCode = 0;
  let isDebug = false;
  const take = (given: Given) => {
    isDebug = given.debug === true;
  };
  const finish = (result: Result, given: Given) => {
    exitCode = result.exitCode;
    world.stdout.write(
      given.json === true ? `${JSON.stringify({ event: "result", ...result.data })}\n` : `${result.words}\n`,
    );
  };
  try {
    await program(world, take, finish).parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    return report(error, isDebug, world);
  }
}
