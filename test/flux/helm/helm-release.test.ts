import { Duration, JsonPatch } from 'cdk8s';
import { parse } from 'yaml';
import { Variable } from '../../../src';
import {
  ChartNameChangeStrategy, ChartReconcileStrategy, DriftDetectionMode, ExternalArtifact, GitRepository, HealthCheckExpression, HelmActionStrategyName,
  HelmChartReference, HelmCrdsPolicy, HelmDeletionPropagation, HelmRelease, HelmReleaseProps, HelmRemediationStrategy, HelmServerSideApply,
  KubeConfig, Patch, PatchTarget, PostRenderer, PostRenderStrategy, SourceVerification, ValuesSource, WaitStrategy,
} from '../../../src/flux';
import { unsetFields } from '../../schema';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

const CHARTS = { chartSourceReference: { kind: 'HelmRepository', name: 'charts' } };
const CHART = HelmChartReference.fromRepository(CHARTS, { chart: 'podinfo' });

function release(props: Partial<HelmReleaseProps> = {}): string {
  const { platform, component } = stand();
  new HelmRelease(component, 'podinfo', { chart: CHART, ...props });
  return fileOf(platform, 'HelmRelease', 'podinfo');
}

function refusal(props: Partial<HelmReleaseProps>): string[] {
  const { platform, component } = stand();
  new HelmRelease(component, 'podinfo', { chart: CHART, ...props });
  return refusalOf(platform);
}

const TARGET = {
  group: 'apps', version: 'v1', kind: 'Deployment', name: 'web', namespace: 'team', labelSelector: 'app=web', annotationSelector: 'owner=a',
};

/** With everything that can be said of a HelmRelease at once. */
const COMPLETE: Partial<HelmReleaseProps> = {
  metadata: { name: 'podinfo', namespace: 'team', labels: { team: 'platform' } },
  interval: Duration.minutes(1),
  timeout: Duration.seconds(90),
  releaseName: 'web',
  targetNamespace: 'apps',
  storageNamespace: 'helm',
  chart: HelmChartReference.fromRepository({
    chartSourceReference: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository', name: 'charts', namespace: 'flux-system' },
  }, {
    chart: 'podinfo',
    version: '6.x',
    interval: Duration.hours(1),
    reconcileStrategy: ChartReconcileStrategy.REVISION,
    valuesFiles: ['values.yaml', 'values-prod.yaml'],
    ignoreMissingValuesFiles: true,
    verify: SourceVerification.notation('authors'),
    metadata: { labels: { team: 'platform' }, annotations: { owner: 'platform' } },
  }),
  dependsOn: [{ on: HelmRelease.fromName('database', 'data'), because: 'the database', readyExpr: 'dep.status.observedGeneration > 0' }],
  install: {
    strategy: { name: HelmActionStrategyName.REMEDIATE_ON_FAILURE },
    remediation: { retries: 3, ignoreTestFailures: true, remediateLastFailure: true },
    timeout: Duration.minutes(2),
    crds: HelmCrdsPolicy.CREATE_REPLACE,
    skipCrds: false,
    createNamespace: true,
    replace: true,
    disableHooks: true,
    disableOpenApiValidation: true,
    disableSchemaValidation: true,
    disableTakeOwnership: true,
    disableWait: true,
    disableWaitForJobs: true,
    serverSideApply: false,
  },
  upgrade: {
    strategy: { name: HelmActionStrategyName.REMEDIATE_ON_FAILURE },
    remediation: { retries: -1, ignoreTestFailures: false, remediateLastFailure: false, strategy: HelmRemediationStrategy.UNINSTALL },
    timeout: Duration.minutes(3),
    crds: HelmCrdsPolicy.CREATE,
    chartNameChangeStrategy: ChartNameChangeStrategy.IN_PLACE_UPDATE,
    cleanupOnFail: true,
    force: true,
    preserveValues: true,
    disableHooks: true,
    disableOpenApiValidation: true,
    disableSchemaValidation: true,
    disableTakeOwnership: true,
    disableWait: true,
    disableWaitForJobs: true,
    serverSideApply: HelmServerSideApply.DISABLED,
  },
  test: { enable: true, timeout: Duration.minutes(4), filters: [{ name: 'smoke' }, { name: 'load', exclude: true }], ignoreFailures: true },
  rollback: {
    timeout: Duration.minutes(5),
    cleanupOnFail: true,
    force: true,
    recreate: true,
    disableHooks: true,
    disableWait: true,
    disableWaitForJobs: true,
    serverSideApply: HelmServerSideApply.AUTO,
  },
  uninstall: {
    timeout: Duration.minutes(6),
    keepHistory: true,
    deletionPropagation: HelmDeletionPropagation.FOREGROUND,
    disableHooks: true,
    disableWait: true,
  },
  driftDetection: { mode: DriftDetectionMode.WARN, ignore: [{ paths: ['/spec/replicas'], target: TARGET }] },
  waitStrategy: WaitStrategy.POLLER,
  healthCheckExprs: [HealthCheckExpression.of({
    apiVersion: 'example.com/v1', kind: 'Widget', current: 'status.done == true', inProgress: 'status.busy == true', failed: 'status.broken == true',
  })],
  maxHistory: 3,
  persistentClient: false,
  serviceAccountName: 'deployer',
  kubeConfig: KubeConfig.fromSecret('remote', 'config'),
  suspend: true,
  commonMetadata: { labels: { team: 'platform' }, annotations: { owner: 'platform' } },
  postRenderStrategy: PostRenderStrategy.SEPARATE,
  postRenderers: [PostRenderer.kustomize({
    patches: [Patch.json6902(PatchTarget.select(TARGET), JsonPatch.replace('/spec/replicas', 3))],
    images: [{ name: 'podinfo', newName: 'registry.example.com/podinfo', newTag: '6.9.0', digest: 'sha256:abc' }],
  })],
  valuesFrom: [
    ValuesSource.configMap('defaults'),
    ValuesSource.secret('tls', { valuesKey: 'crt', targetPath: 'tls.crt', optional: true, literal: true }),
  ],
  values: { replicaCount: 2, tolerations: [], resources: {} },
};

