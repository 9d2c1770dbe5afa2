import { IConstruct } from 'constructs';
import { ProvidedApi } from '../flux';
import { Platform, SystemVersions } from '../platform';
import { CrdSource } from './crds/crd-source';
import { ChartSource } from './helm/chart-source';

/** Where a system comes from, and at which version. What a field says moves together with `app`. */
interface Origin {
  /** Version of the system itself, as upstream tags it; needed where definitions, packages or an image follow it. */
  readonly app?: string;
  /** The chart, at a version of its own where it has another number than the system. */
  readonly chart?: { readonly name: string; readonly version: string; readonly repository?: string; readonly artifact?: string };
  /** Directory of a Git repository with the definitions of its APIs, at the tag `app`. */
  readonly definitions?: { readonly repository: string; readonly path: string };
  /** APIs that come with it: from `definitions` where there are any, otherwise from the chart or the package. */
  readonly apis?: ProvidedApi[];
  /** Registry and path of its packages, for Crossplane. */
  readonly packages?: string;
  /** Image without its tag, for what has no chart. */
  readonly image?: string;
}

const api = (group: string, ...kinds: string[]): ProvidedApi => kinds.length === 0 ? { group } : { group, kinds };

/**
 * The systems of the catalogue with their versions, in one table. A chart, the definitions of a system's APIs and its images or packages
 * move together; `versions` of the platform overrides any of them in one place.
 */
export class System {
  public static readonly CERT_MANAGER = new System('cert-manager', {
    app: 'v1.21.1',
    chart: { name: 'cert-manager', version: 'v1.21.1', repository: 'https://charts.jetstack.io' },
    definitions: { repository: 'https://github.com/cert-manager/cert-manager', path: 'deploy/crds' },
    apis: [api('cert-manager.io'), api('acme.cert-manager.io')],
  });

  public static readonly CILIUM = new System('cilium', {
    app: '1.20.0',
    chart: { name: 'cilium', version: '1.20.0', repository: 'https://helm.cilium.io' },
    apis: [api('cilium.io')],
  });

  public static readonly CROSSPLANE = new System('crossplane', {
    app: 'v2.3.4',
    chart: { name: 'crossplane', version: '2.3.4', repository: 'https://charts.crossplane.io/stable' },
    apis: [api('apiextensions.crossplane.io'), api('ops.crossplane.io'), api('pkg.crossplane.io'), api('protection.crossplane.io')],
  });

  /** Crossplane's AWS providers; one package for each service. */
  public static readonly CROSSPLANE_PROVIDER_AWS = new System('crossplane-provider-aws', {
    app: 'v2.6.0',
    packages: 'xpkg.crossplane.io/crossplane-contrib',
  });

  public static readonly CROSSPLANE_FUNCTION_AUTO_READY = new System('crossplane-function-auto-ready', {
    app: 'v0.7.0',
    packages: 'xpkg.crossplane.io/crossplane-contrib',
  });

  public static readonly CROSSPLANE_FUNCTION_ENVIRONMENT_CONFIGS = new System('crossplane-function-environment-configs', {
    app: 'v0.7.2',
    packages: 'xpkg.crossplane.io/crossplane-contrib',
  });

  public static readonly CROSSPLANE_FUNCTION_GO_TEMPLATING = new System('crossplane-function-go-templating', {
    app: 'v0.11.0',
    packages: 'xpkg.crossplane.io/crossplane-contrib',
  });

  public static readonly EXTERNAL_DNS = new System('external-dns', {
    app: '0.21.0',
    chart: { name: 'external-dns', version: '1.21.1', repository: 'https://kubernetes-sigs.github.io/external-dns/' },
    apis: [api('externaldns.k8s.io')],
  });

  public static readonly EXTERNAL_SECRETS = new System('external-secrets', {
    app: 'v2.9.0',
    chart: { name: 'external-secrets', version: '2.9.0', repository: 'https://charts.external-secrets.io' },
    definitions: { repository: 'https://github.com/external-secrets/external-secrets', path: 'deploy/crds' },
    apis: [api('external-secrets.io'), api('generators.external-secrets.io')],
  });

  /** What the Flux Operator installs: Flux itself. A range, which the operator follows. */
  public static readonly FLUX = new System('flux', { app: '2.9.x', image: 'ghcr.io/fluxcd' });

