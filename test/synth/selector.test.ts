import { writeFileSync } from 'fs';
import { join } from 'path';
import { JsonObject } from '../../src/synth/json';
import { Selector, selects } from '../../src/synth/selector';
import { BuiltObject, kustomizeBuild } from '../kustomize';
import { temporaryFolder } from '../temporary-folder';

const OBJECTS: JsonObject[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web', tier: 'front' }, annotations: { 'acme.io/owner': 'team-a' } },
  },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web-api', namespace: 'shop', labels: { app: 'api', tier: 'back', empty: '' } } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'mail', labels: { app: 'web' } } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'reader', labels: { app: 'web', n: '5' } } },
  { apiVersion: 'acme.io/v1beta1', kind: 'Thing', metadata: { name: 'thing', namespace: 'shop', annotations: { a: 'b', c: 'd' } } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } },
  { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'issuer' } },
];

function identity({ kind, metadata }: JsonObject | BuiltObject): string {
  const { namespace, name } = metadata as BuiltObject['metadata'];
  return [kind, namespace, name].filter(part => part).join('/');
}

/** The objects to which kustomize applies a patch with this target. */
function patchedByKustomize(target: Selector): string[] {
  const directory = temporaryFolder();
  const patch = JSON.stringify([{ op: 'add', path: '/patched', value: 'yes' }]);
  writeFileSync(join(directory, 'objects.yaml'), OBJECTS.map(object => `---\n${JSON.stringify(object)}\n`).join(''));
  writeFileSync(join(directory, 'kustomization.yaml'), JSON.stringify({ resources: ['objects.yaml'], patches: [{ target, patch }] }));
  return kustomizeBuild(directory).filter(object => 'patched' in object).map(identity).sort();
}

function selected(selector: Selector): string[] {
  return OBJECTS.filter(object => selects(selector, object)).map(identity).sort();
}

const WEB = 'Deployment/shop/web';
const API = 'Deployment/shop/web-api';
const SERVICE = 'Service/mail/web';
const NAMESPACE = 'Namespace/shop';
const ROLE = 'ClusterRole/reader';
const THING = 'Thing/shop/thing';
const CONFIG = 'ConfigMap/settings';
const ISSUER = 'ClusterIssuer/issuer';
const ALL = [ISSUER, ROLE, CONFIG, WEB, API, NAMESPACE, SERVICE, THING];

test.each<[Selector, string[]]>([
  [{}, ALL],
  [{ group: 'apps' }, [WEB, API]],
  [{ group: 'ap' }, []],
  [{ group: 'acme.io' }, [THING]],
  [{ version: 'v1beta1' }, [THING]],
  [{ group: '' }, ALL],
  [{ group: '.*' }, ALL],
  [{ group: 'apps|acme.*' }, [WEB, API, THING]],
  [{ version: 'v1' }, [ISSUER, ROLE, CONFIG, WEB, API, NAMESPACE, SERVICE]],
  [{ version: 'v1.+' }, [THING]],
  [{ version: '' }, ALL],
  [{ kind: '' }, ALL],
  [{ kind: 'Deployment' }, [WEB, API]],
  [{ kind: 'Deploy' }, []],
  [{ kind: 'deployment' }, []],
  [{ kind: 'Deploy.*|Service' }, [WEB, API, SERVICE]],
  [{ name: 'web' }, [WEB, SERVICE]],
  [{ name: '^web$' }, [WEB, SERVICE]],
  [{ name: 'web.*' }, [WEB, API, SERVICE]],
  [{ name: 'web-(api|worker)' }, [API]],
  [{ name: 'thing|reader' }, [ROLE, THING]],
  [{ name: 'WEB' }, []],
  [{ name: '.*' }, ALL],
  [{ name: '' }, ALL],
  [{ name: '(?i)WEB' }, [WEB, SERVICE]],
  [{ name: '(?i)WEB|Thing' }, [WEB, SERVICE, THING]],
  [{ namespace: 'shop' }, [WEB, API, THING]],
  [{ namespace: 'sho' }, []],
  [{ namespace: 'mail|shop' }, [WEB, API, SERVICE, THING]],
  [{ namespace: '' }, ALL],
  [{ namespace: '.*' }, ALL],
  [{ namespace: '.+' }, ALL],
  [{ namespace: 'default' }, [ISSUER, CONFIG]],
  [{ namespace: 'default|shop' }, [ISSUER, CONFIG, WEB, API, THING]],
  [{ namespace: '_non_namespaceable_' }, [ROLE, NAMESPACE]],
  [{ group: 'apps', version: 'v1', kind: 'Deployment', name: 'web', namespace: 'shop' }, [WEB]],
  [{ kind: 'Deployment', labelSelector: 'app=web' }, [WEB]],
  [{ name: 'web', annotationSelector: 'acme.io/owner' }, [WEB]],
])('a patch for %j is applied where kustomize would apply it', (selector, expected) => {
  expect(selected(selector)).toEqual(expected);
  expect(patchedByKustomize(selector)).toEqual(expected);
});

