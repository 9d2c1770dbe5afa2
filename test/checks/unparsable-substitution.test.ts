import { CheckedPlatform } from './check-fixtures';
import { Variable } from '../../src';
import { unparsableSubstitution } from '../../src/checks/unparsable-substitution';
import { JsonObject, mapStrings } from '../../src/synth/json';

const CHECK = 'unparsable-substitution';

function checkedWith(newTag: string, text = 'text'): CheckedPlatform {
  const checked = new CheckedPlatform({}, { domain: 'example.com' });
  checked.layer('one', [checked.component('first', { name: 'settings', fields: { data: { host: `${Variable.of('domain')}`, text } } })], {
    dependsOn: [checked.namespaces], images: [{ name: 'web', newTag }],
  });
  return checked;
}

test('refuses what Flux cannot read in a Kustomization', () => {
  expect(checkedWith('${{ github.sha }}').findings()).toEqual([
    `${CHECK} error dev › flux-system/one: has \${{ github.sha }} at /spec/images/0/newTag, which Flux cannot read (unable to parse variable name): the build of the `
    + 'whole Kustomization fails → write the value itself, or $${ for a ${ that is text',
  ]);
});

test('takes what is escaped, and text of a component, which the library escapes', () => {
  expect(checkedWith('$${{ github.sha }}', '${a.b} ${ ${x[@]} ${y-z}').findings()).toEqual([]);
});

test('refuses it in the data of a ConfigMap that nothing has escaped', () => {
  const delivery = checkedWith('1', 'ESCAPED').platform.delivery('dev');
  const kustomizations = delivery.kustomizations.map(kustomization => ({
    ...kustomization,
    objects: kustomization.objects.map(object => ({ ...object, manifest: mapStrings(object.manifest as JsonObject, text => text.replace('ESCAPED', 'a ${b-c}')) })),
  }));
  expect(unparsableSubstitution.examine({ ...delivery, kustomizations }).map(({ object, message }) => `${object} ${message}`)).toEqual([
    'ConfigMap apps/settings has ${b-c} at /data/text, which Flux cannot read (missing closing brace): the build of the whole Kustomization fails',
  ]);
});
