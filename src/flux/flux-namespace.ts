/** The namespace that Flux runs in. */
export const FLUX_NAMESPACE = 'flux-system';
