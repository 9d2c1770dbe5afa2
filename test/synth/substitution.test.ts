import { CLOSE, defaultValueProblem, DOLLAR, needsEscape, OPEN, render, scan, variableNameProblem, variableUses } from '../../src/synth/substitution';

const X = `${OPEN}x${CLOSE}`;

test('an empty string has no segments', () => {
  expect(scan('')).toEqual([]);
});

test('a string without a dollar is text', () => {
  expect(scan('10.0.0.0/16 {x}')).toEqual([{ kind: 'text', source: '10.0.0.0/16 {x}', uses: [] }]);
});

test('a marked variable is a reference that nobody typed by hand', () => {
  expect(scan(`*.${X}/`)).toEqual([
    { kind: 'text', source: '*.', uses: [] },
    { kind: 'reference', source: '${x}', uses: [{ name: 'x', hasDefault: false, byHand: false }] },
    { kind: 'text', source: '/', uses: [] },
  ]);
});

test('a marked variable may bring a default', () => {
  expect(scan(`${OPEN}x:=blue${CLOSE}`)).toEqual([
    { kind: 'reference', source: '${x:=blue}', uses: [{ name: 'x', hasDefault: true, byHand: false }] },
  ]);
});

test('a variable typed by hand is a reference, too', () => {
  expect(scan('${x}')).toEqual([{ kind: 'reference', source: '${x}', uses: [{ name: 'x', hasDefault: false, byHand: true }] }]);
});

test('two variables side by side are two references', () => {
  expect(scan(`${X}\${y}`).map(segment => segment.source)).toEqual(['${x}', '${y}']);
});

test('a dollar mark is a dollar in the text', () => {
  expect(scan(`${DOLLAR}{x}`)).toEqual([{ kind: 'text', source: '${x}', uses: [] }]);
});

test('a doubled dollar in front of a brace is an escape that somebody wrote', () => {
  expect(scan('$${x}')).toEqual([
    { kind: 'escaped', source: '$${', uses: [] },
    { kind: 'text', source: 'x}', uses: [] },
  ]);
});

test('three dollars in front of a variable are an escaped dollar and the variable', () => {
  expect(scan('$$${x}')).toEqual([
    { kind: 'escaped', source: '$$', uses: [] },
    { kind: 'reference', source: '${x}', uses: [{ name: 'x', hasDefault: false, byHand: true }] },
  ]);
});

test.each([
  '${x}', '${_x1}', '${X_9}', '${#x}', '${x^}', '${x^^}', '${x,}', '${x,,}', '${x:1}', '${x:1:2}',
  '${x#p}', '${x##p}', '${x%s}', '${x%%s}', '${x/a/b}', '${x//a/b}', '${x/#a/b}', '${x/%a/b}', '${x/a/}',
  '${x###}', '${x#$}', '${x/a\\/b/c}', '${x/a\\b/c}', '${x/\\\\/b}', '${x/a///}', '${x/a//b}', '${x/$/$$}', '${x/$$/b$}', '${x/$${/b}',
])('Flux needs a value for %s', expression => {
  expect(scan(expression)).toEqual([
    { kind: 'reference', source: expression, uses: [{ name: expression.match(/\w+/)![0], hasDefault: false, byHand: true }] },
  ]);
});

test.each(['${x:=d}', '${x:-d}', '${x:+d}', '${x:?d}', '${x=d}', '${x:=}', '${x=}', '${x:=a\nb}', '${x:=$}'])('%j has a value of its own', expression => {
  expect(scan(expression)).toEqual([{ kind: 'reference', source: expression, uses: [{ name: 'x', hasDefault: true, byHand: true }] }]);
});

test.each([
  '${', '${}', '${ x }', '${{ x }}', '${a.b}', '${x[@]}', '${!x}', '${x', '${x-d}', '${x+d}', '${x?d}', '${#x:=d}', '${x^a}',
  '${x/a}', '${x//b}', '${x///}', '${x:=d', '${x:=${}}', '${x:=${y.z}}',
  '${x:é}', '${x:日:1}', '${x:😀}', '${x#}', '${x##}', '${x%}', '${x%%}', '${x/#/}', '${x/%/}', '${x/a\\/b}', '${x#${}', '${x#a${}', '${x/a${}/b}', '${x/a/b${}',
  '${x:=${y#}}', '${x#${y.}}', '${x/${y#}/}',
])('%s, which Flux refuses, is text', source => {
  expect([...new Set(scan(source).map(segment => segment.kind))]).toEqual(['text']);
  expect(render(source, true)).toBe(source.split('${').join('$${'));
});

