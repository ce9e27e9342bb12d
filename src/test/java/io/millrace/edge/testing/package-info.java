/** What the edge's tests share: an edge on a free port, its log in memory, raw HTTP. */
@NullMarked
package io.millrace.edge.testing;

import org.jspecify.annotations.NullMarked;
