// Builds notification-controller as it is: see ../../build.ts.
module cdk8s-strata/e2e/programs/notification-controller

go 1.26.0

require github.com/fluxcd/notification-controller v1.9.3

tool github.com/fluxcd/notification-controller