test('defaults', () => {
  expect(release()).toBe(`\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
  namespace: team
spec:
  interval: 10m
  chart:
    spec:
      chart: podinfo
      sourceRef:
        kind: HelmRepository
        name: charts
  install:
    strategy:
      name: RetryOnFailure
  upgrade:
    strategy:
      name: RetryOnFailure
  driftDetection:
    mode: enabled
`);
});

test('every field', () => {
  expect(release(COMPLETE)).toBe(`\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
  namespace: team
  labels:
    team: platform
spec:
  interval: 1m
  timeout: 1m30s
  releaseName: web
  targetNamespace: apps
  storageNamespace: helm
  chart:
    metadata:
      labels:
        team: platform
      annotations:
        owner: platform
    spec:
      chart: podinfo
      version: 6.x
      sourceRef:
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: HelmRepository
        name: charts
        namespace: flux-system
      interval: 1h
      reconcileStrategy: Revision
      valuesFiles:
        - values.yaml
        - values-prod.yaml
      ignoreMissingValuesFiles: true
      verify:
        provider: notation
        secretRef:
          name: authors
  dependsOn:
    - name: database # the database
      namespace: data
      readyExpr: dep.status.observedGeneration > 0
  install:
    strategy:
      name: RemediateOnFailure
    remediation:
      retries: 3
      ignoreTestFailures: true
      remediateLastFailure: true
    timeout: 2m
    crds: CreateReplace
    skipCRDs: false
    createNamespace: true
    replace: true
    disableHooks: true
    disableOpenAPIValidation: true
    disableSchemaValidation: true
    disableTakeOwnership: true
    disableWait: true
    disableWaitForJobs: true
    serverSideApply: false
  upgrade:
    strategy:
      name: RemediateOnFailure
    remediation:
      retries: -1
      strategy: uninstall
      ignoreTestFailures: false
      remediateLastFailure: false
    timeout: 3m
    crds: Create
    chartNameChangeStrategy: InPlaceUpdate
    cleanupOnFail: true
    force: true
    preserveValues: true
    disableHooks: true
    disableOpenAPIValidation: true
    disableSchemaValidation: true
    disableTakeOwnership: true
    disableWait: true
    disableWaitForJobs: true
    serverSideApply: disabled
  test:
    enable: true
    timeout: 4m
    filters:
      - name: smoke
      - name: load
        exclude: true
    ignoreFailures: true
  rollback:
    timeout: 5m
    cleanupOnFail: true
    force: true
    recreate: true
    disableHooks: true
    disableWait: true
    disableWaitForJobs: true
    serverSideApply: auto
  uninstall:
    timeout: 6m
    keepHistory: true
    deletionPropagation: foreground
    disableHooks: true
    disableWait: true
  driftDetection:
    mode: warn
    ignore:
      - paths:
          - /spec/replicas
        target:
          group: apps
          version: v1
          kind: Deployment
          name: web
          namespace: team
          labelSelector: app=web
          annotationSelector: owner=a
  waitStrategy:
    name: poller
  healthCheckExprs:
    - apiVersion: example.com/v1
      kind: Widget
      inProgress: status.busy == true
      failed: status.broken == true
      current: status.done == true
  maxHistory: 3
  persistentClient: false
  serviceAccountName: deployer
  kubeConfig:
    secretRef:
      name: remote
      key: config
  suspend: true
  commonMetadata:
    labels:
      team: platform
    annotations:
      owner: platform
  postRenderStrategy: separate
  postRenderers:
    - kustomize:
        patches:
          - target:
              group: apps
              version: v1
              kind: Deployment
              name: web
              namespace: team
              labelSelector: app=web
              annotationSelector: owner=a
            patch: |
              - op: replace
                path: /spec/replicas
                value: 3
        images:
          - name: podinfo
            newName: registry.example.com/podinfo
            newTag: 6.9.0
            digest: sha256:abc
  valuesFrom:
    - kind: ConfigMap
      name: defaults
    - kind: Secret
      name: tls
      valuesKey: crt
      targetPath: tls.crt
      optional: true
      literal: true
  values:
    replicaCount: 2
    tolerations: []
    resources: {}
`);
});

