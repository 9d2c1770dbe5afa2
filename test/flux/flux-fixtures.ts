import { parse } from 'yaml';
import { Component, Platform, Testing } from '../../src';
import { schemaErrors } from '../schema';

/** A component in which objects are made that a test looks at. */
export function stand(namespace = 'team'): { platform: Platform; component: Component } {
  const platform = Testing.platform();
  return { platform, component: new Component(platform, 'stand', { area: 'apps', namespace }) };
}

/** The text of an object's file, after making sure that its definition accepts it. */
export function fileOf(platform: Platform, kind: string, name: string): string {
  const text = Testing.synth(platform)[`apps/base/stand/${kind}-${name}.yaml`.toLowerCase()];
  expect(schemaErrors(parse(text))).toEqual([]);
  return text;
}

/** What synth says against a platform, without its first line. */
export function refusalOf(platform: Platform): string[] {
  try {
    platform.files();
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map(line => line.trim());
  }
}