test('the first closing brace ends a default', () => {
  expect(scan('${y:={}}')).toEqual([
    { kind: 'reference', source: '${y:={}', uses: [{ name: 'y', hasDefault: true, byHand: true }] },
    { kind: 'text', source: '}', uses: [] },
  ]);
});

test('a default may read other variables', () => {
  expect(variableUses('${x:=pre-${y}-${z:=${w}}}')).toEqual([
    { name: 'x', hasDefault: true, byHand: true },
    { name: 'y', hasDefault: false, byHand: true },
    { name: 'z', hasDefault: true, byHand: true },
    { name: 'w', hasDefault: false, byHand: true },
  ]);
});

test.each(['${x#${y}}', '${x##${y}}', '${x%${y}}', '${x%%${y}}', '${x/${y}/}', '${x/${y}/b}', '${x/a/${y}}', '${x//a///${y}}'])(
  '%s reads two variables', expression => {
    expect(scan(expression)).toEqual([{
      kind: 'reference',
      source: expression,
      uses: [{ name: 'x', hasDefault: false, byHand: true }, { name: 'y', hasDefault: false, byHand: true }],
    }]);
  },
);

test.each(['${x#a${y}}', '${x#${y}a}', '${x/a${y}/b}', '${x/a/b${y}}', '${x#$${y}}'])('Flux refuses %s, but for the variable in it', source => {
  expect(scan(source).filter(segment => segment.kind === 'reference').map(segment => segment.source)).toEqual(source === '${x#$${y}}' ? [] : ['${y}']);
});

test('a doubled dollar in a default does not keep Flux from reading the variable behind it', () => {
  expect(variableUses('${x:=$${y}}').map(use => use.name)).toEqual(['x', 'y']);
});

test('a string reads the variables of all its references, in their order', () => {
  expect(variableUses(`\${b} and ${X} and \${a:=1} and $\${no}`)).toEqual([
    { name: 'b', hasDefault: false, byHand: true },
    { name: 'x', hasDefault: false, byHand: false },
    { name: 'a', hasDefault: true, byHand: true },
  ]);
});

test.each([
  ['echo $HOME $(date)', 'echo $HOME $(date)'],
  ['5$', '5$'],
  ['kill $$', 'kill $$$$'],
  ['$$$', '$$$$$$'],
  ['${{ matrix.os }}', '$${{ matrix.os }}'],
  ['${', '$${'],
  ['$${x}', '$${x}'],
  ['$$$${x}', '$$$${x}'],
  ['$$${x}', '$$${x}'],
  [`${DOLLAR}{x}`, '$${x}'],
  [`${DOLLAR}${DOLLAR}{x}`, '$$$${x}'],
  [`${DOLLAR}\${x}`, '$$${x}'],
  [`${DOLLAR}x`, '$x'],
  [`$${X}`, '$$${x}'],
  [`${DOLLAR}${X}`, '$$${x}'],
  [`${X}$`, '${x}$'],
])('%j is written as %s where Flux substitutes', (value, written) => {
  expect(render(value, true)).toBe(written);
});

test.each([
  ['kill $$', 'kill $$'],
  ['$${x}', '$${x}'],
  ['${a.b}', '${a.b}'],
  [`${DOLLAR}{x}`, '${x}'],
  [`$${X}`, '$${x}'],
])('%j is written as %s where Flux does not substitute', (value, written) => {
  expect(render(value, false)).toBe(written);
});

test.each(['', 'text', '$', '$x', '$(x)', '${x}', '$${x}', '$$${x}', X, `${X}$`, `${DOLLAR}x`])('Flux leaves the text of %j alone', value => {
  expect(needsEscape(value)).toBe(false);
});

