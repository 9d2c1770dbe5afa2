import { Size } from 'cdk8s';
import { Cpu, Deployment, Probe } from 'cdk8s-plus-28';
import { Area, Component, Variable } from 'cdk8s-strata';
import { Construct } from 'constructs';

/** A small web application, made of cdk8s-plus workloads. */
export class Podinfo extends Component {
  constructor(scope: Construct, id: string) {
    super(scope, id, { area: Area.APPS, namespace: 'apps' });
    const port = 9898;
    const deployment = new Deployment(this, 'podinfo', {
      replicas: 2,
      containers: [{
        image: 'ghcr.io/stefanprodan/podinfo:6.9.1',
        portNumber: port,
        envVariables: { PODINFO_UI_MESSAGE: { value: `Hello from ${Variable.of('cluster_name')}` } },
        readiness: Probe.fromHttpGet('/readyz', { port }),
        resources: {
          cpu: { request: Cpu.millis(50), limit: Cpu.millis(200) },
          memory: { request: Size.mebibytes(64), limit: Size.mebibytes(128) },
        },
        securityContext: { user: 1000 },
      }],
    });
    deployment.exposeViaService({ name: 'podinfo', ports: [{ port: 80, targetPort: port }] });
  }
}
