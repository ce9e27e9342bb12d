/**
 * The HTTP server: listeners, TLS, limits of the wire, the settings of the edge, and the answers to
 * requests that never become one.
 */
@NullMarked
package io.millrace.edge.wire;

import org.jspecify.annotations.NullMarked;
