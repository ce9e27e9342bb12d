/**
 * The senders' side of every scheme: how each provider proves a request, written after the vendors'
 * documents. It knows nothing of the engine that verifies, so that the two agree only where both
 * follow the vendor.
 */
@NullMarked
package io.millrace.stack.simulator.sender;

import org.jspecify.annotations.NullMarked;