test('no field of the definition is left out', () => {
  const strategy = { name: HelmActionStrategyName.RETRY_ON_FAILURE, retryInterval: Duration.minutes(1) };
  const alternatives = {
    chart: HelmChartReference.fromArtifact(ExternalArtifact.fromName('podinfo', 'flux-system')),
    install: { strategy },
    upgrade: { strategy },
    kubeConfig: KubeConfig.fromConfigMap('remote'),
  };
  expect(unsetFields(...[COMPLETE, alternatives].map(props => parse(release(props))))).toEqual([]);
});

describe('the chart', () => {
  test('can be an artifact by itself', () => {
    const chart = HelmChartReference.fromArtifact({ chartReference: { kind: 'OCIRepository', name: 'podinfo' } });
    expect(release({ chart })).toContain('spec:\n  interval: 10m\n  chartRef:\n    kind: OCIRepository\n    name: podinfo\n  install:\n');
  });

  test('an artifact of another namespace is written with it', () => {
    const chart = HelmChartReference.fromArtifact({
      chartReference: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'ExternalArtifact', name: 'podinfo', namespace: 'flux-system' },
    });
    expect(release({ chart })).toContain(`\
  chartRef:
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: ExternalArtifact
    name: podinfo
    namespace: flux-system
`);
  });

  test('a source of another namespace is written with it', () => {
    const chart = HelmChartReference.fromRepository(GitRepository.fromName('charts', 'flux-system'), { chart: './charts/podinfo' });
    expect(release({ chart })).toContain('      sourceRef:\n        kind: GitRepository\n        name: charts\n        namespace: flux-system\n');
  });

  test('a source of the same namespace is written without it', () => {
    const chart = HelmChartReference.fromRepository(GitRepository.fromName('charts', 'team'), { chart: './charts/podinfo' });
    expect(release({ chart })).toContain('      sourceRef:\n        kind: GitRepository\n        name: charts\n  install:\n');
  });

  test('a signature without a key needs no secret', () => {
    const chart = HelmChartReference.fromRepository(CHARTS, { chart: 'podinfo', verify: SourceVerification.cosignKeyless() });
    expect(release({ chart })).toContain('      verify:\n        provider: cosign\n  install:\n');
  });

  test('what the API cannot say of a signature is refused', () => {
    const verify = SourceVerification.cosignKeyless([{ issuer: '^https://example.com$', subject: '^team$' }]);
    expect(refusal({ chart: HelmChartReference.fromRepository(CHARTS, { chart: 'podinfo', verify }) })).toEqual([
      'stand/podinfo: verifies its chart "podinfo" with matchOIDCIdentity; expected none, because its API has no field for it: refer to an OciRepository '
      + 'that verifies the chart.',
    ]);
  });
});

