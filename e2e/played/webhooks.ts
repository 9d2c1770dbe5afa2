import { createServer, Server } from 'https';
import { AddressInfo } from 'net';
import { isAvailable } from './world';
import { KubernetesApi } from '../harness/kubernetes-api';

/**
 * The webhooks of operators: they let everything pass, once every Deployment of their release is available. Until then the API server gets no answer that
 * it can use, and refuses what the webhook should have looked at, as it does where nothing listens.
 */
export class Webhooks {
  public static async start(api: KubernetesApi, serving: { readonly certificate: string; readonly key: string }): Promise<Webhooks> {
    const webhooks = new Webhooks(api, serving);
    await new Promise<void>(resolve => webhooks.server.listen(0, '127.0.0.1', resolve));
    return webhooks;
  }

  private readonly server: Server;

  private constructor(private readonly api: KubernetesApi, private readonly serving: { readonly certificate: string; readonly key: string }) {
    this.server = createServer({ cert: serving.certificate, key: serving.key }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        const [, namespace, release] = request.url!.split('?')[0].split('/');
        const { uid } = JSON.parse(Buffer.concat(chunks).toString('utf-8')).request;
        this.answers(namespace, release).then(answers => {
          response.writeHead(answers ? 200 : 503, { 'content-type': 'application/json' });
          response.end(answers ? JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: { uid, allowed: true } }) : 'not yet\n');
        }, () => response.destroy());
      });
    });
    // The API server keeps connections, and a request on one that is being closed fails.
    this.server.keepAliveTimeout = 0;
  }

  /** The configuration that a chart installs: the webhook looks at every object of the groups. */
  public configurationOf(namespace: string, release: string, groups: readonly string[]): object {
    const { port } = this.server.address() as AddressInfo;
    return {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: `${namespace}-${release}` },
      webhooks: [{
        name: 'played.e2e.example.com',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        rules: [{ apiGroups: groups, apiVersions: ['*'], operations: ['CREATE', 'UPDATE'], resources: ['*'] }],
        clientConfig: {
          url: `https://127.0.0.1:${port}/${namespace}/${release}`,
          caBundle: Buffer.from(this.serving.certificate, 'utf-8').toString('base64'),
        },
      }],
    };
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private async answers(namespace: string, release: string): Promise<boolean> {
    const deployments = (await this.api.list('apps/v1', 'Deployment')).filter(({ metadata }) =>
      metadata.namespace === namespace && metadata.labels?.['app.kubernetes.io/instance'] === release);
    return deployments.length > 0 && deployments.every(isAvailable);
  }
}
