/** The beginning of a text, by which a person finds the place; the same however the text arrives. */

const LENGTH = 200;

/** The sample with the text that follows it, as far as there is room. */
export function grown(sample: string, text: string): string {
  return sample.length < LENGTH
    ? (sample + text).replaceAll(/\s+/gu, " ").trimStart().slice(0, LENGTH)
    : sample;
}

/** The sample with its last word ended. */
export const parted = (sample: string): string => (/\S$/u.test(sample) ? grown(sample, " ") : sample);