describe('after a failure', () => {
  test('how soon it is tried again can be said without naming the strategy', () => {
    const strategy = { retryInterval: Duration.seconds(30) };
    expect(release({ install: { strategy }, upgrade: { strategy } })).toContain(`\
  install:
    strategy:
      name: RetryOnFailure
      retryInterval: 30s
  upgrade:
    strategy:
      name: RetryOnFailure
      retryInterval: 30s
`);
  });

  test('what is said of the install is not said of the upgrade', () => {
    expect(release({ install: { strategy: { name: HelmActionStrategyName.REMEDIATE_ON_FAILURE }, remediation: { retries: 3 } } })).toContain(`\
  install:
    strategy:
      name: RemediateOnFailure
    remediation:
      retries: 3
  upgrade:
    strategy:
      name: RetryOnFailure
`);
  });

  test('a strategy stays where other things are said of an install', () => {
    expect(release({ install: { createNamespace: true } })).toContain('  install:\n    strategy:\n      name: RetryOnFailure\n    createNamespace: true\n');
  });

  test('failed tests can be ignored where it is tried again', () => {
    expect(release({ upgrade: { remediation: { ignoreTestFailures: true } } })).toContain(`\
  upgrade:
    strategy:
      name: RetryOnFailure
    remediation:
      ignoreTestFailures: true
`);
  });

  test('a retry interval is refused where it is not tried again', () => {
    const strategy = { name: HelmActionStrategyName.REMEDIATE_ON_FAILURE, retryInterval: Duration.seconds(90) };
    expect(refusal({ install: { strategy }, upgrade: { strategy } })).toEqual(['install', 'upgrade'].map(action =>
      `stand/podinfo: has a retry interval of 1m30s for its ${action} with the strategy RemediateOnFailure, which Flux refuses; expected one with the `
      + 'strategy RetryOnFailure alone: change the strategy, or take the interval away.',
    ));
  });

  test('remediation is refused where it is tried again without it', () => {
    expect(refusal({
      install: { remediation: { retries: 3, ignoreTestFailures: true } },
      upgrade: {
        strategy: { name: HelmActionStrategyName.RETRY_ON_FAILURE },
        remediation: { strategy: HelmRemediationStrategy.ROLLBACK, remediateLastFailure: true, retries: undefined },
      },
    })).toEqual([
      'stand/podinfo: has the remediation "remediateLastFailure: true" for its upgrade with the strategy RetryOnFailure, which tries again without '
      + 'remediation; expected the strategy RemediateOnFailure: name it in the upgrade\'s strategy, or take "remediateLastFailure" away.',
      'stand/podinfo: has the remediation "retries: 3" for its install with the strategy RetryOnFailure, which tries again without remediation; '
      + 'expected the strategy RemediateOnFailure: name it in the install\'s strategy, or take "retries" away.',
      'stand/podinfo: has the remediation "strategy: rollback" for its upgrade with the strategy RetryOnFailure, which tries again without remediation; '
      + 'expected the strategy RemediateOnFailure: name it in the upgrade\'s strategy, or take "strategy" away.',
    ]);
  });
});

