import { ApiObject, Duration } from 'cdk8s';
import { Cluster, Component, Platform, Testing, flux, layers } from '../../src';

const CONTROLLER = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'crossplane', namespace: 'crossplane-system' };

/** The controller: a chart that makes the Deployment. */
function controller(platform: Platform): Component {
  const made = new Component(platform, 'crossplane', { area: 'infrastructure', namespace: 'crossplane-system' });
  new ApiObject(made, 'crossplane', {
    apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'crossplane' } },
  });
  made.provides(CONTROLLER);
  return made;
}

/** Two providers and a function. */
function packages(platform: Platform): Component {
  const made = new Component(platform, 'crossplane-providers', { area: 'infrastructure', namespace: 'crossplane-system' });
  new ApiObject(made, 'provider-aws-s3', { apiVersion: 'pkg.crossplane.io/v1', kind: 'Provider' });
  new ApiObject(made, 'provider-aws-iam', { apiVersion: 'pkg.crossplane.io/v1', kind: 'Provider' });
  new ApiObject(made, 'function-kcl', { apiVersion: 'pkg.crossplane.io/v1', kind: 'Function' });
  return made;
}

/** A definition and what composes it. */
function configuration(platform: Platform): Component {
  const made = new Component(platform, 'crossplane-configuration', { area: 'infrastructure' });
  new ApiObject(made, 'ekspodidentities.cloud.ogenki.io', {
    apiVersion: 'apiextensions.crossplane.io/v2', kind: 'CompositeResourceDefinition', metadata: { name: 'ekspodidentities.cloud.ogenki.io' },
  });
  new ApiObject(made, 'composition', { apiVersion: 'apiextensions.crossplane.io/v1', kind: 'Composition' });
  return made;
}

function configMap(platform: Platform, id: string, area = 'infrastructure'): Component {
  const made = new Component(platform, id, { area, namespace: id });
  new ApiObject(made, id, { apiVersion: 'v1', kind: 'ConfigMap' });
  return made;
}

