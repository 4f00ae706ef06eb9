import { PapersetError } from "./core/errors.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** An address that an environment variable may give, without a slash at its end. */
export function addressOf(environment: Environment, name: string, usual: string): string {
  const value = environment[name] || usual;
  if (!/^https?:$/u.test(URL.parse(value)?.protocol ?? ""))
    throw new PapersetError(
      "USAGE",
      `${name} is ${JSON.stringify(value)}; it takes an address such as ${usual}.`,
    );
  return value.replace(/\/+$/u, "");
}
