/**
 * What is delivered to a cluster, as plain data: its Kustomizations, the objects of each, and the edges between them. Built from
 * rendered objects, so that nothing that reads it needs a construct.
 */
export interface Delivery {
  /** Name of the cluster. */
  readonly cluster: string;

  /** In the order of their files. */
  readonly kustomizations: DeliveredKustomization[];

  /** What Flux applies beside the Kustomizations, from the directory with their files: the ConfigMap with the variables. */
  readonly beside: DeliveredObject[];

  /** The source of the repository, which the bootstrap makes. */
  readonly source: DeliveredReference;

  /** Name of the ConfigMap with the cluster's variables, in `flux-system`. */
  readonly variablesName: string;

  /** Values of the cluster's variables, by name. */
  readonly variables: { [name: string]: string };

  /** What is on the cluster before Flux starts, beside Kubernetes and Flux themselves. */
  readonly assumed: DeliveredFacts;

  /** Whether this is only a part of what the cluster has: what is not here may be there anyway. */
  readonly partial: boolean;

  /** Everything that the Kustomizations and their objects need of others, and what becomes of it on an empty cluster. */
  readonly requirements: DeliveredRequirement[];

  /** Why some of it never comes: each root cause once. */
  readonly obstacles: DeliveredObstacle[];

  /** What is put in order by itself: dependencies and health checks beside those that the program names. */
  readonly inferred: InferredDependency[];
}

/** What happens while something that is needed is not there. */
export enum Strength {
  /** The Kustomization fails before it applies anything, and tries again. */
  BUILD = 'build',
  /** The dry run of the whole apply stage fails: none of its objects is written. */
  APPLY = 'apply',
  /** The object is there, but does not become ready; its own controller tries again. */
  READY = 'ready',
  /** Everything becomes ready, and something is missing from view. */
  SOFT = 'soft',
}

/** What becomes of something that is needed. */
export enum Verdict {
  /** Nothing on the cluster provides it. */
  MISSING = 'missing',
  /** Something would provide it, and never comes to it. */
  DEADLOCK = 'deadlock',
  /** It is there before it is needed, in every order in which things can happen. */
  ORDERED = 'ordered',
  /** It comes, perhaps later, and what needs it waits by itself. */
  SETTLES = 'settles',
  /** It comes, but may come too late: then something fails, and is tried again. */
  RACE = 'race',
}

/** Something that has to be there for an object or a Kustomization. */
export interface DeliveredRequirement {
  /** Namespace and name of the Kustomization. */
  readonly kustomization: string;

  /**
   * What needs it: `ExternalSecret apps/session`.
   *
   * @default - the Kustomization itself
   */
  readonly object?: string;

  /** What is needed, as a noun: `the ClusterSecretStore openbao`, `the API karpenter.sh/NodePool`. */
  readonly what: string;

  /** The same as an event: `ready external-secrets.io/ClusterSecretStore openbao`, `exists /Namespace apps`, `api karpenter.sh/NodePool`. */
  readonly fact: string;

  /** Where the need is said: `spec.secretStoreRef`, `metadata.namespace`, `apiVersion`. */
  readonly at: string;

  readonly strength: Strength;

  readonly verdict: Verdict;

  /**
   * Why it is in order: the chain of Kustomizations and of what they wait for. For what never comes, `obstacles` has the reason.
   *
   * @default - none: it is there from the beginning, or comes with the same Kustomization, or it is not in order
   */
  readonly evidence?: string;
}

/** The root of something that never comes. */
export interface DeliveredObstacle {
  /**
   * The events: one that nothing brings about, or those of a circle, each of which waits for the next and the last for the first. An event
   * is a text: `api karpenter.sh/NodePool`, `ready kustomize.toolkit.fluxcd.io/Kustomization flux-system/apps`.
   */
  readonly events: string[];

  /** Whether it is a circle. */
  readonly circle: boolean;

  /** What is needed and nobody provides, or the circle, in words. */
  readonly words: string;

  /** How many objects and Kustomizations never become ready because of it and of whatever else is in their way. */
  readonly stuck: number;
}

/** A dependency or a health check that was added, or would be. */
export interface InferredDependency {
  /** Namespace and name of the Kustomization that waits. */
  readonly from: string;

  /** Of the one that it waits for. */
  readonly to: string;

  /** Whether the dependency itself is added; otherwise it is there, and the health check alone is missing. */
  readonly dependency: boolean;

  /**
   * What has to be healthy before the one that is waited for is ready.
   *
   * @default - none: it is enough to wait
   */
  readonly healthCheck?: DeliveredReference;

  /** What it is for. */
  readonly because: DeliveredRequirement;

  /** What else would be out of order without it. */
  readonly alsoFor: DeliveredRequirement[];
}

/** An object, by its API, kind and name. */
export interface DeliveredReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;

  /** @default - none: an object of a cluster-scoped kind */
  readonly namespace?: string;
}

/** What comes to be on a cluster without being an object of the repository. */
export interface DeliveredFacts {
  readonly objects: DeliveredReference[];

  /** APIs: `group/Kind`, or `group/*` for every kind of a group. */
  readonly apis: string[];

  /** API groups whose controller runs. */
  readonly controllers: string[];

  /** API groups whose objects a webhook looks at before they are accepted. */
  readonly webhooks: string[];
}

/** What objects bring about once their controllers have done what they are there for. */
export interface DeliveredProvision extends DeliveredFacts {
  /** All of these objects are needed for it. */
  readonly by: DeliveredReference[];
}

/** One Kustomization, and what its path builds. */
export interface DeliveredKustomization {
  readonly name: string;
  readonly namespace: string;

  /** Name of the layer that it is a stage of. */
  readonly layer: string;

  /** Construct path. */
  readonly constructPath: string;

  /** File of the Kustomization, from the root of the repository. */
  readonly file: string;

  /** Directory that it reads, from the root of the repository. */
  readonly directory: string;

  /** The source that the directory is in: `GitRepository flux-system/flux-system`. */
  readonly source: string;

  readonly dependsOn: DeliveredDependency[];

  /** The objects that the directory builds, before Flux substitutes variables. */
  readonly objects: DeliveredObject[];

  /** What these objects bring about, as far as it was said. */
  readonly provides: DeliveredProvision[];

  /** The variables that Flux substitutes in the objects, with their values: those of the cluster, then those of the Kustomization itself. */
  readonly variables: { [name: string]: string };

  /** Variables of which only the name is known: those of other ConfigMaps and Secrets. */
  readonly variablesElsewhere: string[];

  /**
   * Names of the variables that the program uses with a `Variable`. Any other `${name}` in an object was typed by hand.
   *
   * @default - not known
   */
  readonly variablesUsed?: string[];

  /** The Kustomization itself. */
  readonly manifest: any;
}

/** An entry of `dependsOn`. */
export interface DeliveredDependency {
  readonly name: string;
  readonly namespace: string;

  /** @default - not said */
  readonly because?: string;
}

/** An object, as kustomize builds it. */
export interface DeliveredObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;

  /** @default - none */
  readonly namespace?: string;

  /** File that holds it, from the root of the repository. */
  readonly file: string;

  /** Construct path. */
  readonly constructPath: string;

  /** The object itself. */
  readonly manifest: any;
}
