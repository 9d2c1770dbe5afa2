import { component } from './fixtures';
import { Cluster, Layer, Testing, Variable } from '../../src';

/** The `data` of a ConfigMap as the file of a cluster that defines `domain` holds it. */
function written(data: { [key: string]: any }): string {
  const platform = Testing.platform();
  new Layer(new Cluster(platform, 'dev', { variables: { domain: 'example.com' } }), 'apps', { components: [component(platform, 'web', data)] });
  return platform.files()['apps/base/web/configmap-web.yaml'].split('\ndata:\n')[1];
}

test('a variable stands inside a string', () => {
  expect(written({ host: `www.${Variable.of('domain')}:443` })).toBe('  host: www.${domain}:443\n');
});

test('a variable stands as a value of its own', () => {
  expect(written({ host: Variable.of('domain') })).toBe('  host: ${domain}\n');
});

test('a variable stands inside a key', () => {
  expect(written({ [`${Variable.of('domain')}`]: 'value' })).toBe('  ${domain}: value\n');
});

test('a variable stands in what JSON.stringify makes', () => {
  const domain = Variable.of('domain');
  expect(written({ json: JSON.stringify({ host: domain, url: `https://${domain}/` }) }))
    .toBe('  json: \'{"host":"${domain}","url":"https://${domain}/"}\'\n');
});

test('a variable may stand beside any text, dollars included', () => {
  const domain = Variable.of('domain');
  expect(written({ price: `${domain}$5`, twice: `${domain}${domain}`, dollar: `$${domain}`, braces: `{${domain}}` }))
    .toBe('  price: ${domain}$5\n  twice: ${domain}${domain}\n  dollar: $$${domain}\n  braces: "{${domain}}"\n');
});

test('a variable with a default needs no definition', () => {
  expect(written({ region: Variable.of('region', { defaultValue: 'eu-west-3' }), empty: `${Variable.of('none', { defaultValue: '' })}` }))
    .toBe('  region: ${region:=eu-west-3}\n  empty: ${none:=}\n');
});

test.each(['$', 'a$b', '{', 'a b', 'a:b'])('the default %p is accepted', defaultValue => {
  expect(`${Variable.of('region', { defaultValue }).defaultValue}`).toBe(defaultValue);
});

test('a variable tells its name and its default', () => {
  const { name, defaultValue } = Variable.of('region', { defaultValue: 'eu-west-3' });
  expect([name, defaultValue, Variable.of('region').defaultValue]).toEqual(['region', 'eu-west-3', undefined]);
});

test('a literal is escaped where Flux substitutes, also where it looks like a variable of the cluster', () => {
  expect(written({ host: `${Variable.of('domain')}`, script: Variable.literal('echo ${domain} $HOME $$') }))
    .toBe('  host: ${domain}\n  script: echo $${domain} $HOME $$$$\n');
});

test('a literal is plain text where Flux does not substitute', () => {
  expect(written({ script: Variable.literal('echo ${domain} $HOME $$') })).toBe('  script: echo ${domain} $HOME $$\n');
});

test.each(['', 'a-b', '1st', 'a b', 'a.b', 'ä'])('the name %p is refused at once', name => {
  expect(() => Variable.of(name)).toThrow(new Error(
    `the variable "${name}" has a name that Flux refuses; expected letters, digits and underscores with no digit first: rename it.`));
});

test.each(['a', '_', 'A_1'])('the name %p is accepted', name => {
  expect(Variable.of(name).name).toBe(name);
});