describe('one stage', () => {
  test('defaults', () => {
    const platform = Testing.platform();
    new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', { components: [controller(platform)] });
    expect(Testing.synth(platform)['clusters/c1/crossplane.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: crossplane
  namespace: flux-system
spec:
  interval: 10m
  path: ./infrastructure/base/crossplane
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  healthChecks:
    - apiVersion: apps/v1
      kind: Deployment
      name: crossplane
      namespace: crossplane-system
`);
  });

  test('it has no other stages', () => {
    const platform = Testing.platform();
    const layer = new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', { components: [controller(platform)] });
    expect(layer.stages).toEqual([layer.firstStage]);
    expect([layer.providersStage, layer.configurationStage]).toEqual([undefined, undefined]);
  });

  test('it stands alone: the repository is the component and the Kustomization', () => {
    const platform = Testing.platform();
    new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', { components: [controller(platform)] });
    expect(Object.keys(Testing.synth(platform))).toEqual([
      'clusters/c1/crossplane.yaml',
      'infrastructure/base/crossplane/helmrelease-crossplane.yaml',
      'infrastructure/base/crossplane/kustomization.yaml',
    ]);
  });

  test('the controller can be another object', () => {
    const platform = Testing.platform();
    const other = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'xp', namespace: 'xp-system' };
    const component = configMap(platform, 'xp');
    component.provides(other);
    new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', { components: [component], controller: other });
    Testing.repository(platform).hasKustomization('crossplane', { healthChecks: [other] });
  });

  test('a controller that none of its components says to provide is refused', () => {
    const platform = Testing.platform();
    new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', { components: [configMap(platform, 'xp')] });
    expect(() => Testing.synth(platform)).toThrow(
      'the Kustomization crossplane checks the health of Deployment crossplane-system/crossplane, which nothing on this cluster delivers',
    );
  });

  test('health checks that were given take the place of the controller', () => {
    const platform = Testing.platform();
    const component = controller(platform);
    new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', {
      components: [component],
      healthChecks: [flux.HealthCheck.everyObject('helm.toolkit.fluxcd.io/v2', 'HelmRelease', [component])],
    });
    Testing.repository(platform).hasKustomization('crossplane', {
      healthChecks: [{ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'crossplane', namespace: 'crossplane-system' }],
    });
  });

  test('the controller is not checked where the layer waits for everything', () => {
    const platform = Testing.platform();
    new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', { components: [controller(platform)], wait: true });
    Testing.repository(platform).hasKustomization('crossplane', { wait: true, healthChecks: undefined });
  });

  test('path, area and name can be said otherwise', () => {
    const platform = Testing.platform();
    const cluster = new Cluster(platform, 'c1');
    new layers.Crossplane(cluster, 'control-plane', { components: [controller(platform)], directory: 'delivered/crossplane' });
    const other = new layers.Crossplane(cluster, 'other', {
      components: [configMap(platform, 'one'), configMap(platform, 'two')], area: 'control', healthChecks: [],
    });
    expect(other.area).toBe('control');
    const repository = Testing.repository(platform);
    repository.hasKustomization('control-plane', { path: './delivered/crossplane' });
    repository.hasKustomization('other', { path: './control/c1' });
  });
});

describe('two stages', () => {
  test('packages wait for the controller, and are waited for', () => {
    const platform = Testing.platform();
    const layer = new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', {
      components: [controller(platform)], providers: [packages(platform)],
    });
    expect(layer.stages).toEqual([layer.firstStage, layer.providersStage]);
    expect(Testing.synth(platform)['clusters/c1/crossplane-providers.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: crossplane-providers
  namespace: flux-system
spec:
  interval: 10m
  path: ./infrastructure/base/crossplane-providers
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: crossplane # packages are installed by the controller
  healthChecks:
    - apiVersion: pkg.crossplane.io/v1
      kind: Provider
      name: provider-aws-iam
    - apiVersion: pkg.crossplane.io/v1
      kind: Provider
      name: provider-aws-s3
    - apiVersion: pkg.crossplane.io/v1
      kind: Function
      name: function-kcl
  healthCheckExprs:
    - apiVersion: pkg.crossplane.io/v1
      kind: Provider
      current: status.conditions.exists(c, c.type == 'Healthy' && c.status == 'True')
    - apiVersion: pkg.crossplane.io/v1
      kind: Function
      current: status.conditions.exists(c, c.type == 'Healthy' && c.status == 'True')
`);
  });

  test('a configuration without packages comes right after the controller', () => {
    const platform = Testing.platform();
    const layer = new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', {
      components: [controller(platform)], configuration: [configuration(platform)],
    });
    expect(layer.stages).toEqual([layer.firstStage, layer.configurationStage]);
    expect(Testing.synth(platform)['clusters/c1/crossplane-configuration.yaml']).toContain('  dependsOn:\n    - name: crossplane # APIs of Crossplane\n');
  });

  test('a definition of an older version of the API is waited for, too', () => {
    const platform = Testing.platform();
    const component = configuration(platform);
    new ApiObject(component, 'xbuckets.example.com', {
      apiVersion: 'apiextensions.crossplane.io/v1', kind: 'CompositeResourceDefinition', metadata: { name: 'xbuckets.example.com' },
    });
    new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', { components: [controller(platform)], configuration: [component] });
    Testing.repository(platform).hasKustomization('crossplane-configuration', {
      healthChecks: [
        { apiVersion: 'apiextensions.crossplane.io/v2', kind: 'CompositeResourceDefinition', name: 'ekspodidentities.cloud.ogenki.io' },
        { apiVersion: 'apiextensions.crossplane.io/v1', kind: 'CompositeResourceDefinition', name: 'xbuckets.example.com' },
      ],
      healthCheckExprs: [{
        apiVersion: 'apiextensions.crossplane.io/v2',
        kind: 'CompositeResourceDefinition',
        current: "status.conditions.exists(c, c.type == 'Established' && c.status == 'True')",
      }],
    });
  });

  test('a configuration of which nothing is a definition is not waited for', () => {
    const platform = Testing.platform();
    new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', {
      components: [controller(platform)], configuration: [configMap(platform, 'environment')],
    });
    Testing.repository(platform).hasKustomization('crossplane-configuration', { healthChecks: undefined, healthCheckExprs: undefined });
  });

  test('a package that is added to the stage later is waited for', () => {
    const platform = Testing.platform();
    const layer = new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', {
      components: [controller(platform)], providers: [configMap(platform, 'runtime')],
    });
    layer.providersStage!.addComponent(packages(platform));
    expect(Testing.repository(platform).object('clusters/c1/crossplane-providers.yaml').spec.healthChecks.map((check: any) => check.name))
      .toEqual(['provider-aws-iam', 'provider-aws-s3', 'function-kcl']);
  });
});

