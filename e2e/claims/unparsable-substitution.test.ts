/** A `${` that Flux cannot read (docs/checks/unparsable-substitution.md). */
import { LayerProps, Variable } from 'cdk8s-strata';
import { Program, Scene, SceneOptions } from './scene';
import { addLayers, addTexts, textsIn } from './text-layers';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

const CHECK = 'unparsable-substitution';

const NAME = /unable to parse variable name/;
const BRACE = /missing closing brace/;
const FUNCTION = /bad substitution|unable to parse/;

/** What Flux cannot read, and what it says to that. */
const TEXTS: { readonly [name: string]: readonly [text: string, message: RegExp] } = {
  spaces: ['is ${ name }', NAME],
  github: ['is ${{ x }}', NAME],
  nothing: ['is ${}', NAME],
  dot: ['is ${a.b}', BRACE],
  list: ['is ${list[@]}', BRACE],
  indirect: ['is ${!x}', NAME],
  default: ['is ${x-default}', BRACE],
  slash: ['is ${zone//y}', FUNCTION],
  open: ['is ${zone', BRACE],
};

/** The same in an annotation and in a key. */
const PLACES: { readonly [name: string]: ObjectFixture } = {
  annotation: { name: 'annotation', metadata: { annotations: { note: 'PLACE' } } },
  key: { name: 'key', fields: { data: { PLACE: 'a' } } },
};

const IN_PLACE = '${a.b}';

/** What a Kustomization puts into its objects. */
const PUT_IN: { readonly [name: string]: readonly [fields: LayerProps, message: RegExp] } = {
  image: [{ images: [{ name: 'web', newTag: '${{ github.sha }}' }] }, NAME],
  namespace: [{ targetNamespace: '${a.b}' }, BRACE],
  prefix: [{ namePrefix: '${a.b}-' }, BRACE],
  suffix: [{ nameSuffix: '-${ a }' }, NAME],
};

const container = { name: 'web', image: 'web' };
const job = { spec: { template: { spec: { restartPolicy: 'Never', containers: [container] } } } };

/** A layer for each text, as the library writes it, and one for each field of a Kustomization. */
function texts(putIn: (fields: LayerProps) => LayerProps): Program {
  return props => {
    const checked = new CheckedPlatform(props, { zone: 'a' });
    addTexts(checked, Object.fromEntries(Object.entries(TEXTS).map(([name, [text]]) => [name, text])));
    addLayers(checked, PLACES);
    for (const [name, [fields]] of Object.entries(PUT_IN)) {
      const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', name, fields: { spec: { schedule: '0 0 1 1 *', jobTemplate: job } } };
      const zone = { name: `${name}-beside`, fields: { data: { zone: `${Variable.of('zone')}` } } };
      checked.layer(name, [checked.component(name, cronJob, zone)], { dependsOn: [checked.namespaces], ...putIn(fields) });
    }
    return checked;
  };
}

const mended = texts(() => ({}));

/** Takes away what the library escapes, as if a person had written the files. */
function unescaped(): SceneOptions & { stop(): void } {
  let active = true;
  return {
    edit: files => active && Object.keys(files).forEach(file => {
      files[file] = files[file].replaceAll('$${', '${').replaceAll('PLACE', IN_PLACE);
    }),
    stop: () => {
      active = false;
    },
  };
}

test('fails the build of the whole Kustomization, in whatever string it is; what the library escapes stays as it is', async () => {
  let seconds = 0;
  await Scene.play(`${CHECK}-mended`, mended, [], async scene => {
    await scene.converges();
    seconds = scene.run.seconds;
    expect(textsIn(scene, TEXTS)).toEqual(Object.fromEntries(Object.entries(TEXTS).map(([name, [text]]) => [name, text])));
  });
  const options = unescaped();
  await Scene.play(CHECK, texts(fields => fields), [CHECK, 'namespace-not-delivered'], async scene => {
    for (const [name, [, message]] of Object.entries(TEXTS)) {
      await scene.fails(name, message);
    }
    await scene.fails('annotation', BRACE);
    await scene.fails('key', BRACE);
    for (const [name, [, message]] of Object.entries(PUT_IN)) {
      await scene.fails(name, message);
    }
    const refused = Object.fromEntries(Object.keys({ ...TEXTS, ...PLACES, ...PUT_IN }).map(name => [name, 'definitions' as const]));
    expect(await scene.comesToAHalt(seconds, refused)).toEqual([]);
    options.stop();
    await scene.push(mended);
    await scene.converges();
    expect(textsIn(scene, TEXTS)).toEqual(Object.fromEntries(Object.entries(TEXTS).map(([name, [text]]) => [name, text])));
  }, options);
});
