/**
 * The harness of the flow's tests: run a topology in a driver or a cluster, disturb it, and look at
 * what came out.
 */
@NullMarked
package io.millrace.flow.testing;

import org.jspecify.annotations.NullMarked;
