import { Size } from 'cdk8s';
import { Cpu, Deployment, Probe, Service } from 'cdk8s-plus-28';
import { Variable, components } from 'cdk8s-strata';
import { Construct } from 'constructs';

const PORT = 9898;

export interface StorefrontProps {
  readonly gateway: components.IGateway;
  readonly grafana: components.IGrafana;
  readonly store: components.ISecretStore;
}

/** An application of one's own, with everything that it wants of the platform. */
export class Storefront extends components.App {
  public readonly service: Service;

  constructor(scope: Construct, id: string, props: StorefrontProps) {
    super(scope, id, { namespace: 'apps' });
    const session = this.addSecret('session', components.SecretSource.fromStore(props.store, { key: 'storefront/session#key' }));
    const web = new Deployment(this, 'web', {
      replicas: 2,
      serviceAccount: this.account,
      containers: [{
        image: 'ghcr.io/stefanprodan/podinfo:6.9.1',
        ports: [{ number: PORT, name: 'http' }],
        envVariables: {
          PODINFO_UI_MESSAGE: { value: `${Variable.of('storefront_message')}` },
          PODINFO_SESSION_KEY: session.envValue('key'),
        },
        readiness: Probe.fromHttpGet('/readyz', { port: PORT }),
        resources: {
          cpu: { request: Cpu.millis(50) },
          memory: { request: Size.mebibytes(64), limit: Size.mebibytes(128) },
        },
        securityContext: components.ContainerSecurity.RESTRICTED,
      }],
    });
    this.service = web.exposeViaService({ name: 'web', ports: [{ port: 80, targetPort: PORT }] });
    this.addRoute({ gateway: props.gateway, hostname: `shop.${Variable.of('domain')}`, backend: components.RouteBackend.service(this.service) });
    this.exposeMetrics({ port: 'http', matchLabels: web.matchLabels });
    this.addDashboard(props.grafana, components.DashboardSource.object({
      uid: 'storefront',
      title: 'Storefront',
      panels: [{
        type: 'timeseries',
        title: 'Requests',
        gridPos: { h: 8, w: 24, x: 0, y: 0 },
        datasource: { type: 'prometheus', uid: 'metrics' },
        targets: [{ expr: 'sum(rate(http_requests_total{namespace="apps"}[$__rate_interval])) by (status)', legendFormat: '{{status}}' }],
      }],
    }));
  }
}