test.each(['$$', '${', '${a.b}', 'a $$ b', `${DOLLAR}{x}`, `$${X}`, `${DOLLAR}\${x}`])('Flux would change the text of %j', value => {
  expect(needsEscape(value)).toBe(true);
});

/** Flux in small: two dollars are one, `${name}` is its value, and any other `${` stops the build. */
function evaluate(source: string): string {
  return source.replace(/\$\$|\$\{([^}]*)\}?/g, (token, name?: string) => {
    if (token === '$$') {
      return '$';
    }
    if (!/^\$\{[a-z]+\}$/.test(token)) {
      throw new Error(`refused: ${token}`);
    }
    return `<${name}>`;
  });
}

/** What the author of a string wants to read: marks speak for themselves, dollars in front of a brace are Flux's, the rest is text. */
function meaning(value: string): string {
  return value.replace(/\uE000([a-z]+)\uE001|\uE002|(\$+)(\{(?:([a-z]+)\})?)/g, (token, marked, dollars?: string, braced = '', name?: string) => {
    if (marked) {
      return `<${marked}>`;
    }
    if (dollars === undefined) {
      return '$';
    }
    const half = '$'.repeat(dollars.length / 2);
    if (dollars.length % 2 === 0) {
      return half + braced;
    }
    return name === undefined ? token : `${half}<${name}>`;
  });
}

function stringsOf(alphabet: readonly string[], length: number): string[] {
  const longest = [['']];
  for (let i = 0; i < length; i++) {
    longest.push(longest[i].flatMap(start => alphabet.map(end => start + end)));
  }
  return longest.flat();
}

test('whatever a string is made of, Flux turns what is written into what was meant', () => {
  const values = stringsOf(['$', '{', '}', 'x', 'a', X, DOLLAR], 5);
  expect(values).toHaveLength(19608);
  expect(values.filter(value => evaluate(render(value, true)) !== meaning(value))).toEqual([]);
});

test('a string needs an escape exactly where Flux would read its text differently', () => {
  const texts = stringsOf(['$', '{', '}', 'x', DOLLAR], 5).filter(value => scan(value).every(segment => segment.kind === 'text'));
  expect(texts.filter(text => needsEscape(text) === (render(text, true) === render(text, false)))).toEqual([]);
});

test.each([
  OPEN, `a${OPEN}x`, `${OPEN}x${X}`, `${OPEN}${CLOSE}`, CLOSE, `x${CLOSE}`, `${X}${CLOSE}`, `${OPEN}x:=a}b${CLOSE}`, `${OPEN}x y${CLOSE}`,
])('a string with a part of a variable only cannot be read: %j', value => {
  const error = new Error('a Variable was cut: its text may be put into a longer string, but not sliced');
  expect(() => scan(value)).toThrow(error);
  expect(() => render(value, false)).toThrow(error);
});

test.each(['', 'blue', 'a b\nc', '{', '$', '$HOME $$', '10.0.0.0/16'])('%j can be a default', text => {
  expect(defaultValueProblem(text)).toBeUndefined();
  expect(scan(`${OPEN}x:=${text}${CLOSE}`).map(segment => segment.source)).toEqual([`\${x:=${text}}`]);
});

test.each([
  ['a}b', 'a}b', 'ends it at the first "}"'],
  ['${y}', '${y}', 'ends it at the first "}"'],
  ['a${', 'a${', 'reads a variable in it'],
  [`a-${X}`, 'a-${x}', 'reads a variable in it'],
  [`${DOLLAR}5`, '$5', 'knows no escape in it'],
])('%j cannot be a default', (text, shown, because) => {
  expect(defaultValueProblem(text)).toBe(
    `the default value "${shown}" cannot be written, because Flux ${because}; `
    + 'expected text without "}", "${" and other variables: give the variable to every cluster instead.',
  );
});

test.each(['x', '_', 'cluster_name', 'A1', '_1'])('%s can be the name of a variable', name => {
  expect(variableNameProblem(name)).toBeUndefined();
});

test.each(['', '1a', 'cluster-name', 'a.b', 'a b', 'é'])('%j cannot be the name of a variable', name => {
  expect(variableNameProblem(name)).toBe(
    `the variable "${name}" has a name that Flux refuses; expected letters, digits and underscores with no digit first: rename it.`,
  );
});
