import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { bookmarkList, HomepageBookmarkGroup, HomepageGroup, layoutList, serviceList } from './homepage-entries';
import { HomepageWidget } from './homepage-widget';
import { Area, Variable } from '../../platform';
import { disruptionBudget } from '../disruption-budget';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, present, resourceValues, RESTRICTED_CONTAINER, RESTRICTED_POD, usualResources, Values } from '../helm/values';
import { HttpRoute, RouteOptions } from '../infrastructure/http-route';
import { NetworkPeer } from '../infrastructure/network-peer';
import { NetworkPolicy } from '../infrastructure/network-policy';
import { RouteBackend } from '../infrastructure/route-backend';
import { SecretSource } from '../security/secret-source';
import { System } from '../system';

const NAME = 'homepage';
const SECRET = `${NAME}-variables`;
const LABELS = { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/instance': NAME };
const USER = 1000;
/** A variable inside the page's texts, which is in the environment of the pods. */
const REFERENCE = /\{\{(HOMEPAGE_VAR_\w+)\}\}/g;

/** Light or dark. */
export enum HomepageTheme {
  DARK = 'dark',
  LIGHT = 'light',
}

export interface HomepageProps extends HelmOptions {
  /**
   * @default 'tooling'
   */
  readonly namespace?: string;

  /**
   * Title of the page.
   *
   * @default 'Homepage'
   */
  readonly title?: string;

  /**
   * @default - whoever looks at it chooses
   */
  readonly theme?: HomepageTheme;

  /**
   * Colour of the page: `slate`, `zinc`, `sky`, …
   *
   * @default - whoever looks at it chooses
   */
  readonly color?: string;

  /**
   * Further settings of the page.
   *
   * @default - none
   * @see https://gethomepage.dev/configs/settings/
   */
  readonly settings?: { [field: string]: any };

  /**
   * Groups of links to services.
   *
   * @default - none: what is found on the cluster
   */
  readonly groups?: HomepageGroup[];

  /**
   * Groups of other links.
   *
   * @default - none
   */
  readonly bookmarks?: HomepageBookmarkGroup[];

  /**
   * What is at the head of the page.
   *
   * @default - nothing
   */
  readonly widgets?: HomepageWidget[];

  /**
   * Whether the page shows what is on the cluster: HTTPRoutes and Ingresses that are annotated with `gethomepage.dev/enabled: "true"`, the
   * state of pods, CPU and memory. Its ServiceAccount may then list pods, nodes, namespaces, routes and their metrics in the whole cluster.
   *
   * @default true
   */
  readonly kubernetes?: boolean;

  /**
   * Values for `{{HOMEPAGE_VAR_…}}` in texts of the page, such as keys of widgets; each at the key `HOMEPAGE_VAR_…`.
   *
   * @default - none
   */
  readonly secrets?: SecretSource;

  /**
   * How the page is reached.
   *
   * @default - inside the cluster alone
   */
  readonly route?: RouteOptions;

  /**
   * Further hosts that the page answers to, with their ports.
   *
   * @default - the hostname of the route alone
   */
  readonly allowedHosts?: string[];

  /**
   * Whether its pods are open to the Gateway and `allowedPeers` alone.
   *
   * @default - where there is a route
   */
  readonly networkPolicy?: boolean;

  /**
   * Who else may send requests.
   *
   * @default - none
   */
  readonly allowedPeers?: NetworkPeer[];

  /**
   * Pods. With more than one, a PodDisruptionBudget keeps one running.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * @default - 20m CPU and 128Mi of memory, with a limit of 256Mi
   */
  readonly resources?: ContainerResources;
}

/**
 * Homepage: the page that one begins at, with links to everything else.
 *
 * @see https://gethomepage.dev
 */
export class Homepage extends HelmComponent {
  /** Where the page is reached. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: HomepageProps = {}) {
    const { namespace = 'tooling', secrets, route, replicas = 1 } = props;
    const hostname = route?.hostname ?? `${id}.${Variable.of('domain')}`;
    const values = valuesOf(props, hostname);
    super(scope, id, {
      area: Area.TOOLING,
      chart: System.HOMEPAGE.chart(scope),
      ...props,
      namespace,
      values: mergeValues(values, props.values),
      provides: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME, namespace },
        { apiVersion: 'v1', kind: 'Service', name: NAME, namespace },
      ],
    });
    this.url = `https://${hostname}`;
    const variables = variablesIn(values);
    secrets?._bind(this, 'variables', { name: SECRET, keys: variables });
    if (replicas > 1) {
      disruptionBudget(this, NAME, LABELS);
    }
    if (route) {
      new HttpRoute(this, 'route', {
        metadata: { name: NAME },
        gateway: route.gateway,
        listener: route.listener,
        hostnames: [hostname],
        rules: [{ backend: RouteBackend.fromName(NAME, 3000) }],
      });
    }
    if (props.networkPolicy ?? route !== undefined) {
      new NetworkPolicy(this, 'network-policy', {
        metadata: { name: NAME },
        pods: { matchLabels: LABELS },
        ingress: [{ peers: [NetworkPeer.gateway(), ...props.allowedPeers ?? []], ports: ['3000'] }],
      });
    }
    this.node.addValidation({
      validate: () => secrets || variables.length === 0 ? [] : [
        `the Homepage "${id}" has ${variables.join(', ')} in its texts, and no secrets; `
      + `expected where to have ${variables.length === 1 ? 'it' : 'them'} from: add secrets.`,
      ],
    });
  }
}

function valuesOf(props: HomepageProps, hostname: string): Values {
  const { kubernetes = true, secrets, replicas = 1 } = props;
  return {
    config: configuration(props),
    enableRbac: kubernetes,
    serviceAccount: kubernetes ? { create: true, name: NAME } : { create: false },
    automountServiceAccountToken: kubernetes,
    // It answers to no other host.
    env: [
      { name: 'HOMEPAGE_ALLOWED_HOSTS', value: [hostname, ...props.allowedHosts ?? []].join(',') },
      { name: 'LOG_TARGETS', value: 'stdout' },
    ],
    ...secrets ? { envFrom: [{ secretRef: { name: secrets._nameOf(SECRET) } }] } : {},
    controller: { replicas },
    podSecurityContext: { ...RESTRICTED_POD, runAsUser: USER, runAsGroup: USER, fsGroup: USER },
    // The server writes its cache beside its files.
    securityContext: { ...RESTRICTED_CONTAINER, readOnlyRootFilesystem: false },
    resources: resourceValues(props.resources ?? usualResources(Cpu.millis(20), Size.mebibytes(128), Size.mebibytes(256))),
  };
}

/** The page's files. */
function configuration({ groups = [], bookmarks = [], widgets = [], kubernetes = true, ...props }: HomepageProps): Values {
  const { title = 'Homepage', theme, color, settings } = props;
  return {
    settings: mergeValues(present({ title, theme, color, layout: groups.length === 0 ? undefined : layoutList(groups) })!, settings),
    services: serviceList(groups),
    bookmarks: bookmarkList(bookmarks),
    widgets: widgets.map(widget => widget._toJson()),
    kubernetes: kubernetes ? { mode: 'cluster', gateway: true } : { mode: 'disabled' },
  };
}

/** The variables that the page's texts have, once each. */
function variablesIn(values: Values): string[] {
  return [...new Set([...JSON.stringify(values.config).matchAll(REFERENCE)].map(([, name]) => name))];
}
