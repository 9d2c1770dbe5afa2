import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { Variable, flux } from '../../src';

const CHECK = 'unbuildable-text';
const FAILS = 'the build of the whole Kustomization fails';

function found(data: { [key: string]: string }, more: Omit<ObjectFixture, 'name'> = {}, variables: { [name: string]: string } = {}): string[] {
  const checked = new CheckedPlatform({}, variables);
  checked.layer('one', [checked.component('first', { name: 'settings', fields: { data }, ...more })], { dependsOn: [checked.namespaces] });
  return checked.findings(CHECK);
}

const finding = (message: string, fix: string) => `error dev › flux-system/one › ConfigMap apps/settings: ${message} → ${fix}`;

const CONTROL = 'leave it out, or write it as an escape, where what reads the text knows one';

test.each(['7F', '80', '84', '86', '9F', 'FFFE', 'FFFF'].map(hex => [`U+${hex.padStart(4, '0')}`, String.fromCharCode(parseInt(hex, 16))]))(
  'refuses the character %s, in a text and in a key', (code, char) => {
    const message = (pointer: string) => finding(`has the character ${code} at ${pointer}, which kustomize does not read, however it is written: ${FAILS}`, CONTROL);
    expect(found({ text: `a${char}b${char}` })).toEqual([message('/data/text')]);
    expect(found({ [`a${char}b`]: 'text' })).toEqual([message('/data')]);
  });

test('refuses the line break U+0085, of which something else becomes', () => {
  expect(found({ text: 'a\x85b' })).toEqual([finding('has the character U+0085 at /data/text, of which kustomize makes a space or a line break', 'leave it out, or write a line break')]);
  expect(found({ 'a\x85b': 'text' })).toEqual([finding(`has the character U+0085 at /data, which kustomize does not read in a key: ${FAILS}`, 'leave it out, or write a line break')]);
});

test('refuses a key that kustomize takes for a merge', () => {
  expect(found({ '<<': 'text' })).toEqual([finding('has the key << at /data, which kustomize takes for a merge and leaves out', 'give it another name')]);
});

test.each([['k', 1022, 1025], ['é', 1022, 1025], ['"', 511, 1026], ['<', 170, 1028]])('refuses a key of more than 1024 characters in JSON, of %s', (char, most, length) => {
  expect(found({ [char.repeat(most)]: 'text' })).toEqual([]);
  expect(found({ [char.repeat(most + 1)]: 'text' })).toEqual([finding(`has a key of ${length} characters in JSON at /data; kustomize reads at most 1024: ${FAILS}`, 'shorten it')]);
});

test('takes other characters, and the same as text', () => {
  expect(found({ text: '~\xa0\u2028\ufeff\ufdd0\ufffd\0\x1b😀 \\x7f <<', [' <<']: '' })).toEqual([]);
});

const TABBED = { text: '\ta\nb' };
const TAB = finding(`has text of several lines at /data/text that a tab begins, which Flux does not read where it substitutes variables: ${FAILS}`,
  'begin it with an empty line or with spaces, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled');

test('refuses text of several lines that a tab begins where Flux substitutes', () => {
  const zone = { zone: `${Variable.of('zone')}` };
  expect(found({ ...TABBED, ...zone }, {}, { zone: 'a' })).toEqual([TAB]);
  expect(found(TABBED)).toEqual([]);
  expect(found({ a: '\ta', b: '\n\ta\n', c: ' \ta\n', d: 'a\n\tb', e: '\ta \nb', ...zone }, {}, { zone: 'a' })).toEqual([]);
});

test('takes it in an object in which Flux does not substitute, beside one in which it does', () => {
  const checked = new CheckedPlatform({}, { zone: 'a' });
  const annotations = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };
  const other = { name: 'other', fields: { data: { zone: `${Variable.of('zone')}` } } };
  checked.layer('one', [checked.component('first', { name: 'settings', metadata: { annotations }, fields: { data: TABBED } }, other)], { dependsOn: [checked.namespaces] });
  expect(checked.findings(CHECK)).toEqual([]);
});

test('looks at what a patch makes, and at what it takes away, each once', () => {
  const checked = new CheckedPlatform();
  const component = checked.component('first', { name: 'settings', fields: { data: { kept: 'a\x7f', gone: 'b\x7f' } } });
  const patch = flux.Patch.strategicMerge(flux.PatchTarget.select({ kind: 'ConfigMap' }), { data: { gone: null, added: 'c\x7f' } });
  checked.layer('one', [component], { dependsOn: [checked.namespaces], patches: [patch] });
  expect(checked.findings(CHECK)).toEqual(['added', 'gone', 'kept'].map(key =>
    finding(`has the character U+007F at /data/${key}, which kustomize does not read, however it is written: ${FAILS}`, CONTROL)));
});

test('refuses it in the variables of a cluster, and in a Kustomization, which Flux builds with all others', () => {
  const checked = new CheckedPlatform({}, { zone: 'a\x7f' });
  const other = { name: 'other', fields: { data: { zone: `x-${Variable.of('zone')}` } } };
  checked.layer('one', [checked.component('first', other)], { dependsOn: [checked.namespaces], postBuild: { substitute: { tier: 'b\x7f' } } });
  const message = (pointer: string) =>
    `has the character U+007F at ${pointer}, which kustomize does not read, however it is written: the build of the cluster's directory fails → ${CONTROL}`;
  expect(checked.findings(CHECK)).toEqual([
    `error dev › ConfigMap flux-system/dev-vars: ${message('/data/zone')}`,
    `error dev › flux-system/one: ${message('/spec/postBuild/substitute/tier')}`,
  ]);
});
