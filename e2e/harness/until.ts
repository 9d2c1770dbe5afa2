import { setTimeout as pause } from 'timers/promises';

/**
 * Asks again and again until there is an answer.
 *
 * @param what what is waited for, as a clause: `the API server is ready`
 * @param ask gives `undefined` as long as there is none
 * @throws after `seconds`, with `state` as what there was instead
 */
export async function until<T>(what: string, seconds: number, ask: () => Promise<T | undefined>, state: () => string = () => ''): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) {
      return answer;
    }
    if (Date.now() > deadline) {
      throw new Error(`${what}: not within ${seconds} s. ${state()}`);
    }
    await pause(100);
  }
}
