import { CheckedPlatform } from './check-fixtures';
import { Variable } from '../../src';

const CHECK = 'self-referential-variable';

function found(variables: { [name: string]: string }, substitute: { [name: string]: string }): string[] {
  const checked = new CheckedPlatform({}, variables);
  checked.layer('one', [checked.component('first', { name: 'settings', fields: { data: { host: `x-${Variable.of('domain')}` } } })], {
    dependsOn: [checked.namespaces], postBuild: { substitute },
  });
  return checked.findings(CHECK);
}

test('refuses a value that is to be substituted in', () => {
  expect(found({ domain: 'example.com' }, { domain: '${domain}' })).toEqual([
    'error dev › flux-system/one: gives the variable "domain" the value ${domain}, in which nothing is substituted: the objects get it as it stands → write the value itself, '
    + 'or leave the variable out where another source gives it',
  ]);
  expect(found({ domain: 'example.${zone}', zone: 'com' }, {})).toEqual([
    'error dev: gives the variable "domain" the value example.${zone}, in which nothing is substituted: the objects get it as it stands → write the value itself, or leave '
    + 'the variable out where another source gives it',
  ]);
});

test('warns of one with what is no variable', () => {
  expect(found({ domain: 'example.com' }, { prompt: '${USER}' })).toEqual([
    'warning dev › flux-system/one: gives the variable "prompt" the value ${USER}, in which nothing is substituted: the objects get it as it stands → write the value itself, '
    + 'unless the text is for another system',
  ]);
});

test('takes other values', () => {
  expect(found({ domain: 'example.com' }, { tier: '$gold' })).toEqual([]);
});