  public static readonly FLUX_OPERATOR = new System('flux-operator', {
    app: '0.58.x',
    chart: { name: 'flux-operator', version: '0.58.x', artifact: 'oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator' },
    apis: [api('fluxcd.controlplane.io')],
  });

  /** The Gateway API, its experimental channel: it holds what the standard one does, and TLSRoute. */
  public static readonly GATEWAY_API = new System('gateway-api', {
    app: 'v1.6.1',
    definitions: { repository: 'https://github.com/kubernetes-sigs/gateway-api', path: 'config/crd/experimental' },
    apis: [api('gateway.networking.k8s.io'), api('gateway.networking.x-k8s.io')],
  });

  /** What the Grafana Operator runs. */
  public static readonly GRAFANA = new System('grafana', { app: '13.0.1', image: 'docker.io/grafana/grafana' });

  public static readonly GRAFANA_OPERATOR = new System('grafana-operator', {
    app: 'v5.24.0',
    chart: { name: 'grafana-operator', version: '5.24.0', repository: 'oci://ghcr.io/grafana/helm-charts' },
    definitions: { repository: 'https://github.com/grafana/grafana-operator', path: 'config/crd/bases' },
    apis: [api('grafana.integreatly.org')],
  });

  public static readonly HARBOR = new System('harbor', {
    app: '2.14.3',
    chart: { name: 'harbor', version: '1.18.3', repository: 'https://helm.goharbor.io' },
  });

  public static readonly HEADLAMP = new System('headlamp', {
    app: '0.44.0',
    chart: { name: 'headlamp', version: '0.44.0', repository: 'https://kubernetes-sigs.github.io/headlamp/' },
  });

  public static readonly HOMEPAGE = new System('homepage', {
    app: 'v1.2.0',
    chart: { name: 'homepage', version: '2.1.0', repository: 'https://jameswynn.github.io/helm-charts' },
  });

  public static readonly KARPENTER = new System('karpenter', {
    app: '1.13.0',
    chart: { name: 'karpenter', version: '1.13.0', artifact: 'oci://public.ecr.aws/karpenter/karpenter' },
    apis: [api('karpenter.sh'), api('karpenter.k8s.aws')],
  });

  /** Kyverno, and its policies' chart `kyverno-policies` at the same version. */
  public static readonly KYVERNO = new System('kyverno', {
    app: 'v1.18.2',
    chart: { name: 'kyverno', version: '3.8.2', repository: 'https://kyverno.github.io/kyverno/' },
    definitions: { repository: 'https://github.com/kyverno/kyverno', path: 'config/crds' },
    apis: [api('kyverno.io'), api('policies.kyverno.io'), api('reports.kyverno.io'), api('wgpolicyk8s.io')],
  });

  public static readonly VICTORIA_LOGS_CLUSTER = new System('victoria-logs-cluster', {
    app: 'v1.52.0',
    chart: { name: 'victoria-logs-cluster', version: '0.2.8', repository: 'https://victoriametrics.github.io/helm-charts' },
  });

  public static readonly VICTORIA_LOGS_SINGLE = new System('victoria-logs-single', {
    app: 'v1.52.0',
    chart: { name: 'victoria-logs-single', version: '0.13.9', repository: 'https://victoriametrics.github.io/helm-charts' },
  });

  /** Grafana's plugin for datasources of VictoriaLogs. */
  public static readonly VICTORIA_LOGS_DATASOURCE = new System('victoria-logs-datasource', { app: '0.30.1' });

  /** The VictoriaMetrics operator and what it runs, by the chart `victoria-metrics-k8s-stack`; `app` is the operator's. */
  public static readonly VICTORIA_METRICS = new System('victoria-metrics', {
    app: 'v0.74.1',
    chart: { name: 'victoria-metrics-k8s-stack', version: '0.91.0', repository: 'https://victoriametrics.github.io/helm-charts' },
    definitions: { repository: 'https://github.com/VictoriaMetrics/operator', path: 'config/crd/overlay' },
    apis: [api('operator.victoriametrics.com')],
  });

