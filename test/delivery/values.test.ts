import { ApiObject } from 'cdk8s';
import { Cluster, Component, Layer, Platform, Severity, Testing, Variable, Verdict } from '../../src';

/** A Certificate whose issuer has a name with a variable in it, referred to by the name that the issuer has on the cluster. */
function certificates(issuer: string, reference: string): Platform {
  const platform = Testing.platform({ partial: false });
  const cluster = new Cluster(platform, 'dev', { variables: { zone: 'red' } });
  const component = new Component(platform, 'certificates', { area: 'apps', namespace: 'default' });
  new ApiObject(component, 'issuer', { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: issuer }, spec: { selfSigned: {} } });
  new ApiObject(component, 'web', {
    apiVersion: 'cert-manager.io/v1', kind: 'Certificate', spec: { secretName: 'web', dnsNames: ['example.com'], issuerRef: { kind: 'Issuer', name: reference } },
  });
  cluster.assume({ what: 'cert-manager', apis: [{ group: 'cert-manager.io' }], controllers: ['cert-manager.io'] });
  new Layer(cluster, 'certificates', { components: [component] });
  return platform;
}

function verdictOfIssuer(platform: Platform): (Verdict | undefined)[] {
  return platform.delivery('dev').requirements.filter(({ at }) => at === 'spec.issuerRef').map(({ verdict }) => verdict);
}

test('a name with a variable is the name that it has on the cluster', () => {
  const zone = Variable.of('zone');
  expect(verdictOfIssuer(certificates(`${zone}-issuer`, `${zone}-issuer`))).toEqual([Verdict.SETTLES]);
  expect(verdictOfIssuer(certificates(`${zone}-issuer`, 'red-issuer'))).toEqual([Verdict.SETTLES]);
  expect(verdictOfIssuer(certificates('red-issuer', `${zone}-issuer`))).toEqual([Verdict.SETTLES]);
});

test('what is missing with the values, too, is told by the name that was written', () => {
  const platform = certificates(`${Variable.of('zone')}-issuer`, 'blue-issuer');
  expect(verdictOfIssuer(platform)).toEqual([Verdict.MISSING]);
  expect(platform.findings().filter(({ severity }) => severity === Severity.ERROR).map(({ check, object, file }) => [check, object, file]))
    .toEqual([['reference-not-delivered', 'Certificate default/web', 'apps/base/certificates/certificate-web.yaml']]);
});
