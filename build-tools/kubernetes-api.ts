/**
 * Takes the definitions of the Kubernetes API into crds/kubernetes/, without descriptions: what an object of Kubernetes' own kinds may
 * hold.
 *
 * Usage: npx projen kubernetes-api <swagger.json>
 *
 * The file is `api/openapi-spec/swagger.json` of kubernetes/kubernetes (Apache-2.0) at the version that index.yaml names.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { withoutDescriptions } from './without-descriptions';

const [source] = process.argv.slice(2);
if (!source) {
  throw new Error('expected the path of swagger.json: npx projen kubernetes-api <swagger.json>');
}
const { definitions } = JSON.parse(readFileSync(source, 'utf-8'));
const target = join(__dirname, '..', 'crds', 'kubernetes');
mkdirSync(target, { recursive: true });
const lines = Object.keys(definitions).sort().map(name => `${JSON.stringify(name)}:${JSON.stringify(withoutDescriptions(definitions[name]))}`);
writeFileSync(join(target, 'api.json'), `{\n${lines.join(',\n')}\n}\n`);
