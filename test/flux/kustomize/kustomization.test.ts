import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import { parse } from 'yaml';
import { Cluster, Component, Platform, Testing, flux, layers } from '../../../src';
import { unsetFields } from '../../schema';
import { fileOf, stand } from '../flux-fixtures';

const { Kustomization } = flux;

function component(platform: Platform = Testing.platform()): Component {
  return new Component(platform, 'team', { area: 'apps', namespace: 'team' });
}

/** The file of a Kustomization in the component `team`. */
function file(kustomization: flux.Kustomization): string {
  return Testing.synth(kustomization.node.root as Platform)[`apps/base/team/kustomization-${kustomization.kustomizationName}.yaml`];
}

/** The same, as an object. */
function object(kustomization: flux.Kustomization): any {
  return Testing.repository(kustomization.node.root as Platform).object(`apps/base/team/kustomization-${kustomization.kustomizationName}.yaml`);
}

test('defaultChild', () => {
  const kustomization = new Kustomization(component(), 'web', { path: './web' });
  expect(kustomization.node.defaultChild).toBe(kustomization.apiObject);
  expect(ApiObject.of(kustomization)).toBe(kustomization.apiObject);
  expect([kustomization.apiObject.apiVersion, kustomization.apiObject.kind]).toEqual(['kustomize.toolkit.fluxcd.io/v1', 'Kustomization']);
});

const STATEFUL_SET = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  spec: {
    selector: { matchLabels: { app: 'data' } },
    template: { metadata: { labels: { app: 'data' } }, spec: { containers: [{ name: 'data', image: 'data:1' }] } },
  },
};

test('defaults', () => {
  expect(object(new Kustomization(component(), 'web', { path: './web' }))).toEqual({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'web', namespace: 'flux-system' },
    spec: {
      interval: '10m',
      path: './web',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
    },
  });
});

describe('names', () => {
  test('it is named like the construct and lives where Flux runs', () => {
    const kustomization = new Kustomization(component(), 'web', { path: './web' });
    expect([kustomization.kustomizationName, kustomization.kustomizationNamespace]).toEqual(['web', 'flux-system']);
  });

  test('the metadata decide on name, namespace, labels and annotations', () => {
    const kustomization = new Kustomization(component(), 'web', {
      path: './web', metadata: { name: 'web-eu', namespace: 'team-a', labels: { team: 'a' }, annotations: { note: 'x' } },
    });
    expect([kustomization.kustomizationName, kustomization.kustomizationNamespace]).toEqual(['web-eu', 'team-a']);
    expect(object(kustomization).metadata).toEqual({ name: 'web-eu', namespace: 'team-a', labels: { team: 'a' }, annotations: { note: 'x' } });
  });

  test('metadata without a name keep the name of the construct', () => {
    expect(object(new Kustomization(component(), 'web', { path: './web', metadata: { labels: { team: 'a' } } })).metadata)
      .toEqual({ name: 'web', namespace: 'flux-system', labels: { team: 'a' } });
  });

  test('the namespace of the component is not that of its Kustomizations', () => {
    const platform = Testing.platform();
    const team = component(platform);
    new Kustomization(team, 'web', { path: './web' });
    new ApiObject(team, 'settings', { apiVersion: 'v1', kind: 'ConfigMap' });
    const repository = Testing.repository(platform);
    expect(repository.object('apps/base/team/kustomization-web.yaml').metadata.namespace).toBe('flux-system');
    expect(repository.object('apps/base/team/configmap-settings.yaml').metadata.namespace).toBe('team');
  });

  test('one that the program does not make is known by its name, in the namespace where Flux runs', () => {
    expect(Kustomization.fromName('bootstrap')).toEqual({ kustomizationName: 'bootstrap', kustomizationNamespace: 'flux-system' });
  });

  test('one that the program does not make can live in another namespace', () => {
    expect(Kustomization.fromName('web', 'team-a')).toEqual({ kustomizationName: 'web', kustomizationNamespace: 'team-a' });
  });
});

