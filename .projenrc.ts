import { cdk8s, javascript, typescript } from 'projen';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-strata',
  description: 'Typed layers for a Flux platform: describe it in TypeScript, synthesize the Git repository that Flux reconciles.',
  keywords: ['cdk8s', 'constructs', 'flux', 'fluxcd', 'gitops', 'kubernetes', 'kustomize', 'platform'],
  author: 'The cdk8s-strata authors',
  authorAddress: 'https://github.com/cdk8s-strata',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-strata/cdk8s-strata.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk8s-strata authors',
  stability: 'experimental',
  defaultReleaseBranch: 'main',

  // Versions that were measured to build together on Node 20.
  cdk8sVersion: '2.70.106',
  constructsVersion: '10.3.0',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  jestOptions: {
    jestVersion: '30',
    // A snapshot that is wrong must fail, not rewrite itself; `npx projen test:update` rewrites on purpose.
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      coveragePathIgnorePatterns: ['/node_modules/', '/imports/'],
    },
  },
  minNodeVersion: '20.0.0',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),

  // `src` and the generated `imports` are compiled side by side.
  tsconfig: {
    compilerOptions: { rootDir: '.' },
    include: ['src/**/*.ts', 'imports/**/*.ts'],
  },
  entrypoint: 'lib/src/index.js',

  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  bundledDeps: [
    // Writes the YAML. cdk8s has it, too, but hands out neither comments nor the choice of quotes.
    'yaml@^2.9.1',
    // Parses the CEL of health checks: conformant to the specification, CommonJS, and RE2 as Kubernetes has it.
    '@bufbuild/cel@^0.6.1',
    '@bufbuild/protobuf@^2.6.2',
  ],

  github: false,
  release: false,
  depsUpgrade: false,
});

// projen's jsii takes `lib/index.d.ts` for granted.
project.addFields({ types: 'lib/src/index.d.ts' });

// Node 20 is what users of long-lived platforms still have; jsii works on it and says at length that it is old.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

project.synth();
