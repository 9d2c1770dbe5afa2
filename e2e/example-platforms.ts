/** The platforms of the examples, as their programs make them. */
import { readdirSync } from 'fs';
import { join } from 'path';
import { Platform } from '../src';

export const EXAMPLES = join(__dirname, '..', 'examples');

/** The platform that an example's program synthesizes; nothing is written. */
function platformOf(example: string): Platform {
  let found: Platform | undefined;
  jest.isolateModules(() => {
    jest.doMock('cdk8s-strata', () => require('../src'), { virtual: true });
    const { Platform: Spied } = require('../src') as { Platform: typeof Platform };
    const synth = jest.spyOn(Spied.prototype, 'synth').mockImplementation(function (this: Platform) { found = this; });
    const summary = jest.spyOn(Spied.prototype, 'summary').mockReturnValue('');
    require(join(EXAMPLES, example, 'main.ts'));
    synth.mockRestore();
    summary.mockRestore();
  });
  return found!;
}

/** The platforms of all examples, by the names of their folders. */
export const PLATFORMS: ReadonlyMap<string, Platform> = new Map(readdirSync(EXAMPLES).sort().map(example => [example, platformOf(example)]));
