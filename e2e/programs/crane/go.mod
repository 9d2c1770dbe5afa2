// Builds crane as it is: see ../../build.ts.
module cdk8s-strata/e2e/programs/crane

go 1.26.0

require github.com/google/go-containerregistry v0.20.6

tool github.com/google/go-containerregistry/cmd/crane
