import { readdirSync } from 'fs';
import { join } from 'path';
import { Platform } from '../src';

export const EXAMPLES = join(__dirname, '..', 'examples');

/** The platforms that the examples' programs synthesize, by the names of their folders. Nothing is written. */
export function examplePlatforms(): ReadonlyMap<string, Platform> {
  const platforms = new Map<string, Platform>();
  for (const example of readdirSync(EXAMPLES).sort()) {
    const synth = jest.spyOn(Platform.prototype, 'synth').mockImplementation(function (this: Platform) { platforms.set(example, this); });
    const summary = jest.spyOn(Platform.prototype, 'summary').mockReturnValue('');
    jest.requireActual(join(EXAMPLES, example, 'main.ts'));
    synth.mockRestore();
    summary.mockRestore();
  }
  return platforms;
}