describe('three stages', () => {
  function complete(platform: Platform, props: layers.CrossplaneProps = {}): layers.Crossplane {
    return new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', {
      components: [controller(platform)], providers: [packages(platform)], configuration: [configuration(platform)], ...props,
    });
  }

  test('are the controller, its packages and what needs their APIs', () => {
    const layer = complete(Testing.platform());
    expect(layer.stages.map(stage => stage.kustomizationName)).toEqual(['crossplane', 'crossplane-providers', 'crossplane-configuration']);
    expect([layer.stages[1], layer.stages[2]]).toEqual([layer.providersStage, layer.configurationStage]);
    expect(layer.lastStage).toBe(layer.configurationStage);
  });

  test('are named after the layer', () => {
    const platform = Testing.platform();
    const layer = new layers.Crossplane(new Cluster(platform, 'c1'), 'xp', {
      components: [controller(platform)], providers: [packages(platform)], configuration: [configuration(platform)],
    });
    expect(layer.stages.map(stage => stage.kustomizationName)).toEqual(['xp', 'xp-providers', 'xp-configuration']);
  });

  test('the configuration waits for the packages, and is waited for', () => {
    const platform = Testing.platform();
    complete(platform);
    expect(Testing.synth(platform)['clusters/c1/crossplane-configuration.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: crossplane-configuration
  namespace: flux-system
spec:
  interval: 10m
  path: ./infrastructure/base/crossplane-configuration
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: crossplane-providers # APIs of the providers
  healthChecks:
    - apiVersion: apiextensions.crossplane.io/v2
      kind: CompositeResourceDefinition
      name: ekspodidentities.cloud.ogenki.io
  healthCheckExprs:
    - apiVersion: apiextensions.crossplane.io/v2
      kind: CompositeResourceDefinition
      current: status.conditions.exists(c, c.type == 'Established' && c.status == 'True')
`);
  });

  test('the components of the layer are those of all stages', () => {
    const layer = complete(Testing.platform());
    expect(layer.components.map(component => component.node.id)).toEqual(['crossplane', 'crossplane-providers', 'crossplane-configuration']);
  });

  test('what the layer depends on is waited for by the first stage', () => {
    const platform = Testing.platform();
    const layer = complete(platform);
    layer.addDependency(new layers.Crds(layer.cluster, 'crds', { components: [configMap(platform, 'definitions', 'crds')] }), { because: 'APIs of Flux' });
    const files = Testing.synth(platform);
    expect(files['clusters/c1/crossplane.yaml']).toContain('  dependsOn:\n    - name: crds # APIs of Flux\n');
    Testing.repository(platform).hasKustomization('crossplane-providers', { dependsOn: [{ name: 'crossplane' }] });
  });

  test('what depends on the layer waits for its last stage', () => {
    const platform = Testing.platform();
    const layer = complete(platform);
    const epis = new layers.PodIdentities(layer.cluster, 'epis', { components: [configMap(platform, 'epis', 'security')] });
    epis.addDependency(layer, { because: 'the API EKSPodIdentity' });
    expect(Testing.synth(platform)['clusters/c1/epis.yaml']).toContain('  dependsOn:\n    - name: crossplane-configuration # the API EKSPodIdentity\n');
  });

  test('what depends on the layer waits for a stage that is added later', () => {
    const platform = Testing.platform();
    const layer = complete(platform);
    new layers.Apps(layer.cluster, 'apps', { components: [configMap(platform, 'web', 'apps')] }).addDependency(layer);
    const buckets = layer.addStage('crossplane-buckets', { components: [configMap(platform, 'buckets')], because: 'the API Bucket' });
    expect(layer.lastStage).toBe(buckets);
    Testing.repository(platform).hasKustomization('apps', { dependsOn: [{ name: 'crossplane-buckets' }] });
    expect(Testing.synth(platform)['clusters/c1/crossplane-buckets.yaml'])
      .toContain('  dependsOn:\n    - name: crossplane-configuration # the API Bucket\n');
  });

  test('interval, pruning and identity are said for all of them', () => {
    const platform = Testing.platform();
    complete(platform, {
      interval: Duration.minutes(30),
      retryInterval: Duration.minutes(1),
      timeout: Duration.minutes(5),
      prune: false,
      suspend: true,
      source: flux.Source.oci('platform'),
      serviceAccountName: 'crossplane',
      kubeConfig: flux.KubeConfig.fromSecret('remote'),
      decryption: { secretName: 'sops-age' },
      commonMetadata: { labels: { team: 'platform' } },
    });
    const repository = Testing.repository(platform);
    for (const name of ['crossplane', 'crossplane-providers', 'crossplane-configuration']) {
      repository.hasKustomization(name, {
        interval: '30m',
        retryInterval: '1m',
        timeout: '5m',
        prune: false,
        suspend: true,
        sourceRef: { kind: 'OCIRepository', name: 'platform' },
        serviceAccountName: 'crossplane',
        kubeConfig: { secretRef: { name: 'remote' } },
        decryption: { provider: 'sops', secretRef: { name: 'sops-age' } },
        commonMetadata: { labels: { team: 'platform' } },
      });
    }
  });

  test('what is said of the objects of the first stage is not said of the others', () => {
    const platform = Testing.platform();
    platform.accept({ check: 'force-recreate', because: 'nothing is installed yet' });
    const target = flux.PatchTarget.select({ kind: 'HelmRelease' });
    complete(platform, {
      directory: 'delivered/crossplane', patches: [flux.Patch.strategicMerge(target, { spec: { suspend: true } })], wait: true, force: true,
    });
    for (const name of ['crossplane-providers', 'crossplane-configuration']) {
      Testing.repository(platform).hasKustomization(name, {
        path: `./infrastructure/base/${name}`, patches: undefined, wait: undefined, force: undefined,
      });
    }
  });

  test('the packages are waited for one by one where the first stage waits for everything', () => {
    const platform = Testing.platform();
    complete(platform, { wait: true });
    Testing.repository(platform).hasKustomization('crossplane-providers', {
      healthChecks: [
        { apiVersion: 'pkg.crossplane.io/v1', kind: 'Provider', name: 'provider-aws-iam' },
        { apiVersion: 'pkg.crossplane.io/v1', kind: 'Provider', name: 'provider-aws-s3' },
        { apiVersion: 'pkg.crossplane.io/v1', kind: 'Function', name: 'function-kcl' },
      ],
    });
  });
});

test('an empty list makes no stage', () => {
  const platform = Testing.platform();
  const layer = new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', {
    components: [controller(platform)], providers: [], configuration: [],
  });
  expect(layer.stages).toEqual([layer.firstStage]);
  expect([layer.providersStage, layer.configurationStage]).toEqual([undefined, undefined]);
});

test('what is undefined in the props is as if it were not said', () => {
  const platform = Testing.platform();
  const layer = new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', {
    components: [controller(platform)],
    area: undefined,
    healthChecks: undefined,
    controller: undefined,
    providers: undefined,
    configuration: undefined,
    wait: undefined,
  });
  expect([layer.area, layer.stages.length]).toEqual(['infrastructure', 1]);
  Testing.repository(platform).hasKustomization('crossplane', { healthChecks: [CONTROLLER] });
});

test('an expression for packages that was given to their stage takes the place of the usual one', () => {
  const platform = Testing.platform();
  const layer = new layers.Crossplane(new Cluster(platform, 'c1'), 'crossplane', {
    components: [controller(platform)], providers: [packages(platform)],
  });
  layer.providersStage!.addHealthCheckExpression(flux.HealthCheckExpression.ready('pkg.crossplane.io/v1', 'Provider'));
  Testing.repository(platform).hasKustomization('crossplane-providers', {
    healthCheckExprs: [
      { apiVersion: 'pkg.crossplane.io/v1', kind: 'Provider', current: "status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')" },
      { apiVersion: 'pkg.crossplane.io/v1', kind: 'Function', current: "status.conditions.exists(c, c.type == 'Healthy' && c.status == 'True')" },
    ],
  });
});