test.each([
  ['app=web', [ROLE, WEB, SERVICE]],
  ['app==web', [ROLE, WEB, SERVICE]],
  ['app = web', [ROLE, WEB, SERVICE]],
  ['app!=web', [ISSUER, CONFIG, API, NAMESPACE, THING]],
  ['app', [ROLE, WEB, API, SERVICE]],
  ['!app', [ISSUER, CONFIG, NAMESPACE, THING]],
  ['! app', [ISSUER, CONFIG, NAMESPACE, THING]],
  ['app in (web)', [ROLE, WEB, SERVICE]],
  ['app in (web, api),tier=back', [API]],
  ['app notin (web)', [ISSUER, CONFIG, API, NAMESPACE, THING]],
  ['app in(web)', [ROLE, WEB, SERVICE]],
  ['app notin(web,api)', [ISSUER, CONFIG, NAMESPACE, THING]],
  ['app in ()', []],
  ['empty in (,x)', [API]],
  ['n>4', [ROLE]],
  ['n > 5', []],
  ['n<6', [ROLE]],
  ['n<4', []],
  ['app>4', []],
  ['tier notin (front), app', [ROLE, API, SERVICE]],
  ['app=web,tier!=front', [ROLE, SERVICE]],
  ['app,!tier', [ROLE, SERVICE]],
  ['app=web,app=api', []],
  ['empty', [API]],
  ['empty=', [API]],
  ['nope=x', []],
  ['nope!=x', ALL],
  ['', ALL],
  [' ', ALL],
  ['toString', []],
  ['constructor', []],
  ['!constructor', ALL],
  ['constructor!=x', ALL],
])('the label selector %j selects what it selects in kustomize', (labelSelector, expected) => {
  expect(selected({ labelSelector })).toEqual(expected);
  expect(patchedByKustomize({ labelSelector })).toEqual(expected);
});

test.each([
  ['acme.io/owner=team-a', [WEB]],
  ['acme.io/owner', [WEB]],
  ['!acme.io/owner', [ISSUER, ROLE, CONFIG, API, NAMESPACE, SERVICE, THING]],
  ['acme.io/owner in (team-a,team-b)', [WEB]],
  ['owner', []],
  ['a=b,c=d', [THING]],
  ['a=b,c!=d', []],
])('the annotation selector %j selects what it selects in kustomize', (annotationSelector, expected) => {
  expect(selected({ annotationSelector })).toEqual(expected);
  expect(patchedByKustomize({ annotationSelector })).toEqual(expected);
});

test.each(['app=web,', ',app', 'app=web,,tier', 'app web', 'app=a b', 'app=a/b', 'app=web=api', '!app=web', 'app in web', 'n>x', '='])(
  'the label selector %j parses neither here nor in kustomize', labelSelector => {
    const error = new Error(`the label selector "${labelSelector}" does not parse`);
    expect(() => selected({ labelSelector })).toThrow(error);
    expect(() => selected({ name: 'nobody', annotationSelector: labelSelector })).toThrow(error);
    expect(() => patchedByKustomize({ labelSelector })).toThrow('Command failed');
  });

test.each(['*', '(', 'web(?!-api)', '(?<=a)b'])('the name %j is a regular expression neither here nor in kustomize', name => {
  expect(() => selected({ name })).toThrow(new Error(`"${name}" is not a regular expression`));
  expect(() => patchedByKustomize({ name })).toThrow('Command failed');
});
