const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The milliseconds of a duration as Go writes it, `1h30m`; undefined where it is none. */
export function parseGoDuration(text: string): number | undefined {
  return /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/.test(text)
    ? [...text.matchAll(/([0-9.]+)(ms|s|m|h)/g)].reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit], 0)
    : undefined;
}

/** Milliseconds as Go and Flux write a duration: `9m30s`, `500ms`. */
export function goDurationText(milliseconds: number): string {
  let rest = milliseconds;
  let text = '';
  for (const unit of ['h', 'm', 's', 'ms']) {
    const count = Math.floor(rest / UNITS[unit]);
    if (count > 0) {
      text += `${count}${unit}`;
      rest -= count * UNITS[unit];
    }
  }
  return text || '0s';
}
