import { Duration } from 'cdk8s';
import { goDurationText } from '../synth/go-duration';

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
  return goDurationText(duration.toMilliseconds());
}
