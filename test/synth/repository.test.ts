import { kustomizationFile, pathProblem, RepositoryFile, RepositoryTree } from '../../src/synth/repository';

function file(path: string, fields: Partial<RepositoryFile> = {}): RepositoryFile {
  return { path, object: { path }, owner: 'platform/eso', title: `Thing "${path}"`, ...fields };
}

test('an empty tree has no files and no problems', () => {
  const tree = new RepositoryTree();
  expect(tree.render()).toEqual({});
  expect(tree.problems).toEqual([]);
});

test('files are rendered as YAML, sorted by path', () => {
  const tree = new RepositoryTree();
  tree.add(file('security/base/eso/store.yaml', { object: { kind: 'Store' }, comments: { '/kind': 'for secrets' } }));
  tree.add(file('apps/web.yaml', { object: { kind: 'Web' } }));
  const files = tree.render();
  expect(Object.keys(files)).toEqual(['apps/web.yaml', 'security/base/eso/store.yaml']);
  expect(files).toEqual({
    'apps/web.yaml': 'kind: Web\n',
    'security/base/eso/store.yaml': 'kind: Store # for secrets\n',
  });
});

test('two objects cannot share a file', () => {
  const tree = new RepositoryTree();
  tree.add(file('a/b.yaml', { owner: 'platform/first', title: 'ConfigMap "b"' }));
  tree.add(file('a/b.yaml', { owner: 'platform/second', title: 'Secret "b"' }));
  expect(tree.problems).toEqual([{
    path: 'platform/second',
    message: 'Secret "b" and ConfigMap "b" of platform/first are both written to "a/b.yaml"; expected one object a file: '
      + 'give one of them a file of its own with component.setFile(object, \'<name>.yaml\').',
  }]);
  expect(tree.render()).toEqual({ 'a/b.yaml': 'path: a/b.yaml\n' });
});

test('even the same object cannot be written twice', () => {
  const tree = new RepositoryTree();
  tree.add(file('a/b.yaml'));
  tree.add(file('a/b.yaml'));
  expect(tree.problems.map(problem => problem.path)).toEqual(['platform/eso']);
});

test('clusters may share a list of resources', () => {
  const tree = new RepositoryTree();
  tree.add(kustomizationFile('apps/base', 'platform/dev', ['a.yaml', 'b.yaml']));
  tree.add(kustomizationFile('apps/base', 'platform/prod', ['b.yaml', 'a.yaml']));
  expect(tree.problems).toEqual([]);
});

test('clusters cannot share a list of which each wants another', () => {
  const tree = new RepositoryTree();
  tree.add(kustomizationFile('apps/base', 'platform/dev', ['a.yaml']));
  tree.add(kustomizationFile('apps/base', 'platform/prod', ['b.yaml']));
  expect(tree.problems).toEqual([{
    path: 'platform/prod',
    message: 'the kustomization.yaml and the kustomization.yaml of platform/dev are both written to "apps/base/kustomization.yaml"; '
      + 'expected one list of resources a directory: give one of them another directory.',
  }]);
});

test.each(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])('an object cannot be written to a file called %s', name => {
  const tree = new RepositoryTree();
  tree.add(file(`apps/${name}`, { title: 'the Thing "a"' }));
  tree.add(file(name, { title: 'the Kustomization "k"', mend: 'rename the layer.' }));
  expect(tree.problems).toEqual([
    {
      path: 'platform/eso',
      message: `the Thing "a" is written to "apps/${name}", a name that kustomize keeps for itself; expected another name: `
        + 'give it a file of its own with component.setFile(object, \'<name>.yaml\').',
    },
    {
      path: 'platform/eso',
      message: `the Kustomization "k" is written to "${name}", a name that kustomize keeps for itself; expected another name: rename the layer.`,
    },
  ]);
});

test('a list of resources that is there already does not let an object take its name', () => {
  const tree = new RepositoryTree();
  tree.add(kustomizationFile('apps', 'platform/dev', []));
  tree.add(file('apps/kustomization.yaml'));
  expect(tree.problems.map(problem => problem.message.split(';')[0])).toEqual([
    'Thing "apps/kustomization.yaml" is written to "apps/kustomization.yaml", a name that kustomize keeps for itself',
  ]);
});

test.each(['a/b.json', 'a/b', 'a/yaml', 'a/b.yaml.txt', 'a/b.YAML'])('a file has to end in .yaml or .yml: %s does not', path => {
  const tree = new RepositoryTree();
  tree.add(file(path, { title: 'the Thing "a"' }));
  tree.add(file(path, { title: 'the Thing "b"', mend: 'do better.' }));
  const wrong = `is written to "${path}", which neither Flux nor the next synth would take for a manifest; `
    + 'expected a name that ends in ".yaml" or ".yml":';
  expect(tree.problems.map(problem => problem.message)).toEqual([
    `the Thing "a" ${wrong} give it a file of its own with component.setFile(object, '<name>.yaml').`,
    `the Thing "b" ${wrong} do better.`,
  ]);
});

test('a file that ends in .yml is as good as one that ends in .yaml', () => {
  const tree = new RepositoryTree();
  tree.add(file('a/b.yml'));
  expect(tree.problems).toEqual([]);
  expect(tree.render()).toEqual({ 'a/b.yml': 'path: a/b.yml\n' });
});

