import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { isJsonObject, Json, JsonObject } from '../src/synth/json';

/** What a chart knows as values: keys to the type of their value, or to the keys below them. */
export interface ChartFacts {
  readonly chart: string;
  readonly version: string;
  readonly appVersion: string;
  readonly values: JsonObject;
}

/** What is known of a chart. */
export function chartFacts(chart: string): ChartFacts | undefined {
  const path = join(__dirname, 'charts', `${chart}.yaml`);
  return existsSync(path) ? parse(readFileSync(path, 'utf-8')) : undefined;
}

/** Values that a chart does not have, or has with another type, a sentence each. */
export function valueProblems(chart: string, values: JsonObject): string[] {
  const facts = chartFacts(chart);
  return facts ? problemsIn(values, facts.values, '') : [`nothing is known of the chart ${chart}: add it to test/charts/index.yaml`];
}

function problemsIn(values: JsonObject, known: JsonObject, path: string): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const type = known[key];
    if (type === undefined) {
      return [`the chart has no value ${at}`];
    }
    if (value === null) {
      // Helm takes the chart's default away.
      return [];
    }
    if (isJsonObject(type)) {
      return isJsonObject(value) ? problemsIn(value, type, at) : [`${at} is ${typeOf(value)}; the chart has keys there: ${Object.keys(type).join(', ')}`];
    }
    return fits(value, String(type)) ? [] : [`${at} is ${typeOf(value)}; the chart has ${type}`];
  });
}

/** An empty text or an empty list in a chart's file says little about what may be there. */
function fits(value: Json, type: string): boolean {
  const actual = typeOf(value);
  return type === 'any' || actual === type || (type === 'string' && actual === 'number') || (type === 'number' && actual === 'string');
}

function typeOf(value: Json): string {
  return Array.isArray(value) ? 'list' : isJsonObject(value) ? 'map' : value === null ? 'null' : typeof value;
}
