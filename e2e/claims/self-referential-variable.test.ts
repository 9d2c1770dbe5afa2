/** A variable whose value has a `${…}` in it (docs/checks/self-referential-variable.md). */
import { Variable } from 'cdk8s-strata';
import { Program, Scene } from './scene';
import { addTexts, textsIn } from './text-layers';
import { CheckedPlatform } from '../../test/checks/check-fixtures';

const CHECK = 'self-referential-variable';
const TEXTS = { own: `www.${Variable.of('domain')}`, other: `www.${Variable.of('host')}`, prompt: `at ${Variable.of('prompt')}` };

/** A layer whose Kustomization gives a variable itself, beside the cluster's value; and variables of the cluster that are made of others, and of text. */
function variables(substitute: { [name: string]: string } | undefined, host: string, prompt: string): Program {
  return props => {
    const checked = new CheckedPlatform(props, { zone: 'a', domain: 'example.com', host, prompt });
    const { own, ...others } = TEXTS;
    const component = checked.component('own', { name: 'own', fields: { data: { zone: `${Variable.of('zone')}`, text: own } } });
    checked.layer('own', [component], { dependsOn: [checked.namespaces], postBuild: substitute && { substitute } });
    addTexts(checked, others);
    return checked;
  };
}

test('Flux substitutes once, and what it puts in stays as it is', async () => {
  const mended = variables(undefined, 'example.com.a', 'nobody');
  const faulty = variables({ domain: '${domain}' }, '${domain}.${zone}', '${USER}');
  await Scene.play(CHECK, faulty, [CHECK], async scene => {
    await scene.converges();
    expect(textsIn(scene, TEXTS)).toEqual({ own: 'www.${domain}', other: 'www.${domain}.${zone}', prompt: 'at ${USER}' });
    expect(scene.object('ConfigMap', 'own', 'apps')!.data.zone).toBe('a');
    await scene.push(mended);
    await scene.converges();
    expect(textsIn(scene, TEXTS)).toEqual({ own: 'www.example.com', other: 'www.example.com.a', prompt: 'at nobody' });
    expect(scene.run.history.failures).toEqual([]);
  });
});