test('two objects of one owner are told without naming it again', () => {
  const tree = new RepositoryTree();
  tree.add(file('a.yaml', { title: 'the Thing "a"' }));
  tree.add(file('a.yaml', { title: 'the Thing "b"' }));
  expect(tree.problems.map(problem => problem.message)).toEqual([
    'the Thing "b" and the Thing "a" are both written to "a.yaml"; expected one object a file: '
    + 'give one of them a file of its own with component.setFile(object, \'<name>.yaml\').',
  ]);
});

test('who comes second may say what helps', () => {
  const tree = new RepositoryTree();
  tree.add(file('a.yaml', { title: 'the Thing "a"', owner: 'platform/first', mend: 'leave it out.' }));
  tree.add(file('a.yaml', { title: 'the ConfigMap "b"', mend: 'rename the layer.' }));
  expect(tree.problems.map(problem => problem.message)).toEqual([
    'the ConfigMap "b" and the Thing "a" of platform/first are both written to "a.yaml"; expected one object a file: rename the layer.',
  ]);
});

test('no file can be below another file', () => {
  const tree = new RepositoryTree();
  tree.add(file('a/b.yaml', { title: 'the Thing "a"', owner: 'platform/first' }));
  tree.add(file('a/b.yaml/c/d.yaml', { title: 'the Thing "b"' }));
  expect(tree.problems).toEqual([{
    path: 'platform/eso',
    message: 'the Thing "b" is written to "a/b.yaml/c/d.yaml", and the Thing "a" of platform/first to "a/b.yaml"; '
      + 'expected no file below another file: give one of them a file of its own with component.setFile(object, \'<name>.yaml\').',
  }]);
});

test('no file can be where others have a directory', () => {
  const tree = new RepositoryTree();
  tree.add(kustomizationFile('a/b.yaml', 'platform/web', []));
  tree.add(file('a/b.yaml/c.yaml', { owner: 'platform/web' }));
  tree.add(file('a/b.yaml', { title: 'the Thing "a"' }));
  tree.add(file('a/b.yaml', { title: 'the Thing "b"', mend: 'rename the layer.' }));
  expect(tree.problems.map(problem => problem.message)).toEqual([
    'the Thing "a" is written to "a/b.yaml", and the kustomization.yaml of platform/web to "a/b.yaml/kustomization.yaml"; '
    + 'expected no file below another file: give one of them another directory.',
    'the Thing "b" is written to "a/b.yaml", and the kustomization.yaml of platform/web to "a/b.yaml/kustomization.yaml"; '
    + 'expected no file below another file: rename the layer.',
  ]);
});

test('names that begin alike are not below each other', () => {
  const tree = new RepositoryTree();
  ['a.yaml', 'a.yaml.yaml', 'a/b.yaml', 'a/b/c.yaml', 'a/b/d.yaml'].forEach(path => tree.add(file(path)));
  expect(tree.problems).toEqual([]);
});

test('a file cannot leave the repository', () => {
  const tree = new RepositoryTree();
  tree.add(file('apps/../../etc/passwd', { title: 'ConfigMap "sly"' }));
  expect(tree.problems).toEqual([{
    path: 'platform/eso',
    message: 'the file of ConfigMap "sly" is "apps/../../etc/passwd", which leaves the repository; expected a path inside the repository: '
      + 'give the component a directory and the object a file below it.',
  }]);
  expect(tree.render()).toEqual({});
});

test('who asks for a file outside may say what helps', () => {
  const tree = new RepositoryTree();
  tree.add(file('../a.yaml', { mend: 'give the cluster another directory.' }));
  expect(tree.problems.map(problem => problem.message)).toEqual([
    'the file of Thing "../a.yaml" is "../a.yaml", which leaves the repository; expected a path inside the repository: '
    + 'give the cluster another directory.',
  ]);
});

test.each(['a.yaml', 'a/b/c.yaml', '.github/a.yaml', 'a/..b/c', '...', 'a b/é.yaml'])('%j is a place for a file', path => {
  expect(pathProblem(path)).toBeUndefined();
});

test.each(['', '/etc/passwd', 'a\\b'])('%j is no relative path', path => {
  expect(pathProblem(path)).toBe('is not a relative path with "/" between its segments');
});

test.each(['..', '../a', 'a/..', 'a/../b'])('%j leaves the repository', path => {
  expect(pathProblem(path)).toBe('leaves the repository');
});

test.each(['.', './a', 'a/./b', 'a//b', 'a/', '.git/config', 'a/.git/hooks'])('%j has a segment that no file can have', path => {
  expect(pathProblem(path)).toBe('has a segment that no file can have');
});

test('the kustomization.yaml of a directory lists its resources, sorted', () => {
  expect(kustomizationFile('apps/dev', 'platform/dev', ['b.yaml', '../base/a'])).toEqual({
    path: 'apps/dev/kustomization.yaml',
    owner: 'platform/dev',
    title: 'the kustomization.yaml',
    isResourceList: true,
    object: { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['../base/a', 'b.yaml'] },
  });
});

test('patches keep their order, because each works on what the one before it left', () => {
  expect(kustomizationFile('apps', 'o', [], [{ patch: 'z' }, { patch: 'a' }]).object.patches).toEqual([{ patch: 'z' }, { patch: 'a' }]);
});

test('the lists that were given stay as they were', () => {
  const resources = ['b', 'a'];
  kustomizationFile('apps', 'o', resources);
  expect(resources).toEqual(['b', 'a']);
});
