/** The HTTP server: listeners, TLS, network limits, the settings of the edge, and its answers. */
@NullMarked
package io.millrace.edge.wire;

import org.jspecify.annotations.NullMarked;
