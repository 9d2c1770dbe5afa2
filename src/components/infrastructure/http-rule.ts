import { Duration } from 'cdk8s';
import { HttpRedirect } from './http-redirect';
import { RouteBackend, WeightedBackend } from './route-backend';
import { goDuration } from '../../flux/duration';
import { filled } from '../../flux/reference';

/** Methods of HTTP. */
export enum HttpMethod {
  GET = 'GET',
  HEAD = 'HEAD',
  POST = 'POST',
  PUT = 'PUT',
  PATCH = 'PATCH',
  DELETE = 'DELETE',
  OPTIONS = 'OPTIONS',
}

/** Which requests of a route go where: to `backend`, to several `backends`, or elsewhere with a `redirect`. */
export interface HttpRouteRule {
  /**
   * Prefix of the path, by its elements: `/api` is also for `/api/v1`, and not for `/apis`.
   *
   * @default - every path
   */
  readonly pathPrefix?: string;

  /**
   * The path, exactly.
   *
   * @default - every path
   */
  readonly exactPath?: string;

  /**
   * Headers that a request has, with exactly these values.
   *
   * @default - any
   */
  readonly headers?: { [name: string]: string };

  /**
   * @default - every method
   */
  readonly method?: HttpMethod;

  /**
   * Where they go.
   *
   * @default - what `backends` or `redirect` says
   */
  readonly backend?: RouteBackend;

  /**
   * Several Services that they are divided between, by weight.
   *
   * @default - all of them go to `backend`
   */
  readonly backends?: WeightedBackend[];

  /**
   * Sends the client elsewhere instead.
   *
   * @default - none
   */
  readonly redirect?: HttpRedirect;

  /**
   * What the Service gets instead of `pathPrefix`.
   *
   * @default - the path as it came
   */
  readonly replacePrefix?: string;

  /**
   * Headers that requests get on their way to the Service, instead of any of these names.
   *
   * @default - none
   */
  readonly requestHeaders?: { [name: string]: string };

  /**
   * Headers that answers get on their way to the client, instead of any of these names.
   *
   * @default - none
   */
  readonly responseHeaders?: { [name: string]: string };

  /**
   * Time in which a request must be answered, retries included.
   *
   * @default - what the Gateway's controller has
   */
  readonly timeout?: Duration;

  /**
   * Time in which a Service must answer one try.
   *
   * @default - what the Gateway's controller has
   */
  readonly backendTimeout?: Duration;
}

const MOST_HEADERS = 16;
const PATH = /^\/(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})*$/;
const PATH_CONFUSING = /\/\/|\/\.{1,2}(\/|$)|%2f/i;

/** A rule as its fields. @internal */
export function httpRuleFields(rule: HttpRouteRule, within: string): object {
  const { redirect, replacePrefix, requestHeaders, responseHeaders, timeout, backendTimeout } = rule;
  const filters = [
    ...requestHeaders ? [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: headerFields(requestHeaders) } }] : [],
    ...responseHeaders ? [{ type: 'ResponseHeaderModifier', responseHeaderModifier: { set: headerFields(responseHeaders) } }] : [],
    ...replacePrefix === undefined ? [] : [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: replacePrefix } } }],
    ...redirect ? [{ type: 'RequestRedirect', requestRedirect: redirect._fields }] : [],
  ];
  const backendRefs = backendsOf(rule).map(({ backend, weight }) => backend._toJson(within, weight));
  return {
    matches: matchFields(rule),
    filters: filters.length === 0 ? undefined : filters,
    backendRefs: backendRefs.length === 0 ? undefined : backendRefs,
    timeouts: filled({ request: timeout && goDuration(timeout), backendRequest: backendTimeout && goDuration(backendTimeout) }),
  };
}

/** What the API would refuse of a rule. @internal */
export function httpRuleProblems(rule: HttpRouteRule, route: string, within: string): string[] {
  const start = `the HTTPRoute "${route}" has a rule`;
  const targets = [rule.backend, rule.backends, rule.redirect].filter(target => target !== undefined);
  const { pathPrefix, exactPath, replacePrefix, timeout, backendTimeout } = rule;
  const headers = [rule.headers, rule.requestHeaders, rule.responseHeaders].map(set => Object.keys(set ?? {}).length);
  return [
    ...targets.length === 1 && rule.backends?.length !== 0 ? [] : [
      `${start} that ${targets.length > 1 ? 'says more than once' : 'does not say'} where its requests go; expected backend, backends or redirect: say exactly one of them.`,
    ],
    ...pathPrefix === undefined || exactPath === undefined ? [] : [
      `${start} for both the prefix "${pathPrefix}" and the path "${exactPath}"; expected one of them: make a rule of each.`,
    ],
    ...[pathPrefix, exactPath].filter(path => path !== undefined && (!PATH.test(path) || PATH_CONFUSING.test(path))).map(path =>
      `${start} for the path "${path}"; expected one that begins with "/", without "//", "/./", "/../" and "%2F": correct it.`),
    ...replacePrefix === undefined || pathPrefix !== undefined ? [] : [
      `${start} that replaces the prefix of a path by "${replacePrefix}" and says no prefix; expected pathPrefix: add it.`,
    ],
    ...replacePrefix === undefined || rule.redirect === undefined ? [] : [
      `${start} that both redirects and replaces the prefix of a path; expected one of them: leave out replacePrefix.`,
    ],
    ...timeout === undefined || backendTimeout === undefined || timeout.toMilliseconds() === 0
      || backendTimeout.toMilliseconds() <= timeout.toMilliseconds() ? [] : [
        `${start} with a timeout of ${goDuration(timeout)} and one of ${goDuration(backendTimeout)} for one try of the Service; expected the second to be no longer: shorten it.`,
      ],
    ...Math.max(...headers) <= MOST_HEADERS ? [] : [
      `${start} with ${Math.max(...headers)} headers; expected at most ${MOST_HEADERS}: leave some out.`,
    ],
    ...(rule.backends ?? []).filter(({ weight }) => !Number.isInteger(weight) || weight < 0 || weight > 1_000_000).map(({ backend, weight }) =>
      `${start} that gives the Service "${backend.serviceName}" the weight ${weight}; expected a whole number from 0 to 1000000: correct it.`),
    ...backendsOf(rule).flatMap(({ backend }) => backend._problems('HTTPRoute', route, within)),
  ];
}

function backendsOf({ backend, backends }: HttpRouteRule): { backend: RouteBackend; weight?: number }[] {
  return [...backend ? [{ backend }] : [], ...backends ?? []];
}

function matchFields({ pathPrefix, exactPath, headers, method }: HttpRouteRule): object[] | undefined {
  const match = filled({
    path: exactPath !== undefined ? { type: 'Exact', value: exactPath } : pathPrefix !== undefined ? { type: 'PathPrefix', value: pathPrefix } : undefined,
    headers: headers && headerFields(headers),
    method,
  });
  return match && [match];
}

function headerFields(headers: { [name: string]: string }): object[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
