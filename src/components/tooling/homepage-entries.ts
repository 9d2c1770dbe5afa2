import { present, Values } from '../helm/values';

/** How a group lays out what is in it. */
export enum HomepageGroupStyle {
  /** One below the other. */
  COLUMN = 'column',
  /** Beside each other. */
  ROW = 'row',
}

/** What is fetched from a service and shown with its link. */
export interface HomepageServiceWidget {
  /** Its type: `grafana`, `prometheus`, … */
  readonly type: string;

  /** URL of the service, as the pods of Homepage reach it. */
  readonly url: string;

  /**
   * Further fields of the type: `{ key: '{{HOMEPAGE_VAR_…}}' }` for what is in `secrets`.
   *
   * @default - none
   */
  readonly options?: { [field: string]: string };
}

/** A link to a service. */
export interface HomepageService {
  readonly name: string;

  readonly href: string;

  /**
   * Name or URL of an icon: `harbor.svg`, `mdi-home`.
   *
   * @default - none
   */
  readonly icon?: string;

  /**
   * @default - none
   */
  readonly description?: string;

  /**
   * URL that is asked whether the service is up.
   *
   * @default - it is not asked
   */
  readonly siteMonitor?: string;

  /**
   * Namespace of its pods, whose state is shown; with `app` or `podSelector`.
   *
   * @default - not shown
   */
  readonly namespace?: string;

  /**
   * Label `app.kubernetes.io/name` of its pods.
   *
   * @default - not said
   */
  readonly app?: string;

  /**
   * Label selector of its pods.
   *
   * @default - by `app`
   */
  readonly podSelector?: string;

  /**
   * @default - none
   */
  readonly widget?: HomepageServiceWidget;
}

/** A group of links to services. */
export interface HomepageGroup {
  readonly name: string;

  readonly services: HomepageService[];

  /**
   * Icon of the group.
   *
   * @default - none
   */
  readonly icon?: string;

  /**
   * @default HomepageGroupStyle.COLUMN
   */
  readonly style?: HomepageGroupStyle;

  /**
   * How many are beside each other in a row.
   *
   * @default - as many as fit
   */
  readonly columns?: number;

  /**
   * Tab that shows it.
   *
   * @default - all of them
   */
  readonly tab?: string;
}

/** A link. */
export interface HomepageBookmark {
  readonly name: string;

  readonly href: string;

  /**
   * Two letters in place of an icon.
   *
   * @default - none
   */
  readonly abbreviation?: string;

  /**
   * @default - the abbreviation
   */
  readonly icon?: string;
}

/** A group of links. */
export interface HomepageBookmarkGroup {
  readonly name: string;

  readonly bookmarks: HomepageBookmark[];
}

/** `services.yaml`: a list of groups, each a list of services, so that all are in the order in which they are said. @internal */
export function serviceList(groups: HomepageGroup[]): Values[] {
  return groups.map(group => ({
    [group.name]: group.services.map(({ name, widget, ...fields }) => ({
      [name]: present({ ...fields, widget: widget && { type: widget.type, url: widget.url, ...widget.options } }),
    })),
  }));
}

/** `layout` in `settings.yaml`: a list, too, because Helm would sort the keys of a mapping. @internal */
export function layoutList(groups: HomepageGroup[]): Values[] {
  return groups.map(({ name, icon, style, columns, tab }) => ({ [name]: present({ icon, style, columns, tab }) ?? {} }));
}

/** `bookmarks.yaml`. @internal */
export function bookmarkList(groups: HomepageBookmarkGroup[]): Values[] {
  return groups.map(group => ({
    [group.name]: group.bookmarks.map(({ name, abbreviation, icon, href }) => ({
      [name]: [present({ abbr: abbreviation, icon, href })],
    })),
  }));
}
