import { join } from 'path';
import * as library from 'cdk8s-strata';

let behind: { readonly mirrors: library.Mirror[]; readonly outdir: string };
let made: library.EksPlatform;

/** The platform that an example makes, as it is but for its sources and its output. */
class EksPlatform extends library.EksPlatform {
  constructor(props: library.EksPlatformProps) {
    super({ ...props, ...behind });
    made = this;
  }
}

/**
 * The platform of an example, as its program makes it: but behind mirrors, and written elsewhere. To be called once for each example.
 *
 * @param outdir folder for the output
 */
export function platformOf(example: string, mirrors: library.Mirror[], outdir: string): library.EksPlatform {
  behind = { mirrors, outdir };
  jest.doMock('cdk8s-strata', () => ({ ...library, EksPlatform }));
  jest.requireActual(join(__dirname, '..', '..', 'examples', example, 'main'));
  return made;
}
