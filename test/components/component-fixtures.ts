import { parse } from 'yaml';
import { Component, Platform, Testing } from '../../src';
import { objectProblems } from '../objects';

/**
 * A component's directory as one text, for a snapshot, after making sure of what holds for every component: its objects are what their
 * definitions allow, unknown fields included; its chart has the values that it writes; no secret is in it.
 */
export function manifestsOf(component: Component): string {
  const files = Object.entries(Testing.synth(component.node.root as Platform)).filter(([path]) => path.startsWith(`${component.directory}/`));
  const own = files.map(([path, text]): [string, string] => [path.slice(component.directory.length + 1), text]);
  expect(own.length).toBeGreaterThan(1);
  expect(own.flatMap(([path, text]) => objectProblems(parse(text)).map(problem => `${path}: ${problem}`))).toEqual([]);
  return own.map(([path, text]) => `# ${path}\n${text}`).join('\n');
}
