/**
 * The senders' side of every scheme: how each provider proves a request, written from the vendors'
 * documents. It is independent of the verification code, so the two agree only if both follow the
 * vendor.
 */
@NullMarked
package io.millrace.bench.sender;

import org.jspecify.annotations.NullMarked;
