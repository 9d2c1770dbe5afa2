/** What the simulator plays, in its own words. */
export interface PlayedCluster {
  readonly kustomizations: PlayedKustomization[];
  /** What is there before Flux starts. */
  readonly there: string[];
}

export interface PlayedKustomization {
  readonly name: string;
  /** Whether another Kustomization applies it; otherwise it is there from the beginning. */
  readonly nested: boolean;
  readonly dependsOn: string[];
  readonly wait: boolean;
  /** Names of objects. */
  readonly healthChecks: string[];
  /** The ConfigMap with its variables. */
  readonly variables?: string;
  /** What gives the ServiceAccount its rights that it is applied as. */
  readonly account?: string;
  readonly objects: PlayedObject[];
}

export interface PlayedObject {
  /** Kind and name, once on the cluster: `Namespace shop`. */
  readonly name: string;
  /** In which of the three apply stages it is: definitions, classes, the rest. */
  readonly stage: 0 | 1 | 2;
  readonly namespace?: string;
  /** The API that it is an object of, where that is not Kubernetes' own: `api Widget`. */
  readonly api?: string;
  /** What its controller needs before the object is ready. */
  readonly waitsFor: { readonly name: string; readonly ready: boolean }[];
  /** The Kustomization that it is; it is ready when that one is. */
  readonly kustomization?: string;
  /** Whether it counts as healthy as long as its controller has not looked at it. */
  readonly blind?: boolean;
  /** What is there once it is ready. */
  readonly brings: string[];
}
