/**
 * What Millrace costs, measured: the load, the references it is compared with, and the figures. The
 * commands {@code bench edge}, {@code bench stream} and {@code bench store} run these.
 */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
