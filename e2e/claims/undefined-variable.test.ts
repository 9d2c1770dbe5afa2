/** A variable that a cluster has no value for (docs/checks/undefined-variable.md). */
import { Variable } from 'cdk8s-strata';
import { Program, Scene } from './scene';
import { addTexts, textsIn } from './text-layers';
import { CheckedPlatform } from '../../test/checks/check-fixtures';

const CHECK = 'undefined-variable';

/** What needs a value, whatever it does with it. */
const READING = { value: `www.${Variable.of('domain')}`, length: 'of ${#domain}', upper: 'in ${domain^^}.', part: 'from ${domain:1}.' };

/** What is given one, and what is empty. */
const GIVEN = { default: `of ${Variable.of('tier', { defaultValue: 'gold' })}`, empty: `x-${Variable.of('empty')}` };

/** A layer for each text, and one whose Kustomization puts a variable into its objects. */
function texts(variables: { [name: string]: string }): Program {
  return props => {
    const checked = new CheckedPlatform(props, { zone: 'a', empty: '', ...variables });
    addTexts(checked, { ...READING, ...GIVEN });
    const container = { name: 'web', image: 'web' };
    const job = { spec: { template: { spec: { restartPolicy: 'Never', containers: [container] } } } };
    const fields = { spec: { schedule: '0 0 1 1 *', jobTemplate: job } };
    const zone = { name: 'zone', fields: { data: { zone: `${Variable.of('zone')}` } } };
    checked.layer('image', [checked.component('image', { apiVersion: 'batch/v1', kind: 'CronJob', name: 'web', fields }, zone)], {
      dependsOn: [checked.namespaces], images: [{ name: 'web', newTag: 'v${tag}' }],
    });
    return checked;
  };
}

const mended = texts({ domain: 'example.com', tag: '1.2' });

test('fails the build of everything that reads it, and nothing of the Kustomization is applied; a default and an empty value are values', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, mended);
  await Scene.play(CHECK, texts({}), [CHECK], async scene => {
    for (const name of Object.keys(READING)) {
      await scene.fails(name, /variable not set \(strict mode\): "domain"/);
    }
    await scene.fails('image', /variable not set \(strict mode\): "tag"/);
    const refused = Object.fromEntries([...Object.keys(READING), 'image'].map(name => [name, 'definitions' as const]));
    expect(await scene.comesToAHalt(seconds, refused)).toEqual([]);
    expect(textsIn(scene, GIVEN)).toEqual({ default: 'of gold', empty: 'x-' });
    expect(new Set(scene.run.history.failures.map(({ name }) => name.split('/')[1]))).toEqual(new Set(Object.keys(refused)));
    await scene.push(mended);
    await scene.converges();
    expect(textsIn(scene, READING)).toEqual({ value: 'www.example.com', length: 'of 11', upper: 'in EXAMPLE.COM.', part: 'from xample.com.' });
    expect(scene.object('CronJob', 'web', 'apps')!.spec.jobTemplate.spec.template.spec.containers[0].image).toBe('web:v1.2');
  });
});

test('is empty where Flux is told not to be strict, as it was before 2.9', async () => {
  const loose = { kustomizeController: ['--feature-gates=StrictPostBuildSubstitutions=false'] };
  await Scene.play(`${CHECK}-loose`, texts({}), [CHECK], async scene => {
    await scene.converges();
    expect(textsIn(scene, READING)).toEqual({ value: 'www.', length: 'of 0', upper: 'in .', part: 'from .' });
    expect(scene.run.history.failures).toEqual([]);
  }, { flux: loose });
});
