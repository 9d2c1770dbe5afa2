import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { parseAllDocuments } from 'yaml';
import { DeliveredObject, Delivery, DeliveryValidation, EksPlatform, Testing } from '../../src';
import { deliveryOf } from '../../src/delivery/repository-tree';

const EXAMPLES = join(__dirname, '../../examples');

function manifestsBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf-8' }).filter(path => path.endsWith('.yaml')).sort().map(path => join(root, path));
}

/** What the CLI would be told of a folder: each violation in a line, and then the status. */
async function toldOf(root: string, props = {}): Promise<string[]> {
  const lines: string[] = [];
  await new DeliveryValidation(props).validate({
    manifests: manifestsBelow(root),
    report: {
      addViolation: ({ ruleName, recommendation, violatingResources: [{ resourceName, manifestPath }] }: any) =>
        lines.push(`${ruleName} ${resourceName} ${manifestPath.slice(root.length + 1)}: ${recommendation}`),
      submit: (status: string) => lines.push(status),
    },
  });
  return lines;
}

/** A repository with one cluster, from files as they are. */
function repository(files: { [path: string]: string }): string {
  const root = Testing.platform().outdir;
  Object.entries(files).forEach(([path, text]) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  });
  return root;
}

const kustomization = (name: string, more = '') => `\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  path: ./${name}
  sourceRef: { kind: GitRepository, name: flux-system }
${more}`;
const configMap = (name: string, namespace: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: ${namespace} }\ndata: {}\n`;

test.each(['platform', 'fleet'])('finds no errors in the example %s', async example => {
  const lines = await toldOf(join(EXAMPLES, example, 'gitops'));
  expect(lines.filter(line => line.includes(': error: '))).toEqual([]);
  expect(lines.at(-1)).toBe('success');
});

test('reads from the files what the constructs deliver', () => {
  const platform = new EksPlatform({
    outdir: Testing.platform().outdir,
    repository: { url: 'https://github.com/acme/platform' },
    clusters: [{ name: 'mycluster-0', region: 'eu-west-3', domain: 'example.com', vpcCidr: '10.0.0.0/16' }],
  });
  const parsed = new Map(Object.entries(platform.files()).map(([path, text]) => [path, parseAllDocuments(text).map(document => document.toJS())]));
  const told = (objects: DeliveredObject[]) => objects.map(({ file, manifest }) => ({ file, manifest })).sort((a, b) => (a.file < b.file ? -1 : 1));
  const objectsOf = ({ kustomizations, beside }: Delivery) => [
    ...[...kustomizations].sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, objects, dependsOn }) => ({ name, dependsOn: dependsOn.map(on => on.name), objects: told(objects) })),
    told(beside),
  ];
  expect(objectsOf(deliveryOf(parsed, 'clusters/mycluster-0'))).toEqual(objectsOf(platform.delivery('mycluster-0')));
});

test('reads repositories that no construct wrote, with lists and without, and patches in both forms', () => {
  const root = repository({
    'clusters/dev/apps.yaml': kustomization('apps'),
    'clusters/dev/vars.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: vars, namespace: flux-system }\ndata: { domain: example.com }\n',
    'apps/kustomization.yaml': 'resources: [one.yaml, more]\nnamespace: team\nnamePrefix: a-\npatches:\n  - target: { kind: ConfigMap, name: one }\n    patch: |\n'
      + '      - { op: add, path: /data/key, value: changed }\n  - path: gone.yaml\n',
    'apps/one.yaml': configMap('one', 'x'),
    'apps/gone.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: three }\n$patch: delete\n',
    'apps/more/two.yaml': `${configMap('two', 'y')}---\n${configMap('three', 'y')}`,
    'elsewhere/never.yaml': configMap('never', 'z'),
  });
  const parsed = new Map(manifestsBelow(root).map(path => [path.slice(root.length + 1), parseAllDocuments(readFileSync(path, 'utf-8')).map(document => document.toJS())]));
  const { cluster, variables, kustomizations: [{ name, objects }] } = deliveryOf(parsed, 'clusters/dev');
  expect([cluster, variables, name]).toEqual(['dev', { domain: 'example.com' }, 'apps']);
  expect(objects.map(object => [object.name, object.namespace, object.file, object.manifest.data])).toEqual([
    ['a-one', 'team', 'apps/one.yaml', { key: 'changed' }], ['a-two', 'team', 'apps/more/two.yaml', {}],
  ]);
});

test('tells what it finds, and fails on errors', async () => {
  const root = repository({
    'clusters/dev/one.yaml': kustomization('one', '  dependsOn: [{ name: two }]\n'),
    'clusters/dev/two.yaml': kustomization('two', '  dependsOn: [{ name: one }]\n'),
    'one/a.yaml': configMap('a', 'default'),
    'two/b.yaml': configMap('b', 'default'),
  });
  const lines = await toldOf(root);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^dependency-cycle flux-system\/one clusters\/dev\/one\.yaml: error: /);
  expect(lines[1]).toBe('failure');
  expect(await toldOf(root, { accept: [{ check: 'dependency-cycle', because: 'it is a test' }] })).toEqual(['success']);
});

test('speaks with the cdk8s CLI', async () => {
  const root = repository({
    'clusters/dev/one.yaml': kustomization('one', '  dependsOn: [{ name: two }]\n'),
    'one/a.yaml': configMap('a', 'default'),
    'clusters/dev/two.yaml': kustomization('two', '  dependsOn: [{ name: one }]\n'),
    'two/b.yaml': configMap('b', 'default'),
  });
  // The CLI exports none of it.
  const { ValidationContext } = jest.requireActual(join(__dirname, '../../node_modules/cdk8s-cli/lib/plugins/validation.js'));
  const context = new ValidationContext(manifestsBelow(root), 'cdk8s-strata', '0.0.0');
  await new DeliveryValidation().validate(context);
  const { violations, summary } = context.report.toJson();
  expect(context.report.success).toBe(false);
  expect(violations.map(({ ruleName, violatingConstructs: [{ resourceName, locations }] }: any) => ({ ruleName, resourceName, locations })))
    .toEqual([{ ruleName: 'dependency-cycle', resourceName: 'flux-system/one', locations: ['dev › flux-system/one'] }]);
  expect(summary.metadata).toEqual({ clusters: '1', findings: '1' });
  expect(context.report.toString()).toContain('How to fix: ');
});

test('refuses output that has no cluster', async () => {
  await expect(toldOf(repository({ 'a.yaml': configMap('a', 'b') }))).rejects.toThrow('there is no cluster in the output');
});
