/** The direction of imports is a rule of ESLint, and a rule that never fires would go unnoticed. */
import { join } from 'path';
import { loadESLint } from 'eslint';

/** Which rules of the project a source file would break if it consisted of one import. */
async function brokenRules(file: string, statement: string): Promise<(string | null)[]> {
  const Linter = await loadESLint({ useFlatConfig: false });
  const root = join(__dirname, '..');
  // Where CI=true is set, typescript-eslint would read the file that is on the disk instead of the text that it is given.
  const overrideConfig = { parserOptions: { disallowAutomaticSingleRunInference: true } };
  const [result] = await new Linter({ cwd: root, overrideConfig }).lintText(`${statement}\n`, { filePath: join(root, file) });
  return result.messages.map(message => message.ruleId).filter(rule => rule !== '@typescript-eslint/no-unused-vars');
}

test.each([
  ['src/synth/yaml.ts', 'import \'../flux/kustomize/kustomization\';'],
  ['src/delivery/proof.ts', 'import \'../platform/cluster\';'],
  ['src/report/summary.ts', 'import \'../platform/cluster\';'],
  ['src/flux/kustomize/kustomization.ts', 'import \'../../platform/stage\';'],
  ['src/platform/layer.ts', 'import \'../layers/crds\';'],
  ['src/layers/crds.ts', 'import \'../components/crossplane/crossplane\';'],
  ['src/components/crossplane/crossplane.ts', 'import \'../../layers/crds\';'],
])('%s may not contain %s', async (file, statement) => {
  expect(await brokenRules(file, statement)).toEqual(['import/no-restricted-paths']);
});

test('what reads rendered objects may not import constructs', async () => {
  expect(await brokenRules('src/delivery/proof.ts', 'import \'constructs\';')).toEqual(['no-restricted-imports']);
});

test.each([
  ['src/flux/kustomize/kustomization.ts', 'import \'../../synth/yaml\';'],
  ['src/platform/platform.ts', 'import \'../delivery/delivery\';'],
  ['src/layers/crds.ts', 'import \'../platform\';'],
  ['src/eks/eks-platform.ts', 'import \'../layers\';'],
])('%s may contain %s', async (file, statement) => {
  expect(await brokenRules(file, statement)).toEqual([]);
});
