/** A string that is something else once Flux has put a value in (docs/checks/type-changing-variable.md). */
import { Variable } from 'cdk8s-strata';
import { Program, Scene } from './scene';
import { addLayers, addTexts, textsIn } from './text-layers';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

const CHECK = 'type-changing-variable';

/** What is found on the Secret of this test, too. */
const SECRETS = ['secret-in-git'];

/** Values that YAML 1.1 takes for something else than text, and as what the API refuses them in a ConfigMap. */
const REFUSED: { readonly [name: string]: readonly [value: string, message: RegExp] } = {
  account: ['123456789012', /expected string, got .*123456789012/],
  octal: ['004', /expected string, got .*4/],
  exponent: ['1e3', /expected string, got .*1000/],
  on: ['on', /expected string, got .*true/],
  no: ['no', /expected string, got .*false/],
  true: ['true', /expected string, got .*true/],
  list: ['[a]', /expected string, got .*a/],
  mapping: ['{a: b}', /expected string, got .*a/],
};

/** Values that make it no YAML. */
const BROKEN: { readonly [name: string]: readonly [value: string, message: RegExp] } = {
  colon: ['a: b', /mapping values are not allowed in this context/],
  at: ['@a', /found character that cannot start any token/],
};

/** Values that something is lost of. */
const LOST = { comment: 'a #b', nothing: '' };

/** Values that stay text. */
const KEPT = { host: 'example.com', time: '12:30' };

const X = `${Variable.of('account')}`;

/** What keeps a number text. */
const SAFE = { before: `arn:aws:iam::${X}:root`, lines: `a\n${X}`, field: `a: ${X}` };

type Write = (name: string) => string;
const bare: Write = name => `${Variable.of(name)}`;
const quoted: Write = name => `${Variable.of('quote')}${Variable.of(name)}${Variable.of('quote')}`;

function cronJob(name: string, container: object, pod: object = {}, more: object = {}): ObjectFixture {
  const spec = { restartPolicy: 'Never', containers: [{ name: 'web', image: 'web', ...container }] };
  const fields = { spec: { schedule: '0 0 1 1 *', ...more, jobTemplate: { spec: { template: { ...pod, spec } } } } };
  return { apiVersion: 'batch/v1', kind: 'CronJob', name, fields };
}

/** Places beside the data of a ConfigMap that hold text. */
function places(write: Write): { [layer: string]: ObjectFixture } {
  const value = write('account');
  return {
    annotation: { name: 'annotation', metadata: { annotations: { account: value } } },
    secret: { kind: 'Secret', name: 'secret', fields: { stringData: { account: value } } },
    env: cronJob('env', { env: [{ name: 'ACCOUNT', value }] }),
    args: cronJob('args', { args: ['--account', value] }),
    command: cronJob('command', { command: [value] }),
    pod: cronJob('pod', {}, { metadata: { labels: { account: value } } }),
  };
}

const VALUES = { ...LOST, ...KEPT, ...Object.fromEntries(Object.entries({ ...REFUSED, ...BROKEN }).map(([name, [value]]) => [name, value])) };

/** An object with a label that is one, and another that is not. */
const labelled = (write: Write): ObjectFixture => ({ name: 'label', metadata: { labels: { account: write('account'), tier: 'gold' } } });

/** A layer for each value, in which it is alone in a string; in others, text is around it, and a number is what is wanted. */
function values(write: Write): Program {
  return props => {
    const checked = new CheckedPlatform(props, { zone: 'a', quote: '"', limit: '3', ...VALUES });
    const texts = Object.keys(VALUES).map(name => [name, name in KEPT ? bare(name) : write(name)]);
    addTexts(checked, { ...Object.fromEntries(texts), ...SAFE });
    addLayers(checked, {
      ...places(write),
      label: labelled(write),
      limit: cronJob('limit', {}, {}, { successfulJobsHistoryLimit: bare('limit') }),
    });
    return checked;
  };
}

const mended = values(quoted);

function labelsOf(scene: Scene): object {
  return scene.object('ConfigMap', 'label', 'apps')!.metadata.labels!;
}

test('a number, a switch or a structure is refused where text has to be, and nothing that is applied with it is written', async () => {
  const seconds = await Scene.play(`${CHECK}-mended`, mended, SECRETS, async scene => {
    await scene.converges();
    return scene.run.seconds;
  });
  await Scene.play(CHECK, values(bare), [CHECK, ...SECRETS], async scene => {
    for (const [name, [, message]] of Object.entries({ ...REFUSED, ...BROKEN })) {
      await scene.fails(name, message);
    }
    for (const name of Object.keys(places(bare))) {
      await scene.fails(name, /expected string, got .*123456789012/);
    }
    const refused = [
      ...Object.keys(BROKEN).map(name => [name, 'definitions'] as const),
      ...Object.keys({ ...REFUSED, ...places(bare) }).map(name => [name, 'rest'] as const),
    ];
    expect(await scene.comesToAHalt(seconds, Object.fromEntries(refused))).toEqual([]);
    expect(textsIn(scene, { ...LOST, ...KEPT, ...SAFE })).toEqual({
      comment: 'a', nothing: '', ...KEPT, before: 'arn:aws:iam::123456789012:root', lines: 'a\n123456789012', field: 'a: 123456789012',
    });
    // Flux takes labels that are not all text for none, and puts its own in their place.
    expect(Object.keys(labelsOf(scene))).toEqual(['kustomize.toolkit.fluxcd.io/name', 'kustomize.toolkit.fluxcd.io/namespace']);
    await scene.push(mended, SECRETS);
    await scene.converges();
    expect(textsIn(scene, VALUES)).toEqual(VALUES);
    expect(labelsOf(scene)).toMatchObject({ account: '123456789012', tier: 'gold' });
    expect(scene.object('Secret', 'secret', 'apps')!.data.account).toBe(Buffer.from('123456789012').toString('base64'));
    expect(scene.object('CronJob', 'limit', 'apps')!.spec.successfulJobsHistoryLimit).toBe(3);
  });
});
