import { Duration, Size } from 'cdk8s';
import { Cpu, Deployment, Service } from 'cdk8s-plus-28';
import { Area, Component, components } from 'cdk8s-strata';
import { Construct } from 'constructs';

/** Asks a Service for a page once a second, so that there is something to see. */
export class LoadTest extends Component {
  constructor(scope: Construct, id: string, target: Service) {
    super(scope, id, { area: Area.APPS, namespace: 'apps' });
    new Deployment(this, 'load', {
      terminationGracePeriod: Duration.seconds(1),
      containers: [{
        image: 'curlimages/curl:8.11.1',
        command: ['sh', '-c', `while true; do curl --silent --output /dev/null http://${target.name}; sleep 1; done`],
        resources: {
          cpu: { request: Cpu.millis(10) },
          memory: { request: Size.mebibytes(16), limit: Size.mebibytes(32) },
        },
        securityContext: { ...components.ContainerSecurity.RESTRICTED, user: 1000 },
      }],
    });
  }
}