  public static readonly ZITADEL = new System('zitadel', {
    chart: { name: 'zitadel', version: '10.0.4', repository: 'https://charts.zitadel.com' },
  });

  /** Every system, by name. */
  public static get all(): System[] {
    return Object.values(System).filter((value): value is System => value instanceof System);
  }

  private constructor(
    /** Name of the system: its key in `versions` of the platform. */
    public readonly name: string,
    private readonly origin: Origin,
  ) {}

  /** The APIs that come with it. */
  public get apis(): ProvidedApi[] {
    return [...this.origin.apis ?? []];
  }

  /** Whether the definitions of its APIs can be installed ahead of it: `Crds.ofSystem`. */
  public get hasDefinitions(): boolean {
    return this.origin.definitions !== undefined;
  }

  /**
   * The versions that count in a platform.
   *
   * @param scope a construct of the platform
   * @throws where the platform overrides the version of a system that does not exist, or leaves chart and definitions to drift apart
   */
  public versions(scope: IConstruct): SystemVersions {
    const { root } = scope.node;
    const overrides = Platform.isPlatform(root) ? root.versions : {};
    const names = System.all.map(system => system.name);
    const unknown = Object.keys(overrides).find(name => !names.includes(name));
    if (unknown !== undefined) {
      throw new Error(`the platform is given versions of "${unknown}", which is no system of the catalogue; expected one of ${names.join(', ')}: `
        + 'correct the name.');
    }
    const own = { chart: this.origin.chart?.version, app: this.origin.app };
    const { chart, app } = overrides[this.name] ?? {};
    if (chart !== undefined && app === undefined && this.hasDefinitions && !sameNumber(own.chart, own.app)) {
      throw new Error(`the platform is given the version ${chart} of ${this.name}'s chart and none of the system itself; expected both, because the definitions `
        + `of its APIs are those of the system and not of the chart (${own.chart} brings ${own.app}): add app, the appVersion of that chart.`);
    }
    const followed = chart !== undefined && sameNumber(own.chart, own.app) ? numberLike(own.app!, chart) : own.app;
    return { chart: chart ?? own.chart, app: app ?? followed };
  }

  /**
   * Its chart.
   *
   * @param scope a construct of the platform
   * @param name another chart of the same repository and version, such as `kyverno-policies`
   * @throws where the system has no chart
   */
  public chart(scope: IConstruct, name?: string): ChartSource {
    const { chart } = this.origin;
    if (!chart) {
      throw new Error(`${this.name} has no chart; expected a system that is installed by one.`);
    }
    const version = this.versions(scope).chart!;
    return chart.artifact === undefined
      ? ChartSource.repository(chart.repository!, name ?? chart.name, version)
      : ChartSource.oci(chart.artifact, version);
  }

  /**
   * Where the definitions of its APIs come from.
   *
   * @param scope a construct of the platform
   * @throws where the chart itself installs them, and nothing else does
   */
  public definitions(scope: IConstruct): CrdSource {
    const { definitions } = this.origin;
    if (!definitions) {
      throw new Error(`the definitions of ${this.name}'s APIs come with the system itself; expected one of `
        + `${System.all.filter(system => system.hasDefinitions).map(system => system.name).join(', ')}.`);
    }
    return CrdSource.git({ url: definitions.repository, tag: this.versions(scope).app!, path: definitions.path });
  }

  /**
   * A package for Crossplane: registry, path, name and version.
   *
   * @param scope a construct of the platform
   * @param name name of the package: `provider-aws-iam`
   * @throws where the system is none of Crossplane's packages
   */
  public package(scope: IConstruct, name: string): string {
    if (this.origin.packages === undefined) {
      throw new Error(`${this.name} is no package of Crossplane; expected a provider or a function.`);
    }
    return `${this.origin.packages}/${name}:${this.versions(scope).app}`;
  }
}

/** Whether a chart has the number of the system that it installs. */
function sameNumber(chart: string | undefined, app: string | undefined): boolean {
  return chart !== undefined && app !== undefined && bare(chart) === bare(app);
}

/** A version written with or without the `v` of another. */
function numberLike(model: string, version: string): string {
  return `${model.startsWith('v') ? 'v' : ''}${bare(version)}`;
}

function bare(version: string): string {
  return version.replace(/^v/, '');
}