describe('drift', () => {
  test('is corrected but in the fields that may differ', () => {
    expect(release({ driftDetection: { ignore: [{ paths: ['/spec/replicas'] }] } })).toContain(`\
  driftDetection:
    mode: enabled
    ignore:
      - paths:
          - /spec/replicas
`);
  });

  test('can be left alone', () => {
    expect(release({ driftDetection: { mode: DriftDetectionMode.DISABLED } })).toContain('  driftDetection:\n    mode: disabled\n');
  });
});

describe('dependencies', () => {
  test('can be added later, with a reason and an expression', () => {
    const { platform, component } = stand();
    const database = new HelmRelease(component, 'database', { chart: CHART });
    const podinfo = new HelmRelease(component, 'podinfo', { chart: CHART, dependsOn: [{ on: HelmRelease.fromName('cache', 'team') }] });
    podinfo.addDependency(database, { because: 'data', readyExpr: 'dep.status.observedGeneration > 0' });
    podinfo.addDependency(HelmRelease.fromName('queue', 'queues'));
    expect(fileOf(platform, 'HelmRelease', 'podinfo')).toContain(`\
  dependsOn:
    - name: cache
    - name: database # data
      readyExpr: dep.status.observedGeneration > 0
    - name: queue
      namespace: queues
  install:
`);
  });

  test('what is given twice is written once, with the reason that was given with one of them', () => {
    const { platform, component } = stand();
    const database = HelmRelease.fromName('database', 'team');
    new HelmRelease(component, 'podinfo', { chart: CHART, dependsOn: [{ on: database, because: 'data' }] }).addDependency(database);
    expect(fileOf(platform, 'HelmRelease', 'podinfo')).toContain('  dependsOn:\n    - name: database # data\n  install:\n');
  });

  test('a list that the program changes later does not change the release', () => {
    const { platform, component } = stand();
    const dependsOn = [{ on: HelmRelease.fromName('database', 'team') }];
    new HelmRelease(component, 'podinfo', { chart: CHART, dependsOn });
    dependsOn.pop();
    expect(fileOf(platform, 'HelmRelease', 'podinfo')).toContain('  dependsOn:\n    - name: database\n');
  });

  test('a ready expression that does not parse is refused', () => {
    expect(refusal({ dependsOn: [{ on: HelmRelease.fromName('database', 'team'), readyExpr: 'dep.status ==' }] })).toEqual([
      'stand/podinfo: the ready expression for its dependency "database" is "dep.status ==", which Flux refuses (Unexpected token: EOF at 1:14); '
      + 'expected CEL over self and dep that is true or false, such as dep.status.observedGeneration == dep.metadata.generation.',
    ]);
  });

  test('a ready expression that may be something else than true or false is refused', () => {
    expect(refusal({ dependsOn: [{ on: HelmRelease.fromName('database', 'team'), readyExpr: 'dep.status.ready' }] })).toEqual([
      'stand/podinfo: the ready expression for its dependency "database" is "dep.status.ready", which Flux refuses (it may be something else than true '
      + 'or false: compare it); expected CEL over self and dep that is true or false, such as dep.status.observedGeneration == dep.metadata.generation.',
    ]);
  });
});

describe('health check expressions', () => {
  test('one that does not parse is refused', () => {
    expect(refusal({ healthCheckExprs: [HealthCheckExpression.of({ apiVersion: 'example.com/v1', kind: 'Widget', current: 'status.done ==' })] })).toEqual([
      'stand/podinfo: the health check expression "current" of Widget is "status.done ==", which does not parse (Unexpected token: EOF at 1:15); expected an '
      + 'expression in CEL such as status.conditions.exists(c, c.type == \'Ready\' && c.status == \'True\').',
    ]);
  });

  test('two for one kind are refused', () => {
    expect(refusal({
      healthCheckExprs: [HealthCheckExpression.ready('example.com/v1', 'Widget'), HealthCheckExpression.healthy('example.com/v1beta1', 'Widget')],
    })).toEqual([
      'stand/podinfo: has two health check expressions for Widget of example.com/v1beta1, which Flux refuses; expected one: take one of them away.',
    ]);
  });
});