describe('every field', () => {
  /** With everything that can be said of a Kustomization; `kubeConfig` is one of two forms. */
  const COMPLETE: flux.KustomizationProps = {
    metadata: { namespace: 'team-a' },
    interval: Duration.hours(1),
    retryInterval: Duration.minutes(2),
    timeout: Duration.minutes(5),
    path: './web',
    prune: false,
    wait: true,
    force: true,
    deletionPolicy: flux.DeletionPolicy.WAIT_FOR_TERMINATION,
    suspend: true,
    source: flux.Source.externalArtifact('web', 'flux-system'),
    dependsOn: [
      { on: Kustomization.fromName('security'), readyExpr: 'dep.status.lastAppliedRevision != ""', because: 'secrets' },
    ],
    healthChecks: [flux.HealthCheck.of({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'team-a' })],
    healthCheckExprs: [flux.HealthCheckExpression.of({
      apiVersion: 'example.com/v1', kind: 'Widget', current: 'status.done == true', inProgress: 'status.busy == true', failed: 'status.broken == true',
    })],
    serviceAccountName: 'team-a',
    kubeConfig: flux.KubeConfig.fromSecret('remote', 'config'),
    decryption: { secretName: 'sops-age', serviceAccountName: 'decryptor' },
    targetNamespace: 'team-a',
    namePrefix: 'a-',
    nameSuffix: '-v1',
    commonMetadata: { labels: { team: 'a' }, annotations: { owner: 'team-a' } },
    buildMetadata: [flux.BuildMetadata.ORIGIN_ANNOTATIONS, flux.BuildMetadata.TRANSFORMER_ANNOTATIONS],
    kustomizeComponents: ['../parts/tls'],
    ignoreMissingComponents: true,
    images: [{ name: 'nginx', newName: 'registry.example.com/nginx', newTag: '1.29', digest: 'sha256:abc' }],
    patches: [flux.Patch.json6902(
      flux.PatchTarget.select({
        group: 'apps', version: 'v1', kind: 'Deployment', name: 'web', namespace: 'team-a', labelSelector: 'app=web', annotationSelector: 'owner=a',
      }),
      JsonPatch.replace('/spec/replicas', 3),
    )],
    postBuild: {
      substitute: { region: 'eu-west-3' },
      substituteFrom: [flux.VariableSource.configMap('settings', { optional: true })],
      substituteStrategy: flux.SubstituteStrategy.ALWAYS,
    },
    ignore: [{
      paths: ['/spec/replicas'],
      target: {
        group: 'apps', version: 'v1', kind: 'Deployment', name: 'web', namespace: 'team-a', labelSelector: 'app=web', annotationSelector: 'owner=a',
      },
    }],
  };

  function complete(): flux.Kustomization {
    return new Kustomization(component(), 'web', COMPLETE);
  }

  test('is written as it was given', () => {
    expect(object(complete()).spec).toEqual({
      interval: '1h',
      retryInterval: '2m',
      timeout: '5m',
      path: './web',
      prune: false,
      wait: true,
      force: true,
      deletionPolicy: 'WaitForTermination',
      suspend: true,
      sourceRef: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'ExternalArtifact', name: 'web', namespace: 'flux-system' },
      dependsOn: [{ name: 'security', namespace: 'flux-system', readyExpr: 'dep.status.lastAppliedRevision != ""' }],
      healthChecks: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'team-a' }],
      healthCheckExprs: [{
        apiVersion: 'example.com/v1', kind: 'Widget', inProgress: 'status.busy == true', failed: 'status.broken == true', current: 'status.done == true',
      }],
      serviceAccountName: 'team-a',
      kubeConfig: { secretRef: { name: 'remote', key: 'config' } },
      decryption: { provider: 'sops', secretRef: { name: 'sops-age' }, serviceAccountName: 'decryptor' },
      targetNamespace: 'team-a',
      namePrefix: 'a-',
      nameSuffix: '-v1',
      commonMetadata: { labels: { team: 'a' }, annotations: { owner: 'team-a' } },
      buildMetadata: ['originAnnotations', 'transformerAnnotations'],
      components: ['../parts/tls'],
      ignoreMissingComponents: true,
      images: [{ name: 'nginx', newName: 'registry.example.com/nginx', newTag: '1.29', digest: 'sha256:abc' }],
      patches: [{
        target: {
          group: 'apps', version: 'v1', kind: 'Deployment', name: 'web', namespace: 'team-a', labelSelector: 'app=web', annotationSelector: 'owner=a',
        },
        patch: '- op: replace\n  path: /spec/replicas\n  value: 3\n',
      }],
      postBuild: {
        substitute: { region: 'eu-west-3' },
        substituteFrom: [{ kind: 'ConfigMap', name: 'settings', optional: true }],
        substituteStrategy: 'Always',
      },
      ignore: [{
        paths: ['/spec/replicas'],
        target: {
          group: 'apps', version: 'v1', kind: 'Deployment', name: 'web', namespace: 'team-a', labelSelector: 'app=web', annotationSelector: 'owner=a',
        },
      }],
    });
  });

  test('stands where a person would look for it', () => {
    expect(Object.keys(object(complete()).spec)).toEqual([
      'interval', 'retryInterval', 'timeout', 'path', 'prune', 'wait', 'force', 'deletionPolicy', 'suspend', 'sourceRef', 'dependsOn',
      'healthChecks', 'healthCheckExprs', 'serviceAccountName', 'kubeConfig', 'decryption', 'targetNamespace', 'namePrefix', 'nameSuffix',
      'commonMetadata', 'buildMetadata', 'components', 'ignoreMissingComponents', 'images', 'patches', 'postBuild', 'ignore',
    ]);
  });

  test('of the CRD can be said', () => {
    // The properties of `spec` in the CRD of kustomize-controller 1.9.
    expect(Object.keys(object(complete()).spec).sort()).toEqual([
      'buildMetadata', 'commonMetadata', 'components', 'decryption', 'deletionPolicy', 'dependsOn', 'force', 'healthCheckExprs', 'healthChecks',
      'ignore', 'ignoreMissingComponents', 'images', 'interval', 'kubeConfig', 'namePrefix', 'nameSuffix', 'patches', 'path', 'postBuild', 'prune',
      'retryInterval', 'serviceAccountName', 'sourceRef', 'suspend', 'targetNamespace', 'timeout', 'wait',
    ]);
  });

  test('no field of the definition is left out', () => {
    const objects = [COMPLETE, { path: './web', kubeConfig: flux.KubeConfig.fromConfigMap('remote') }].map(props => {
      const stood = stand();
      new Kustomization(stood.component, 'web', props);
      return parse(fileOf(stood.platform, 'Kustomization', 'web'));
    });
    expect(unsetFields(...objects)).toEqual([]);
  });

  test('can be said of a layer, too', () => {
    const platform = Testing.platform();
    const web = new Component(platform, 'web', { area: 'apps', namespace: 'web' });
    new ApiObject(web, 'settings', { apiVersion: 'v1', kind: 'ConfigMap' });
    new layers.Apps(new Cluster(platform, 'c1'), 'apps', {
      components: [web],
      retryInterval: Duration.minutes(2),
      force: true,
      deletionPolicy: flux.DeletionPolicy.ORPHAN,
      serviceAccountName: 'deployer',
      ignore: [{ paths: ['/spec/replicas'] }],
    });
    expect(Testing.repository(platform).object('clusters/c1/apps.yaml').spec).toEqual({
      interval: '10m',
      retryInterval: '2m',
      path: './apps/base/web',
      prune: true,
      force: true,
      deletionPolicy: 'Orphan',
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      serviceAccountName: 'deployer',
      ignore: [{ paths: ['/spec/replicas'] }],
    });
  });
});

