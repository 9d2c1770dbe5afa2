import { Duration } from 'cdk8s';

/** What is wrong with the URL of a source; Flux's API refuses other schemes. */
export function urlProblem(url: string, schemes: readonly string[]): string[] {
  return schemes.some(scheme => url.startsWith(`${scheme}://`)) ? [] : [
    `has the URL "${url}"; expected one that begins with ${schemes.map(scheme => `${scheme}://`).join(', ').replace(/, ([^,]*)$/, ' or $1')}: correct it.`,
  ];
}

/** What is wrong with the timeout of a source: its API knows milliseconds, seconds and minutes, and no hours. */
export function timeoutProblem(timeout: Duration | undefined): string[] {
  return timeout === undefined || timeout.toMilliseconds() < 3_600_000 ? [] : [
    `has a timeout of ${timeout.toMinutes()} minutes; expected less than an hour, for which its API has no unit: shorten it.`,
  ];
}