describe('the name of the release', () => {
  const long = 'n'.repeat(54);

  test('is refused where it is too long', () => {
    expect(refusal({ releaseName: long })).toEqual([
      `stand/podinfo: makes the release "${long}", whose name has 54 characters; expected at most 53: shorten it.`,
    ]);
  });

  test('is refused where Flux would shorten it', () => {
    expect(refusal({ targetNamespace: 'n'.repeat(46) })).toEqual([
      `stand/podinfo: makes the release "${'n'.repeat(46)}-podinfo", whose name has 54 characters and would be cut by Flux and end with a hash; `
      + 'expected at most 53: name it with releaseName.',
    ]);
  });

  test('can be said where Flux would shorten it', () => {
    expect(release({ targetNamespace: 'n'.repeat(46), releaseName: 'podinfo' })).toContain('  releaseName: podinfo\n');
  });

  test('has the length of a name without a target namespace', () => {
    expect(refusal({ metadata: { name: 'n'.repeat(53) } })).toEqual([]);
    expect(refusal({ metadata: { name: long } })).toHaveLength(1);
  });

  test('is not judged where a variable is in it', () => {
    expect(refusal({ releaseName: `${'n'.repeat(50)}-${Variable.of('cluster_name')}` })).toEqual([]);
  });
});

describe('values', () => {
  test('may have variables in them', () => {
    expect(release({ values: { host: `podinfo.${Variable.of('domain')}` } })).toContain('  values:\n    host: podinfo.${domain}\n');
  });

  test('are read when the platform is synthesized', () => {
    const { platform, component } = stand();
    const values: { [key: string]: any } = { replicaCount: 1 };
    new HelmRelease(component, 'podinfo', { chart: CHART, values });
    values.replicaCount = 2;
    expect(fileOf(platform, 'HelmRelease', 'podinfo')).toContain('  values:\n    replicaCount: 2\n');
  });
});

test('what is empty is no field', () => {
  expect(release({
    dependsOn: [],
    install: { remediation: {} },
    test: {},
    rollback: {},
    uninstall: {},
    healthCheckExprs: [],
    commonMetadata: {},
    postRenderers: [],
    valuesFrom: [],
    values: {},
  })).toBe(release());
});

test('the APIs that its chart installs are known, and not written', () => {
  const { platform, component } = stand();
  const podinfo = new HelmRelease(component, 'podinfo', { chart: CHART, provides: [{ group: 'example.com', kinds: ['Widget'] }] });
  expect(podinfo.providedApis).toEqual([{ group: 'example.com', kinds: ['Widget'] }]);
  expect(fileOf(platform, 'HelmRelease', 'podinfo')).toBe(release());
});

test('it is known by its name and namespace, as is one that the program does not make', () => {
  const { component } = stand();
  const podinfo = new HelmRelease(component, 'podinfo', { chart: CHART });
  expect([podinfo.helmReleaseName, podinfo.helmReleaseNamespace, podinfo.providedApis]).toEqual(['podinfo', 'team', []]);
  expect(HelmRelease.fromName('podinfo', 'team')).toEqual({ helmReleaseName: 'podinfo', helmReleaseNamespace: 'team' });
});

test('a null among the values stays: it takes away what the chart has by default', () => {
  const { platform, component } = stand();
  new HelmRelease(component, 'web', {
    chart: HelmChartReference.fromRepository(GitRepository.fromName('charts'), { chart: 'charts/web' }),
    values: { resources: { limits: null }, hosts: [{ name: 'a', path: null }], empty: undefined },
  });
  expect(fileOf(platform, 'HelmRelease', 'web')).toContain(`\
  values:
    resources:
      limits: null
    hosts:
      - name: a
        path: null
`);
});

test('a release has one chart: a source and an artifact together do not compile', () => {
  const { component } = stand();
  const chart = HelmChartReference.fromRepository(GitRepository.fromName('charts'), { chart: 'charts/web' });
  // @ts-expect-error there is no chartRef beside the chart
  const made = new HelmRelease(component, 'web', { chart, chartRef: HelmChartReference.fromArtifact });
  expect(Object.keys(made.apiObject.toJson().spec)).not.toContain('chartRef');
});
