import { Duration } from 'cdk8s';

/**
 * How long data is kept, as VictoriaMetrics and VictoriaLogs write it: `30d`, `36h`.
 *
 * @throws where it is less than they accept
 * @internal
 */
export function retentionValue(retention: Duration): string {
  const hours = retention.toHours({ integral: false });
  if (hours < 24) {
    throw new Error(`data is to be kept for ${hours} hours; expected 24 of them at least, because what stores it does not start with less: `
      + 'give a longer retention.');
  }
  return hours % 24 === 0 ? `${hours / 24}d` : `${Math.ceil(hours)}h`;
}