describe('single fields', () => {
  test.each([
    [flux.DeletionPolicy.MIRROR_PRUNE, 'MirrorPrune'],
    [flux.DeletionPolicy.DELETE, 'Delete'],
    [flux.DeletionPolicy.WAIT_FOR_TERMINATION, 'WaitForTermination'],
    [flux.DeletionPolicy.ORPHAN, 'Orphan'],
  ])('the deletion policy %s is written as Flux names it', (deletionPolicy, text) => {
    expect(object(new Kustomization(component(), 'web', { path: './web', deletionPolicy })).spec.deletionPolicy).toBe(text);
  });

  test('what is switched off is written where it was said', () => {
    expect(object(new Kustomization(component(), 'web', { path: './web', wait: false, force: false, suspend: false, prune: false })).spec)
      .toMatchObject({ wait: false, force: false, suspend: false, prune: false });
  });

  test('durations are written as Go reads them', () => {
    const { spec } = object(new Kustomization(component(), 'web', {
      path: './web', interval: Duration.days(1), retryInterval: Duration.seconds(90), timeout: Duration.millis(500),
    }));
    expect([spec.interval, spec.retryInterval, spec.timeout]).toEqual(['24h', '1m30s', '500ms']);
  });

  test('a Secret with a kubeconfig needs no key', () => {
    expect(object(new Kustomization(component(), 'web', { path: './web', kubeConfig: flux.KubeConfig.fromSecret('remote') })).spec.kubeConfig)
      .toEqual({ secretRef: { name: 'remote' } });
  });

  test('access to another cluster can come from a ConfigMap', () => {
    expect(object(new Kustomization(component(), 'web', { path: './web', kubeConfig: flux.KubeConfig.fromConfigMap('remote') })).spec.kubeConfig)
      .toEqual({ configMapRef: { name: 'remote' } });
  });

  test('decryption needs no key where an identity reaches a key service', () => {
    expect(object(new Kustomization(component(), 'web', { path: './web', decryption: {} })).spec.decryption).toEqual({ provider: 'sops' });
  });

  test('decryption can have an identity of its own', () => {
    expect(object(new Kustomization(component(), 'web', { path: './web', decryption: { serviceAccountName: 'decryptor' } })).spec.decryption)
      .toEqual({ provider: 'sops', serviceAccountName: 'decryptor' });
  });

  test('a rule of what to ignore is for all objects without a target', () => {
    expect(object(new Kustomization(component(), 'web', { path: './web', ignore: [{ paths: ['/spec/replicas', '/metadata/labels/x~1y'] }] })).spec.ignore)
      .toEqual([{ paths: ['/spec/replicas', '/metadata/labels/x~1y'] }]);
  });

  test('the target of such a rule is written in the usual order', () => {
    const { ignore } = object(new Kustomization(component(), 'web', {
      path: './web', ignore: [{ target: { name: 'web', kind: 'Deployment', group: 'apps' }, paths: ['/spec/replicas'] }],
    })).spec;
    expect(Object.keys(ignore[0])).toEqual(['paths', 'target']);
    expect(Object.keys(ignore[0].target)).toEqual(['group', 'kind', 'name']);
  });

  test('common metadata may be labels alone', () => {
    expect(object(new Kustomization(component(), 'web', { path: './web', commonMetadata: { labels: { team: 'a' } } })).spec.commonMetadata)
      .toEqual({ labels: { team: 'a' } });
  });

  test('an image may get a digest alone', () => {
    expect(object(new Kustomization(component(), 'web', { path: './web', images: [{ name: 'nginx', digest: 'sha256:abc' }] })).spec.images)
      .toEqual([{ name: 'nginx', digest: 'sha256:abc' }]);
  });

  test('empty lists are no fields', () => {
    const { spec } = object(new Kustomization(component(), 'web', {
      path: './web',
      dependsOn: [],
      healthChecks: [],
      healthCheckExprs: [],
      patches: [],
      ignore: [],
      images: [],
      buildMetadata: [],
      kustomizeComponents: [],
    }));
    expect(Object.keys(spec)).toEqual(['interval', 'path', 'prune', 'sourceRef']);
  });

  test('empty mappings are no fields', () => {
    const { spec } = object(new Kustomization(component(), 'web', {
      path: './web', commonMetadata: {}, postBuild: { substitute: {}, substituteFrom: [] },
    }));
    expect(Object.keys(spec)).toEqual(['interval', 'path', 'prune', 'sourceRef']);
  });

  test('what is empty beside something else in a mapping is no field', () => {
    const { spec } = object(new Kustomization(component(), 'web', {
      path: './web', postBuild: { substitute: {}, substituteFrom: [flux.VariableSource.secret('a')] },
    }));
    expect(spec.postBuild).toEqual({ substituteFrom: [{ kind: 'Secret', name: 'a' }] });
  });

  test('the path is what was given', () => {
    expect(new Kustomization(component(), 'web', { path: './web' }).path).toBe('./web');
  });
});

