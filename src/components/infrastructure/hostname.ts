import { hostnamesMeet } from '../../synth/hostnames';
import { render, variableUses } from '../../synth/substitution';

const HOSTNAME = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const IP_ADDRESS = /^\d+(\.\d+){3}$/;

/**
 * Whether two hostnames may have one in common. Where they hold different variables that depends on
 * the cluster, and they may. @internal
 */
export function mayMeet(a: string, b: string): boolean {
  return hostnamesMeet(a, b) || variablesOf(a) !== variablesOf(b);
}

/** What the Gateway API would say to a hostname. @internal */
export function hostnameProblems(subject: string, hostname: string): string[] {
  // A variable's value is not known here; it stands for a label.
  const text = variableUses(hostname).length === 0 ? hostname : readable(hostname).replace(/\$\{[^}]*\}/g, 'x');
  return text.length <= 253 && HOSTNAME.test(text) && !IP_ADDRESS.test(text) ? [] : [
    `${subject} with the hostname "${readable(hostname)}"; expected a DNS name in lower-case letters, in which "*." may come first, and at most 253 characters: correct it.`,
  ];
}

/** What Kubernetes would say to a port. @internal */
export function portProblem(subject: string, port: number): string[] {
  return Number.isInteger(port) && port >= 1 && port <= 65535 ? [] : [
    `${subject} with the port ${port}; expected a whole number from 1 to 65535: correct it.`,
  ];
}

/** A hostname as the repository has it. @internal */
export function readable(hostname: string): string {
  return render(hostname, false);
}

function variablesOf(hostname: string): string {
  return variableUses(hostname).map(({ name }) => name).sort().join();
}
