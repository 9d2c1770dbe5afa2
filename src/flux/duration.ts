import { Duration } from 'cdk8s';

/**
 * A duration as Go and Flux write it: `10m`, `1h30m`, `500ms`. Flux knows no unit above the hour.
 *
 * @throws where a program without types hands in something else, such as the text `1d`
 */
export function goDuration(duration: Duration): string {
  if (typeof duration.toMilliseconds !== 'function') {
    throw new Error(`"${String(duration)}" is no duration; expected one of cdk8s, because Flux knows no unit above the hour: `
      + 'write Duration.days(1) for a day.');
  }
  let rest = duration.toMilliseconds();
  if (rest === 0) {
    return '0s';
  }
  let text = '';
  for (const [unit, size] of [['h', 3_600_000], ['m', 60_000], ['s', 1000], ['ms', 1]] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) {
      text += `${count}${unit}`;
      rest -= count * size;
    }
  }
  return text;
}
