import { Duration } from 'cdk8s';

/** Words of which one is meant: `a, b or c`. */
export function either(words: readonly string[]): string {
  return words.length === 0 ? 'none' : words.join(', ').replace(/, ([^,]*)$/, ' or $1');
}

/** What is wrong with the URL of a source, or of what it asks; Flux's API refuses other schemes. */
export function urlProblem(url: string, schemes: readonly string[], what = 'URL'): string[] {
  return schemes.some(scheme => url.startsWith(`${scheme}://`)) ? [] : [
    `has the ${what} "${url}"; expected one that begins with ${either(schemes.map(scheme => `${scheme}://`))}: correct it.`,
  ];
}

/** What is wrong with the timeout of a source: its API knows milliseconds, seconds and minutes, and no hours. */
export function timeoutProblem(timeout: Duration | undefined): string[] {
  return timeout === undefined || timeout.toMilliseconds() < 3_600_000 ? [] : [
    `has a timeout of ${timeout.toMinutes()} minutes; expected less than an hour, for which its API has no unit: shorten it.`,
  ];
}
