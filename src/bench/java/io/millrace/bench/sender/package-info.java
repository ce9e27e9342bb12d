/**
 * The senders' side of every scheme: how each provider proves a request, written from the vendors'
 * documents. It knows nothing of the engine that verifies, so the two agree only where both follow
 * the vendor.
 */
@NullMarked
package io.millrace.bench.sender;

import org.jspecify.annotations.NullMarked;
