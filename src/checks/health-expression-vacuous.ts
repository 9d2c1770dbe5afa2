import { Finding, ICheck, Severity } from './check';
import { HealthExpression, healthExpressionsOf, judgedBy, judges } from './support/gates';
import { onKustomization } from './support/place';
import { DeliveredKustomization, DeliveredObject, DeliveredReference, Delivery } from '../delivery/delivery';
import { celType, celValue } from '../synth/cel';
import { isJsonObject, Json, JsonObject } from '../synth/json';

/** @see docs/checks/health-expression-vacuous.md */
export const healthExpressionVacuous: ICheck = {
  checkId: 'health-expression-vacuous',
  title: 'A health check expression that does not tell whether something is healthy',
  examine: delivery => delivery.kustomizations.flatMap(kustomization => {
    const expressions = healthExpressionsOf(kustomization);
    const judged = expressions.length === 0 ? [] : judgedBy(kustomization);
    return expressions.flatMap(expression => {
      const object = judged.find(candidate => judges(expression, candidate, expressions));
      const fault = object && faultOf(expression, object);
      return fault ? [faultFinding(delivery, kustomization, expression, fault)] : [];
    });
  }),
};

interface Fault {
  readonly severity: Severity;
  readonly message: string;
  readonly fix: string;
}

const known = new Map<string, Fault | undefined>();

function faultOf(expression: HealthExpression, object: DeliveredReference | DeliveredObject): Fault | undefined {
  const manifest: JsonObject = 'manifest' in object ? object.manifest : { metadata: { name: object.name }, spec: {} };
  const { status: _, ...fresh } = manifest;
  const key = JSON.stringify([expression, fresh]);
  if (!known.has(key)) {
    known.set(key, findFault(expression, fresh));
  }
  return known.get(key);
}

/** Names that are usual elsewhere for the object: Flux knows its fields alone. */
const NOT_THERE = ['self', 'object', 'obj', 'resource', 'dep', 'this'];

/** What an object may look like before its controller has looked at it, or while it does. */
const UNFINISHED: readonly (readonly [string, JsonObject])[] = [
  ['while the object has no status', {}],
  ['while the object has an empty status', { status: {} }],
  ['while the object has no conditions', { status: { conditions: [] } }],
];

function findFault(expression: HealthExpression, fresh: JsonObject): Fault | undefined {
  const { current } = expression;
  const wrongName = NOT_THERE.find(name => new RegExp(`(^|[^.\\w'"])${name}\\s*[.[]`).test(current) && !(name in fresh));
  if (wrongName !== undefined) {
    return never(`there is no \`${wrongName}\`, the object's fields are \`status\`, \`spec\`, \`metadata\` by themselves`);
  }
  const type = celType(current);
  if (type !== undefined && type !== 'bool' && type !== 'dyn') {
    return never(`it is a value of the type ${type}, and neither true nor false`);
  }
  if (celValue(current, {}) === false) {
    return never('it is false whatever the object is');
  }
  const unfinished = UNFINISHED.find(([, status]) => isCurrent(expression, { ...withIntegers(fresh) as JsonObject, ...status }));
  return unfinished && {
    severity: Severity.WARNING,
    message: `is true ${unfinished[0]}, so that Flux takes it for healthy before its controller has done anything`,
    fix: 'ask for something that is there only once it is healthy: status.conditions.exists(c, c.type == \'Ready\' && c.status == \'True\')',
  };
}

function never(why: string): Fault {
  return {
    severity: Severity.ERROR,
    message: `is never true: ${why}. The Kustomization waits until its timeout, again and again, and is never ready`,
    fix: 'ask for something like status.conditions.exists(c, c.type == \'Ready\' && c.status == \'True\')',
  };
}

/** As Flux asks: an expression that fails tells nothing, and `current` comes last. */
function isCurrent({ inProgress, failed, current }: HealthExpression, object: object): boolean {
  const before = [inProgress, failed].flatMap(expression => expression === undefined ? [] : [celValue(expression, object)]);
  return before.every(value => value === false) && celValue(current, object) === true;
}

/** Whole numbers are integers in CEL, and other types than those with a fraction. */
function withIntegers(value: Json): unknown {
  if (Array.isArray(value)) {
    return value.map(withIntegers);
  }
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withIntegers(field)]))
    : typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

function faultFinding(
  delivery: Delivery, kustomization: DeliveredKustomization, { apiVersion, kind, current }: HealthExpression, fault: Fault,
): Finding {
  return onKustomization(delivery, kustomization, {
    check: 'health-expression-vacuous',
    severity: fault.severity,
    message: `judges the health of ${kind || 'every kind'} (${apiVersion}) by "${current}", which ${fault.message}`,
    fix: fault.fix,
  });
}
