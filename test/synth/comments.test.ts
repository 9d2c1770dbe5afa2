import { App } from 'cdk8s';
import { commentsOf, provideComments } from '../../src/synth/comments';

test('a construct without comments has none', () => {
  expect(commentsOf(new App())).toEqual({});
});

test('comments are asked for when the object is rendered', () => {
  const object = new App();
  const reasons: string[] = [];
  provideComments(object, () => ({ '/spec/dependsOn/0': reasons.join(', ') }));
  reasons.push('CRDs', 'roles');
  expect(commentsOf(object)).toEqual({ '/spec/dependsOn/0': 'CRDs, roles' });
});

test('comments of several origins come together, and the last one wins a place', () => {
  const object = new App();
  provideComments(object, () => ({ '/a': 'first', '/b': 'kept' }));
  provideComments(object, () => ({ '/a': 'second' }));
  expect(commentsOf(object)).toEqual({ '/a': 'second', '/b': 'kept' });
});

test('other metadata of a construct is no comment', () => {
  const object = new App();
  object.node.addMetadata('aws:cdk:path', 'a/b');
  expect(commentsOf(object)).toEqual({});
});
