/** Text of another system that Flux takes for its own (docs/checks/foreign-substitution.md). */
import { Variable } from 'cdk8s-strata';
import { Program, Scene } from './scene';
import { addTexts, textsIn } from './text-layers';
import { CheckedPlatform } from '../../test/checks/check-fixtures';

const CHECK = 'foreign-substitution';

/** What has no value. */
const FAILING = {
  dashboard: '{"datasource": "${DS_PROMETHEUS}"}',
  panels: '{\n  "datasource": "${datasource}" }',
  home: 'cd ${HOME} && ls ${HOME}/bin',
  files: '#!/bin/sh\nfor file in *; do echo ${file%.*}; done',
};

/** What has a default. */
const REPLACED = { root: 'cd ${HOME:-/root}', user: 'su ${user:=nobody}' };

/** What the library escapes by itself, and what Flux does not read. */
const KEPT = { escaped: 'kill $$; echo ${1} ${a.b} ${{ x }} ${list[@]}', plain: 'cd $HOME && echo $(pwd)' };

/** A layer for each text. */
function texts(write: (text: string) => string): Program {
  return props => {
    const checked = new CheckedPlatform(props, { zone: 'a' });
    const foreign = Object.entries({ ...FAILING, ...REPLACED }).map(([name, text]) => [name, write(text)]);
    addTexts(checked, { ...Object.fromEntries(foreign), ...KEPT });
    return checked;
  };
}

const mended = texts(Variable.literal);

test('what has no value fails the build of its Kustomization, a default stands in for what was there, and what is a literal stays', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, mended);
  await Scene.play(CHECK, texts(text => text), [CHECK], async scene => {
    await scene.fails('dashboard', /variable not set \(strict mode\): "DS_PROMETHEUS"/);
    await scene.fails('panels', /variable not set \(strict mode\): "datasource"/);
    await scene.fails('home', /variable not set \(strict mode\): "HOME"/);
    await scene.fails('files', /variable not set \(strict mode\): "file"/);
    expect(await scene.comesToAHalt(seconds, Object.fromEntries(Object.keys(FAILING).map(name => [name, 'definitions'])))).toEqual([]);
    expect(textsIn(scene, REPLACED)).toEqual({ root: 'cd /root', user: 'su nobody' });
    expect(textsIn(scene, KEPT)).toEqual(KEPT);
    expect(new Set(scene.run.history.failures.map(({ name }) => name.split('/')[1]))).toEqual(new Set(Object.keys(FAILING)));
    await scene.push(mended);
    await scene.converges();
    expect(textsIn(scene, { ...FAILING, ...REPLACED, ...KEPT })).toEqual({ ...FAILING, ...REPLACED, ...KEPT });
  });
});

test('without a variable in its Kustomization, nothing is substituted, and the text stays', async () => {
  const program: Program = props => {
    const checked = new CheckedPlatform(props);
    checked.layer('home', [checked.component('home', { name: 'home', fields: { data: { text: FAILING.home } } })], { dependsOn: [checked.namespaces] });
    return checked;
  };
  await Scene.play(`${CHECK}-nowhere`, program, [], async scene => {
    await scene.converges();
    expect(textsIn(scene, { home: '' })).toEqual({ home: FAILING.home });
  });
});
