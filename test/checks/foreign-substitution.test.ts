import { CheckedPlatform } from './check-fixtures';
import { Variable } from '../../src';

const CHECK = 'foreign-substitution';

function found(text: string, variables: { [name: string]: string } = { domain: 'example.com' }): string[] {
  const checked = new CheckedPlatform({}, variables);
  const fields = { data: { host: `${Variable.of(Object.keys(variables)[0])}`, text } };
  checked.layer('one', [checked.component('first', { name: 'settings', fields })], { dependsOn: [checked.namespaces] });
  return checked.findings();
}

function finding(name: string, happens: string): string {
  return `${CHECK} error dev › flux-system/one › ConfigMap apps/settings: has \${${name}} at /data/text, which is no variable of this cluster: ${happens} → write `
    + `Variable.literal(…) around the text, which then stays as it is, or add "${name}" to the cluster's variables where it is for Flux`;
}

const FAILS = 'Flux takes it for its own, and the build of the whole Kustomization fails';

test.each([
  ['DS_PROMETHEUS', '{"datasource": "${DS_PROMETHEUS}"}'],
  ['datasource', '{\n  "datasource": "${datasource}" }'],
  ['HOME', 'cd ${HOME} && ls ${HOME}/bin'],
  ['file', '#!/bin/sh\nfor file in *; do echo ${file%.*}; done'],
])('refuses %s in text of another system, once: %s', (name, text) => {
  expect(found(text)).toEqual([finding(name, FAILS)]);
});

test('refuses what has a default, which Flux would put in its place', () => {
  expect(found('cd ${HOME:-/root}')).toEqual([finding('HOME', 'Flux puts its default in its place')]);
  expect(found('cd ${home:-/root}')).toEqual([finding('home', 'Flux puts its default in its place')]);
});

test('takes the same as a literal, escaped, and without a brace, and what Flux cannot read, which is escaped anyway', () => {
  expect(found(Variable.literal('{"datasource": "${DS_PROMETHEUS}"}'))).toEqual([]);
  expect(found('cd $${HOME} $HOME $(pwd) ${1} ${a.b} ${{ c }}')).toEqual([]);
});

test('leaves a name like those of the variables to the check of undefined ones', () => {
  expect(found('${HOME}', { DOMAIN: 'example.com' }).map(line => line.split(' ')[0])).toEqual(['undefined-variable']);
  expect(found('${home}').map(line => line.split(' ')[0])).toEqual(['undefined-variable']);
});

test('finds nothing where nothing is substituted', () => {
  const checked = new CheckedPlatform();
  checked.layer('one', [checked.component('first', { name: 'settings', fields: { data: { text: 'cd ${HOME}' } } })], { dependsOn: [checked.namespaces] });
  expect(checked.findings()).toEqual([]);
});
