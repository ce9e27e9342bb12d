/**
 * The settings of the production processes: {@link io.millrace.config.Config} holds the records of
 * all parts, each of which states its own settings.
 */
@NullMarked
package io.millrace.config;

import org.jspecify.annotations.NullMarked;
