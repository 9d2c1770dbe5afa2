/** Whether two hostnames have one in common; `*.` stands for one or more labels. */
export function hostnamesMeet(a: string, b: string): boolean {
  return a === b || isBelow(a, b) || isBelow(b, a);
}

function isBelow(hostname: string, wildcard: string): boolean {
  return wildcard.startsWith('*.') && hostname.length > wildcard.length - 1 && hostname.endsWith(wildcard.slice(1));
}