describe('dependencies', () => {
  test('a reason is the comment behind the entry', () => {
    const kustomization = new Kustomization(component(), 'web', {
      path: './web',
      dependsOn: [
        { on: Kustomization.fromName('security'), because: 'secrets of the database' },
        { on: Kustomization.fromName('observability') },
        { on: Kustomization.fromName('infrastructure'), because: 'gateways' },
      ],
    });
    expect(file(kustomization)).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: web
  namespace: flux-system
spec:
  interval: 10m
  path: ./web
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: security # secrets of the database
    - name: observability
    - name: infrastructure # gateways
`);
  });

  test('a reason of several lines is one comment', () => {
    const kustomization = new Kustomization(component(), 'web', { path: './web' });
    kustomization.addDependency(Kustomization.fromName('security'), { because: 'secrets\n  of the database ' });
    expect(file(kustomization)).toContain('    - name: security # secrets of the database\n');
  });

  test('it can be added later', () => {
    const team = component();
    const database = new Kustomization(team, 'database', { path: './database' });
    const web = new Kustomization(team, 'web', { path: './web' });
    web.addDependency(database, { because: 'data' });
    expect(file(web)).toContain('  dependsOn:\n    - name: database # data\n');
  });

  test('those that were given come before those that were added', () => {
    const web = new Kustomization(component(), 'web', { path: './web', dependsOn: [{ on: Kustomization.fromName('z') }] });
    web.addDependency(Kustomization.fromName('a'));
    expect(object(web).spec.dependsOn).toEqual([{ name: 'z' }, { name: 'a' }]);
  });

  test('another namespace is said', () => {
    const team = component();
    const database = new Kustomization(team, 'database', { path: './database', metadata: { namespace: 'data' } });
    expect(object(new Kustomization(team, 'web', { path: './web', dependsOn: [{ on: database }] })).spec.dependsOn)
      .toEqual([{ name: 'database', namespace: 'data' }]);
  });

  test('the own namespace is not said, whichever it is', () => {
    const team = component();
    const database = new Kustomization(team, 'database', { path: './database', metadata: { namespace: 'data' } });
    const web = new Kustomization(team, 'web', { path: './web', metadata: { namespace: 'data' }, dependsOn: [{ on: database }] });
    expect(object(web).spec.dependsOn).toEqual([{ name: 'database' }]);
  });

  test('the namespace where Flux runs is said by one that lives elsewhere', () => {
    const web = new Kustomization(component(), 'web', {
      path: './web', metadata: { namespace: 'data' }, dependsOn: [{ on: Kustomization.fromName('security') }],
    });
    expect(object(web).spec.dependsOn).toEqual([{ name: 'security', namespace: 'flux-system' }]);
  });

  test('when it is ready can be said in CEL', () => {
    const web = new Kustomization(component(), 'web', {
      path: './web', dependsOn: [{ on: Kustomization.fromName('security'), readyExpr: "dep.metadata.labels['app/version'] == self.metadata.labels['app/version']" }],
    });
    expect(object(web).spec.dependsOn)
      .toEqual([{ name: 'security', readyExpr: "dep.metadata.labels['app/version'] == self.metadata.labels['app/version']" }]);
  });

  test('what is given twice is written once, at its first place', () => {
    const web = new Kustomization(component(), 'web', {
      path: './web', dependsOn: [{ on: Kustomization.fromName('security') }, { on: Kustomization.fromName('infrastructure') }],
    });
    web.addDependency(Kustomization.fromName('security'));
    expect(object(web).spec.dependsOn).toEqual([{ name: 'security' }, { name: 'infrastructure' }]);
  });

  test('what is given twice keeps the reason and the expression that were given with one of them', () => {
    const web = new Kustomization(component(), 'web', {
      path: './web', dependsOn: [{ on: Kustomization.fromName('security'), because: 'secrets' }],
    });
    web.addDependency(Kustomization.fromName('security'), { readyExpr: 'dep.status.ready == true' });
    expect(file(web)).toContain('    - name: security # secrets\n      readyExpr: dep.status.ready == true\n');
  });

  test('what is given again without a reason keeps its reason', () => {
    const web = new Kustomization(component(), 'web', {
      path: './web', dependsOn: [{ on: Kustomization.fromName('security'), because: 'secrets', readyExpr: 'dep.status.ready == true' }],
    });
    web.addDependency(Kustomization.fromName('security'));
    expect(file(web)).toContain('    - name: security # secrets\n      readyExpr: dep.status.ready == true\n');
  });

  test('a ready expression that does not parse is refused', () => {
    const web = new Kustomization(component(), 'web', { path: './web' });
    web.addDependency(Kustomization.fromName('security'), { readyExpr: 'dep.status.ready ==' });
    expect(() => file(web)).toThrow(new Error(`\
1 problem, nothing was written:
  team/web: the ready expression for its dependency "security" is "dep.status.ready ==", which Flux refuses (Unexpected token: EOF at 1:20); \
expected CEL over self and dep that is true or false, such as dep.status.lastAppliedRevision == self.status.lastAppliedRevision.`));
  });

  test('a ready expression that may be something else than true or false is refused', () => {
    const web = new Kustomization(component(), 'web', {
      path: './web', dependsOn: [{ on: Kustomization.fromName('security'), readyExpr: 'dep.status.foo' }],
    });
    expect(() => file(web)).toThrow(new Error(`\
1 problem, nothing was written:
  team/web: the ready expression for its dependency "security" is "dep.status.foo", which Flux refuses (it may be something else than true or false: compare it); \
expected CEL over self and dep that is true or false, such as dep.status.lastAppliedRevision == self.status.lastAppliedRevision.`));
  });

  test('a ready expression with a function that is not known here is written as it is', () => {
    const web = new Kustomization(component(), 'web', {
      path: './web', dependsOn: [{ on: Kustomization.fromName('security'), readyExpr: 'urn(dep)' }],
    });
    expect(object(web).spec.dependsOn).toEqual([{ name: 'security', readyExpr: 'urn(dep)' }]);
  });

  test('the later reason wins', () => {
    const web = new Kustomization(component(), 'web', {
      path: './web', dependsOn: [{ on: Kustomization.fromName('security'), because: 'secrets' }],
    });
    web.addDependency(Kustomization.fromName('security'), { because: 'certificates' });
    expect(file(web)).toContain('    - name: security # certificates\n');
  });

  test('namesakes of different namespaces are two', () => {
    const web = new Kustomization(component(), 'web', {
      path: './web', dependsOn: [{ on: Kustomization.fromName('database') }, { on: Kustomization.fromName('database', 'data') }],
    });
    expect(object(web).spec.dependsOn).toEqual([{ name: 'database' }, { name: 'database', namespace: 'data' }]);
  });
});

describe('health', () => {
  test('checks and expressions can be added', () => {
    const web = new Kustomization(component(), 'web', {
      path: './web', healthChecks: [flux.HealthCheck.of({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'one', namespace: 'web' })],
    });
    web.addHealthCheck(
      flux.HealthCheck.of({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'two', namespace: 'web' }),
      flux.HealthCheck.of({ apiVersion: 'v1', kind: 'Namespace', name: 'web' }),
    );
    web.addHealthCheckExpression(flux.HealthCheckExpression.ready('example.com/v1', 'Widget'));
    expect(object(web).spec).toMatchObject({
      healthChecks: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'one', namespace: 'web' },
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'two', namespace: 'web' },
        { apiVersion: 'v1', kind: 'Namespace', name: 'web' },
      ],
      healthCheckExprs: [
        { apiVersion: 'example.com/v1', kind: 'Widget', current: "status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')" },
      ],
    });
  });

  test('a check of every object is an entry for each, found when the platform is synthesized', () => {
    const platform = Testing.platform();
    const team = component(platform);
    const data = new Component(platform, 'data', { area: 'apps', namespace: 'data' });
    const web = new Kustomization(team, 'web', { path: './web', healthChecks: [flux.HealthCheck.everyObject('apps/v1', 'StatefulSet', [data])] });
    new ApiObject(data, 'second', STATEFUL_SET);
    new ApiObject(data, 'first', STATEFUL_SET);
    expect(object(web).spec.healthChecks).toEqual([
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'first', namespace: 'data' },
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'second', namespace: 'data' },
    ]);
  });

  test('a check on an object of the program names it as the Kustomization renames it, a check by name does not', () => {
    const platform = Testing.platform();
    const data = new Component(platform, 'data', { area: 'apps', namespace: 'data' });
    const database = new ApiObject(data, 'database', STATEFUL_SET);
    const web = new Kustomization(component(platform), 'web', {
      path: './web',
      targetNamespace: 'target',
      namePrefix: 'a-',
      nameSuffix: '-z',
      healthChecks: [
        flux.HealthCheck.ofObject(database),
        flux.HealthCheck.everyObject('apps/v1', 'StatefulSet', [data]),
        flux.HealthCheck.of({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'database', namespace: 'data' }),
      ],
    });
    expect(object(web).spec.healthChecks).toEqual([
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'a-database-z', namespace: 'target' },
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'database', namespace: 'data' },
    ]);
  });

  test('a check on a cluster-scoped object of the program gets no namespace', () => {
    const team = component();
    const role = new ApiObject(team, 'reader', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' });
    const web = new Kustomization(team, 'web', { path: './web', targetNamespace: 'target', healthChecks: [flux.HealthCheck.ofObject(role)] });
    expect(object(web).spec.healthChecks).toEqual([{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'reader' }]);
  });

  test('the fields of a check are written in their usual order', () => {
    const web = new Kustomization(component(), 'web', {
      path: './web', healthChecks: [flux.HealthCheck.of({ namespace: 'web', name: 'one', kind: 'Deployment', apiVersion: 'apps/v1' })],
    });
    expect(file(web)).toContain(`\
  healthChecks:
    - apiVersion: apps/v1
      kind: Deployment
      name: one
      namespace: web
`);
  });
});

test('a list that the program changes later does not change the Kustomization', () => {
  const dependsOn: flux.KustomizationDependency[] = [{ on: Kustomization.fromName('security') }];
  const web = new Kustomization(component(), 'web', { path: './web', dependsOn });
  dependsOn.push({ on: Kustomization.fromName('other') });
  expect(object(web).spec.dependsOn).toEqual([{ name: 'security' }]);
});

test('the patches of a Kustomization are those of its own path, not of the component that it stands in', () => {
  const team = component();
  const settings = new ApiObject(team, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', data: { mode: 'fast' } });
  const web = new Kustomization(team, 'web', {
    path: './web', patches: [flux.Patch.strategicMerge(flux.PatchTarget.object(settings), { data: { mode: 'slow' } })],
  });
  expect(Testing.repository(web.node.root as Platform).object('apps/base/team/configmap-settings.yaml').data).toEqual({ mode: 'fast' });
});
