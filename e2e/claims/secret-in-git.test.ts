/** A secret that whoever reads the repository can read (docs/checks/secret-in-git.md). */
import { Program, Scene } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

const CHECK = 'secret-in-git';
const PASSWORD = 'correct horse';

const SESSION: ObjectFixture = { kind: 'Secret', name: 'session', fields: { data: { password: base64(PASSWORD) } } };

function base64(text: string): string {
  return Buffer.from(text, 'utf-8').toString('base64');
}

const secret = (object: ObjectFixture): Program => props => {
  const checked = new CheckedPlatform(props);
  checked.layer('apps', [checked.component('shop', object)], { dependsOn: [checked.namespaces] });
  return checked;
};

test('what stands in Git in base64 is what the cluster gets: whoever reads the one has read the other', async () => {
  await Scene.play(CHECK, secret(SESSION), [CHECK], async scene => {
    await scene.converges();
    expect(scene.object('Secret', 'session', 'apps')!.data).toEqual({ password: base64(PASSWORD) });
  });
});
