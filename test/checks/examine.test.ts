import { Acceptance, Delivery, Finding, ICheck, Severity } from '../../src';
import { examine, isFatal } from '../../src/checks/examine';
import { emptyDelivery } from '../delivery/delivery-fixtures';

/** A check that finds the same on every cluster. */
function finding(...findings: Partial<Finding>[]): ICheck {
  return {
    checkId: 'own',
    title: 'A check',
    examine: ({ cluster }) => findings.map(fields => ({ check: 'own', severity: Severity.ERROR, cluster, message: 'is wrong', fix: 'correct it', ...fields })),
  };
}

/** What is found on two clusters, a line each. */
function found(check: ICheck, accepted: Acceptance[] = [], deliveries: Delivery[] = [emptyDelivery('prod'), emptyDelivery('dev')]): string[] {
  return examine(deliveries, [check], accepted).map(({ severity, check: id, cluster, kustomization, object, message, acceptedBecause }) =>
    [severity, id, cluster, kustomization, object, message, acceptedBecause && `(${acceptedBecause})`].filter(part => part !== undefined).join(' '));
}

test('finds nothing where nothing is delivered', () => {
  expect(examine([emptyDelivery('dev')], [], [])).toEqual([]);
});

test('puts errors first, then sorts by check, Kustomization, object, message and cluster', () => {
  const check = finding(
    { severity: Severity.INFO }, { severity: Severity.WARNING }, { kustomization: 'flux-system/b' }, { kustomization: 'flux-system/a', object: 'Secret z' },
    { kustomization: 'flux-system/a', object: 'Secret a', message: 'is late' }, { kustomization: 'flux-system/a', object: 'Secret a' }, { check: 'another' },
    { kustomization: 'flux-system/a-2' },
  );
  expect(found(check, [], [emptyDelivery('prod')])).toEqual([
    'error another prod is wrong',
    'error own prod flux-system/a Secret a is late',
    'error own prod flux-system/a Secret a is wrong',
    'error own prod flux-system/a Secret z is wrong',
    'error own prod flux-system/a-2 is wrong',
    'error own prod flux-system/b is wrong',
    'warning own prod is wrong',
    'info own prod is wrong',
  ]);
  expect(found(finding({}))).toEqual(['error own dev is wrong', 'error own prod is wrong']);
});

const SECRET = { kustomization: 'flux-system/apps', object: 'Secret apps/key' };

test.each<Partial<Acceptance>>([
  {}, { object: 'Secret apps/key' }, { kustomization: 'apps' }, { kustomization: 'flux-system/apps' }, { object: 'Secret apps/key', kustomization: 'apps' },
])('accepts what %j is for, on every cluster', acceptance => {
  expect(found(finding(SECRET), [{ check: 'own', because: 'so be it', ...acceptance }])).toEqual([
    'error own dev flux-system/apps Secret apps/key is wrong (so be it)', 'error own prod flux-system/apps Secret apps/key is wrong (so be it)',
  ]);
});

test('accepts on one cluster alone', () => {
  expect(found(finding(SECRET), [{ check: 'own', because: 'so be it', cluster: 'dev' }])).toEqual([
    'error own dev flux-system/apps Secret apps/key is wrong (so be it)', 'error own prod flux-system/apps Secret apps/key is wrong',
  ]);
});

test('takes the reason of the first acceptance, and counts the others as used', () => {
  expect(found(finding(SECRET), [{ check: 'own', because: 'first' }, { check: 'own', because: 'second' }])).toEqual([
    'error own dev flux-system/apps Secret apps/key is wrong (first)', 'error own prod flux-system/apps Secret apps/key is wrong (first)',
  ]);
});

test.each<[Partial<Acceptance>, string]>([
  [{ object: 'Secret apps/other' }, 'Secret apps/other'], [{ kustomization: 'other' }, 'flux-system/other'], [{ kustomization: 'team/other' }, 'team/other'],
])('warns of %j, which accepts nothing', (acceptance, place) => {
  expect(found(finding(SECRET), [{ check: 'own', because: 'so be it', ...acceptance }]).slice(2)).toEqual(['dev', 'prod'].map(cluster =>
    `warning unused-acceptance ${cluster} ${place} has no finding of own that could be accepted (because: so be it)`));
});

test('warns of an acceptance on the one cluster that it names, and of a check that does not exist', () => {
  expect(found(finding(), [{ check: 'onw', because: 'so be it', cluster: 'staging' }])).toEqual([
    'warning unused-acceptance staging has no finding of onw that could be accepted (because: so be it)',
  ]);
});

test('only an error that is not accepted keeps synth from writing', () => {
  const of = (fields: Partial<Finding>) => isFatal(finding(fields).examine(emptyDelivery('dev'))[0]);
  expect([of({}), of({ acceptedBecause: 'so be it' }), of({ severity: Severity.WARNING }), of({ severity: Severity.INFO })]).toEqual([true, false, false, false]);
});
