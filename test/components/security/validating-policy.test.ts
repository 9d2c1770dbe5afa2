import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { components, flux } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';

const { PolicyAction, PolicyOperation, ValidatingPolicy } = components;
const DEPLOYMENTS = { apiGroups: ['apps'], resources: ['deployments'] };

test('defaults', () => {
  const { platform, component } = stand();
  new ValidatingPolicy(component, 'two-replicas', { matches: [DEPLOYMENTS], validations: [{ expression: 'object.spec.replicas >= 2' }] });
  expect(fileOf(platform, 'ValidatingPolicy', 'two-replicas')).toBe(`\
apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata:
  name: two-replicas
spec:
  validationActions:
    - Audit
  failurePolicy: Ignore
  matchConstraints:
    resourceRules:
      - apiGroups:
          - apps
        apiVersions:
          - "*"
        operations:
          - CREATE
          - UPDATE
        resources:
          - deployments
  validations:
    - expression: object.spec.replicas >= 2
`);
});

test('everything set', () => {
  const { platform, component } = stand();
  new ValidatingPolicy(component, 'policy', {
    metadata: { name: 'registry', annotations: { 'policies.kyverno.io/title': 'Images of our registry' } },
    matches: [{ resources: ['pods'], apiVersions: ['v1'], operations: [PolicyOperation.CREATE], resourceNames: ['web'] }],
    validations: [{
      expression: 'variables.images.all(image, image.startsWith("registry.acme.io/"))',
      message: 'An image is not of registry.acme.io.',
      messageExpression: '"not of registry.acme.io: " + variables.images.filter(image, !image.startsWith("registry.acme.io/")).join(", ")',
    }],
    actions: [PolicyAction.DENY, PolicyAction.AUDIT],
    namespaceSelector: { matchLabels: { team: 'shop' }, matchExpressions: [flux.LabelExpression.exists('stage')] },
    excludedNamespaces: ['kube-system', 'flux-system'],
    objectSelector: { matchLabels: { app: 'web' } },
    matchConditions: { 'not-of-nodes': '!("system:nodes" in request.userInfo.groups)' },
    variables: { images: 'object.spec.containers.map(container, container.image)' },
    ignoreFailure: true,
    background: false,
    timeout: Duration.seconds(5),
  });
  expect(fileOf(platform, 'ValidatingPolicy', 'registry')).toMatchSnapshot();
});

test('a policy that denies is asked for, if nothing else is said', () => {
  const { platform, component } = stand();
  new ValidatingPolicy(component, 'deny', {
    matches: [DEPLOYMENTS], validations: [{ expression: 'true' }], actions: [PolicyAction.WARN, PolicyAction.DENY],
  });
  expect(parse(fileOf(platform, 'ValidatingPolicy', 'deny')).spec.failurePolicy).toBe('Fail');
});

test('refuses what Kyverno would refuse, or what would come to nothing', () => {
  const { platform, component } = stand();
  new ValidatingPolicy(component, 'empty', { matches: [], validations: [], actions: [], timeout: Duration.millis(1500) });
  expect(refusalOf(platform)).toEqual([
    'stand/empty: the ValidatingPolicy "empty" has a timeout of 1.5 seconds; expected whole seconds from 1 to 30, as Kubernetes allows for a webhook: take another one.',
    'stand/empty: the ValidatingPolicy "empty" has no actions, so nothing comes of it; expected at least one: leave actions out, or name one.',
    'stand/empty: the ValidatingPolicy "empty" has no validations, so everything keeps to it; expected at least one: say what has to be true.',
    'stand/empty: the ValidatingPolicy "empty" is for no resource; expected at least one, because Kyverno refuses a policy without: name it in matches.',
  ]);
});

test('refuses CEL that does not parse, wherever it is', () => {
  const { platform, component } = stand();
  new ValidatingPolicy(component, 'broken', {
    matches: [DEPLOYMENTS],
    matchConditions: { named: 'object.metadata.name ==' },
    variables: { count: 'size(' },
    validations: [{ expression: '', messageExpression: '"a' }],
  });
  const end = 'expected CEL over object, oldObject, request, namespaceObject and variables, such as has(object.spec.replicas): correct it.';
  expect(refusalOf(platform)).toEqual([
    `stand/broken: the ValidatingPolicy "broken" has the condition named "object.metadata.name ==", which Kyverno refuses (Unexpected token: EOF at 1:24); ${end}`,
    `stand/broken: the ValidatingPolicy "broken" has the expression "", which Kyverno refuses (it is empty); ${end}`,
    `stand/broken: the ValidatingPolicy "broken" has the messageExpression ""a", which Kyverno refuses (Unterminated string at 1:1); ${end}`,
    `stand/broken: the ValidatingPolicy "broken" has the variable count "size(", which Kyverno refuses (Unexpected token: EOF at 1:6); ${end}`,
  ]);
});
