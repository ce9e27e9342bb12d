/**
 * The embedded stack: a real broker, schema registry, Connect worker and PostgreSQL on this
 * machine, with all data in one directory.
 */
@NullMarked
package io.millrace.bench.stack;

import org.jspecify.annotations.NullMarked;
