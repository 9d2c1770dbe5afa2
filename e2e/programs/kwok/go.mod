// Builds kwok as it is: see ../../build.ts.
module cdk8s-strata/e2e/programs/kwok

go 1.26.0

require sigs.k8s.io/kwok v0.7.0

tool sigs.k8s.io/kwok/cmd/kwok
