import { either } from './source-problems';
import { objectNameProblem } from '../../synth/kubernetes-names';
import { variableUses } from '../../synth/substitution';

interface AliasedSource {
  readonly alias: string;
  readonly kind: string;
  readonly name: string;
}

interface Artifact {
  readonly name: string;
  readonly copy: readonly { readonly from: string; readonly to: string }[];
  readonly revision?: string;
  readonly originRevision?: string;
}

const ALIAS = /^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$/;
const SOURCE_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const CAPTURE = /\{([^}]*)\}/g;

/** What Flux's API or its source-watcher would say against an ArtifactGenerator, a sentence each. */
export function generatorProblems(sources: readonly AliasedSource[], artifacts: readonly Artifact[], pathPattern: string | undefined): string[] {
  const aliases = sources.map(({ alias }) => alias);
  return [
    ...sources.length > 0 ? [] : ['has no source; expected at least one: say where its files come from.'],
    ...artifacts.length > 0 ? [] : ['has no artifact; expected at least one: say what is made of its sources.'],
    ...sources.flatMap(sourceProblems),
    ...repeated(aliases).map(alias => `has two sources with the alias "${alias}"; expected another alias for each: rename one of them.`),
    ...pathPattern === undefined ? [] : pathProblem('looks for directories in', pathPattern, aliases),
    ...repeated(artifacts.map(({ name }) => name)).map(name =>
      `has two artifacts named "${name}"; expected another name for each: rename one of them, or copy both into one.`),
    ...artifacts.flatMap(artifact => artifactProblems(artifact, aliases, pathPattern)),
  ];
}

/** Whether the name of an artifact, in which `{…}` stands for something where there is a path pattern, can be this name. */
export function givesArtifact(template: string, name: string, pathPattern: string | undefined): boolean {
  if (pathPattern === undefined) {
    return template === name;
  }
  const literals = template.split(/\{[^}]*\}/).map(literal => literal.replace(/[.*+?^$|()[\]\\]/g, '\\$&'));
  return new RegExp(`^${literals.join('.+')}$`).test(name);
}

function sourceProblems({ alias, kind, name }: AliasedSource): string[] {
  return [
    ...ALIAS.test(alias) && alias.length <= 63 ? [] : [
      `has the alias "${alias}"; expected at most 63 lower-case letters, digits, "-" and "_", beginning and ending with a letter or digit: rename it.`,
    ],
    ...SOURCE_NAME.test(name) || isVariable(name) ? [] : [
      `reads the ${kind} "${name}", whose name its API refuses; expected lower-case letters, digits and "-": rename the ${kind}.`,
    ],
  ];
}

function artifactProblems({ name, copy, revision, originRevision }: Artifact, aliases: readonly string[], pathPattern: string | undefined): string[] {
  const nameProblem = pathPattern === undefined && !isVariable(name) ? objectNameProblem('source.toolkit.fluxcd.io/v1', 'ExternalArtifact', name) : undefined;
  return [
    ...nameProblem === undefined ? [] : [nameProblem],
    ...copy.length > 0 ? [] : [`the artifact "${name}" copies nothing; expected at least one copy operation: say which files it has.`],
    ...copy.flatMap(({ from, to }) => [
      ...pathProblem(`the artifact "${name}" copies from`, from, aliases),
      ...to.startsWith('@artifact/') ? [] : [
        `the artifact "${name}" copies to "${to}"; expected a path that begins with "@artifact/": correct it.`,
      ],
    ]),
    ...revisionProblem(`the artifact "${name}" has the revision`, revision, aliases),
    ...revisionProblem(`the artifact "${name}" has the origin revision`, originRevision, aliases),
    ...pathPattern === undefined ? [] : captureProblems(name, [name, ...copy.flatMap(({ from, to }) => [from, to])], pathPattern),
  ];
}

function pathProblem(what: string, path: string, aliases: readonly string[]): string[] {
  return aliases.length === 0 || aliases.some(alias => path.startsWith(`@${alias}/`)) ? [] : [
    `${what} "${path}"; expected a path that begins with ${either(aliases.map(alias => `"@${alias}/"`))}: correct it, or add the source.`,
  ];
}

function revisionProblem(what: string, revision: string | undefined, aliases: readonly string[]): string[] {
  return revision === undefined || aliases.length === 0 || aliases.some(alias => revision === `@${alias}`) ? [] : [
    `${what} "${revision}"; expected ${either(aliases.map(alias => `"@${alias}"`))}: correct it, or add the source.`,
  ];
}

function captureProblems(name: string, templates: readonly string[], pathPattern: string): string[] {
  const known = captures(pathPattern);
  return [...new Set(templates.flatMap(captures))].filter(capture => !known.includes(capture)).map(capture =>
    `the artifact "${name}" uses {${capture}}, which the path pattern "${pathPattern}" does not have; expected ${
      either(known.map(other => `{${other}}`))}: correct it, or add it to the pattern.`);
}

/** Names in braces; those of a variable's `${…}` are not Flux's source-watcher's to read. */
function captures(template: string): string[] {
  return [...template.replace(/\$\{[^}]*\}/g, '').matchAll(CAPTURE)].map(([, capture]) => capture);
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, i) => values.indexOf(value) !== i))];
}

/** A value of the cluster's: what the name will be is not known here. */
function isVariable(text: string): boolean {
  return variableUses(text).length > 0;
}
